using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Architecture;

/// <summary>The layers that docs/architecture.md lists, read from there, hold in the compiled assembly.</summary>
public sealed class LayerTests
{
    private const string Root = "SsmAssociationTools";

    private static readonly string s_source = typeof(LayerTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(data => data.Key == "ModuleSource").Value!;

    private static readonly IReadOnlyCollection<(string User, string Used)> s_uses = TypeUses.Of(typeof(AssociationEntry).Assembly.Location);

    /// <summary>Rows of the table: <c>| 3 | `Rules` | what is in it |</c>. Folders with the same number do not know each other.</summary>
    private static readonly Dictionary<string, int> s_layers = File.ReadAllLines(TestData.PathOf("architecture.md"))
        .Select(line => Regex.Match(line, @"^\| (\d+) \| (`[^|]+`) \|"))
        .Where(match => match.Success)
        .SelectMany(match => Regex.Matches(match.Groups[2].Value, "`([^`]+)`").Select(folder => (Folder: folder.Groups[1].Value, Layer: int.Parse(match.Groups[1].Value, null))))
        .ToDictionary(row => row.Folder, row => row.Layer);

    [Fact]
    public void A_folder_uses_only_the_layers_below_it()
    {
        string[] wrong =
        [
            .. from use in s_uses
               let user = FolderOf(use.User)
               let used = FolderOf(use.Used)
               where user is not null && used is not null && user != used && s_layers[user] <= s_layers[used]
               select $"{user} uses {used}: {use.User} -> {use.Used}",
        ];

        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_folder_of_the_module_has_its_layer()
    {
        IEnumerable<string> folders = Directory.EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(s_source, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => folder != "." && folder.Split('/')[0] is not ("bin" or "obj"))
            .Distinct();

        Assert.Equal(folders.Order(StringComparer.Ordinal), s_layers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_cmdlets_and_their_output_know_the_cmdlet_of_PowerShell() =>
        Assert.All(
            s_uses.Where(use => Regex.IsMatch(use.Used, @"^\[.*\]System\.Management\.Automation\.(PSCmdlet|Cmdlet|ICommandRuntime\d?)$")),
            use => Assert.StartsWith("Commands", FolderOf(use.User), StringComparison.Ordinal));

    [Fact]
    public void No_type_of_the_module_comes_from_a_package() =>
        Assert.All(
            s_uses.Where(use => use.Used[0] == '['),
            use => Assert.Matches(@"^\[(System\.[\w.]+|Microsoft\.Win32\.[\w.]+|System|mscorlib|netstandard)\]", use.Used));

    /// <summary>
    /// The namespace names the folder. Public types have the root namespace whatever folder they are in, because users see
    /// it; for them the file is looked up.
    /// </summary>
    private static string? FolderOf(string type)
    {
        if (type[0] == '[' || !type.StartsWith(Root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = type.Split('.');
        if (parts.Length > 2)
        {
            return string.Join('/', parts[1..^1]);
        }

        string name = Regex.Replace(parts[1], @"`\d+$", string.Empty);
        return s_folders.TryGetValue(name, out string? folder) ? folder : null;
    }

    private static readonly Dictionary<string, string> s_folders = Directory.EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories)
        .Where(file => File.ReadLines(file).Contains($"namespace {Root};"))
        .ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => Path.GetRelativePath(s_source, Path.GetDirectoryName(file)!).Replace('\\', '/'));
}
