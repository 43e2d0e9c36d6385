using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Collects what the rows find, and writes it as Markdown.</summary>
internal sealed class Table
{
    private readonly List<(int Row, string[] Header, List<string[]> Lines)> _parts = [];

    /// <summary>Begins the table of a row of the benchmarks.</summary>
    /// <param name="row">Number of the row.</param>
    /// <param name="header">Its columns.</param>
    public void Begin(int row, params string[] header) => _parts.Add((row, header, []));

    /// <summary>Adds a line, which is shown at once.</summary>
    /// <param name="cells">One cell for each column.</param>
    public void Add(params string[] cells)
    {
        (int row, string[] header, List<string[]> lines) = _parts[^1];
        lines.Add(cells);
        Console.WriteLine($"[{row}] " + string.Join("; ", header.Zip(cells, static (name, cell) => $"{name}: {cell}")));
    }

    /// <summary>Writes the tables.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="duration">What the whole run took.</param>
    /// <returns>Markdown.</returns>
    public string ToMarkdown(Settings settings, TimeSpan duration)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Machine: {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {Memory()} GiB of memory, {OperatingSystemName()}, .NET {Environment.Version}, PowerShell engine {Version("System.Management.Automation")}, AWS SDK {Version("AWSSDK.SimpleSystemsManagement")}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Run of {DateTime.UtcNow:yyyy-MM-dd}, {duration.TotalMinutes:0} minutes, rows {string.Join(", ", settings.Rows)}{(settings.IsQuick ? ", a quick run whose figures mean little" : string.Empty)}. Three figures are minimum / median / maximum.\n");
        foreach ((int row, string[] header, List<string[]> lines) in _parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### Row {row}\n\n| {string.Join(" | ", header)} |\n|{string.Concat(Enumerable.Repeat(" --- |", header.Length))}\n");
            foreach (string[] line in lines)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", line)} |\n");
            }
        }

        return text.ToString();
    }

    private static string OperatingSystemName() => OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsWindows() ? "Windows" : RuntimeInformation.OSDescription;

    private static string Memory() => (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024)).ToString("0", CultureInfo.InvariantCulture);

    private static string Version(string assembly) => Assembly.Load(assembly).GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
}
