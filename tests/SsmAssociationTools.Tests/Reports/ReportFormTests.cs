using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using SsmAssociationTools.Reports;
using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>The form of the file: alone in the world, under its policy, to be read by everyone.</summary>
public sealed class ReportFormTests
{
    private static readonly string s_text = Written.Text(
        new AssociationEntry { Name = "AWS-UpdateSSMAgent", AssociationName = "a", Targets = [new AssociationTarget { Key = "InstanceIds", Values = ["*"] }], ScheduleExpression = "rate(1 day)" },
        new AssociationEntry { Name = "AWS-RunPatchBaseline", ScheduleExpression = "rate(29 minutes)" });

    private static readonly IHtmlDocument s_page = Written.Parse(s_text);

    [Fact]
    public void The_file_asks_for_nothing_outside_of_it()
    {
        string[] sources = ["src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "ping", "xlink:href", "style"];
        Assert.DoesNotContain(s_page.All, element => sources.Any(element.HasAttribute));
        Assert.DoesNotContain(s_page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain(s_page.All, element => element.LocalName is "link" or "img" or "iframe" or "object" or "embed" or "base" or "form");
        Assert.All(s_page.QuerySelectorAll("[href]"), link => Assert.StartsWith("#", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.DoesNotMatch("url\\(|@import|https?:", ReportAssets.Read("report.css"));
        Assert.DoesNotMatch("fetch|XMLHttpRequest|WebSocket|import|innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval|https?:", ReportAssets.Read("report.js"));
    }

    [Fact]
    public void The_policy_allows_the_one_style_and_the_one_script_and_nothing_else()
    {
        string policy = s_page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!;
        string style = Assert.Single(s_page.QuerySelectorAll("style")).TextContent;
        string script = Assert.Single(s_page.QuerySelectorAll("script")).TextContent;

        Assert.Equal($"default-src 'none'; style-src {Hash(style)}; script-src {Hash(script)}; base-uri 'none'; form-action 'none'", policy);

        // The policy counts from where it stands: nothing that it is about may come before.
        Assert.Equal(["META", "META"], s_page.Head!.Children.Take(2).Select(element => element.TagName));
        Assert.True(s_text.IndexOf("charset=\"utf-8\"", StringComparison.Ordinal) < 1024);
    }

    [Fact]
    public void Assets_end_no_element_that_they_stand_in()
    {
        Assert.DoesNotMatch("(?i)</style|<!--", ReportAssets.Read("report.css"));
        Assert.DoesNotMatch("(?i)</script|<script|<!--", ReportAssets.Read("report.js"));
        Assert.DoesNotContain('\r', ReportAssets.Read("report.css") + ReportAssets.Read("report.js"));
    }

    [Fact]
    public void The_page_has_landmarks_headings_in_order_and_names_for_what_has_one()
    {
        Assert.Equal("en", s_page.DocumentElement.GetAttribute("lang"));
        Assert.All(["header", "main", "footer", "h1"], name => Assert.Single(s_page.QuerySelectorAll(name)));
        Assert.Equal(["H1", "H2", "H2", "H2", "H2"], s_page.QuerySelectorAll("h1,h2,h3,h4").Select(heading => heading.TagName));
        Assert.All(s_page.QuerySelectorAll("section,table[aria-labelledby]"), element => Assert.NotNull(s_page.GetElementById(element.GetAttribute("aria-labelledby")!)));
        Assert.All(s_page.QuerySelectorAll("table th"), head => Assert.Equal("col", head.GetAttribute("scope")));
        Assert.All(s_page.QuerySelectorAll("input,select"), field => Assert.NotNull(s_page.QuerySelector($"label[for={field.Id}]")));
        Assert.All(s_page.QuerySelectorAll("svg"), drawing => Assert.True(drawing.GetAttribute("aria-hidden") == "true" || (drawing.GetAttribute("role") == "img" && drawing.GetAttribute("aria-label")!.Length > 0)));
        Assert.All(s_page.QuerySelectorAll("a[href]"), link => Assert.NotNull(s_page.GetElementById(link.GetAttribute("href")!.Substring(1))));
        Assert.Equal(s_page.QuerySelectorAll("[id]").Length, s_page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
    }

    [Fact]
    public void Without_the_script_there_is_no_dead_control() =>
        Assert.All(s_page.QuerySelectorAll("input,select,button"), field => Assert.NotNull(field.Closest("[hidden]")));

    [Fact]
    public void Rows_have_as_many_cells_as_the_table_has_columns() =>
        Assert.All(s_page.QuerySelectorAll("#entries tr"), row => Assert.Equal(7, row.Children.Length));

    /// <summary>WCAG 2.2, success criteria 1.4.3 (text, 4.5:1) and 1.4.11 (what a drawing says, 3:1).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Colours_have_enough_contrast_in_light_and_dark(int block)
    {
        Dictionary<string, string> colours = Regex.Matches(ReportAssets.Read("report.css"), ":root \\{([^}]*)\\}")[block].Groups[1].Value
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(':', StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var poor = new List<string>();
        foreach ((string front, string back, double least) in Pairs())
        {
            double contrast = Contrast(colours["--" + front], colours["--" + back]);
            if (contrast < least)
            {
                poor.Add($"{front} on {back}: {contrast:0.00}");
            }
        }

        Assert.Empty(poor);
    }

    private static IEnumerable<(string Front, string Back, double Least)> Pairs()
    {
        foreach (string back in (string[])["page", "card", "code"])
        {
            yield return ("text", back, 4.5);
        }

        foreach (string back in (string[])["page", "card"])
        {
            yield return ("muted", back, 4.5);
            yield return ("link", back, 4.5);
        }

        yield return ("bar", "card", 3);
        foreach (string tone in (string[])["good", "warn", "bad", "idle"])
        {
            yield return (tone, tone + "-back", 4.5);
            yield return (tone, "card", 4.5);
        }
    }

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] parts = [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    private static string Hash(string text) => "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + "'";
}
