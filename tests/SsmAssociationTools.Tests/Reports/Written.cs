using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Reports;
using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>Makes a report as the cmdlet does, at a fixed time, and reads it with an HTML parser that tolerates no error.</summary>
internal static class Written
{
    /// <summary>A Monday, in the middle of an hour and of the day.</summary>
    public static readonly DateTime Now = new(2026, 11, 23, 15, 21, 0, DateTimeKind.Utc);

    /// <summary>A clock that is not UTC, so that the offset shows.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    public static string Text(params object?[] inputs) => Text(null, inputs);

    public static string Text(string? title, IEnumerable<object?> inputs)
    {
        using var reader = new ReportRowReader();
        var rows = new List<ReportRow>();
        int leftOut = 0;
        foreach (object? input in inputs)
        {
            if (reader.Read(input, out _) is ReportRow row)
            {
                rows.Add(row);
            }
            else
            {
                leftOut++;
            }
        }

        var report = new Report(title, Now, Zone) { LeftOut = leftOut };
        rows.ForEach(report.Add);

        // Through bytes, as a file has them: what cannot be encoded fails here.
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), 1024, leaveOpen: true))
        {
            ReportPage.Write(writer, report, static () => false);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static IHtmlDocument Page(params object?[] inputs) => Parse(Text(inputs));

    public static IHtmlDocument Parse(string html)
    {
        var problems = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = true });
        parser.Error += (_, problem) => problems.Add(problem.ToString() ?? "problem");
        IHtmlDocument document = parser.ParseDocument(html);
        Assert.Empty(problems);
        return document;
    }

    public static string[] Cells(IHtmlDocument page, int row) =>
        [.. page.QuerySelectorAll("#entries tbody tr")[row].Children.Select(cell => string.Join(" ", cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
