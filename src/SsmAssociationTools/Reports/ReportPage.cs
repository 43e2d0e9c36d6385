using System;
using System.Collections.Generic;
using System.IO;

namespace SsmAssociationTools.Reports;

/// <summary>
/// Writes a report as one HTML file that needs nothing else: no network, no second file. It is written row by row and is
/// nowhere a whole in memory. A policy in it lets the browser run the one script and the one style sheet that it carries.
/// </summary>
internal static class ReportPage
{
    /// <summary>Writes the file.</summary>
    /// <param name="isStopped">Asked before each row; true ends the writing, and what was written so far is no report.</param>
    /// <exception cref="IOException">The text cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was ended.</exception>
    public static void Write(TextWriter output, Report report, Func<bool> isStopped)
    {
        var html = new HtmlWriter(output);
        string script = ReportAssets.Read("report.js");
        Head(html, report, ReportAssets.Read("report.css"), script);
        html.Markup("<body>\n");
        Header(html, report);
        html.Markup("<main>\n");
        if (report.Rows.Count == 0)
        {
            Empty(html, report);
        }
        else
        {
            Summary(html, report);
            OutcomeSection.Write(html, report);
            TimelineSection.Write(html, report);
            ProblemSection.Write(html, report.Problems.InOrder());
            EntrySection.Write(html, report, isStopped);
        }

        html.Markup("</main>\n<footer>\n<p>Parameter values are left out of this report, because they may be secret. It is one file, asks no network for anything, and shows what was known when it was made.</p>\n</footer>\n")
            .Markup("<script>").Markup(script).Markup("</script>\n</body>\n</html>\n");
    }

    private static void Head(HtmlWriter html, Report report, string style, string script) => html
        .Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .Markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ")
        .Markup(ReportAssets.SourceOf(style)).Markup("; script-src ").Markup(ReportAssets.SourceOf(script))
        .Markup("; base-uri 'none'; form-action 'none'\">\n")
        .Markup("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .Text(report.Title).Markup("</title>\n<style>").Markup(style).Markup("</style>\n</head>\n");

    private static void Header(HtmlWriter html, Report report) => html
        .Markup("<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<p class=\"kind\">").Text(report.Kind)
        .Markup("</p>\n<h1 id=\"main\">").Text(report.Title).Markup("</h1>\n<p class=\"made\">Made on <time datetime=\"")
        .Text(ReportTime.Minute(report.MadeAt).Replace(' ', 'T')).Markup("Z\">").Text(ReportTime.Full(report.MadeAt))
        .Markup("</time> (<span class=\"nowrap\">").Text(ReportTime.Local(report.MadeAt, report.Zone)).Markup("</span> on the clock of the computer that made it) by SsmAssociationTools ")
        .Text(typeof(ReportPage).Assembly.GetName().Version!.ToString(3)).Markup("</p>\n</header>\n");

    private static void Empty(HtmlWriter html, Report report)
    {
        html.Markup("<section class=\"empty\" aria-labelledby=\"h-empty\">\n<h2 id=\"h-empty\">Nothing to report</h2>\n<p>No entry, verdict or result came in, so there is nothing to count and nothing to show.</p>\n");
        LeftOut(html, report);
        html.Markup("</section>\n");
    }

    private static void Summary(HtmlWriter html, Report report)
    {
        html.Markup("<section aria-labelledby=\"h-summary\">\n<h2 id=\"h-summary\">Summary</h2>\n<ul class=\"tiles\">\n<li class=\"tile\"><span class=\"count\">")
            .Number(report.Rows.Count).Markup("</span> <span class=\"label\">").Markup(report.Rows.Count == 1 ? "entry" : "entries").Markup("</span></li>\n");
        foreach (ReportStatus status in ReportStatus.All)
        {
            if (report.CountOf(status) > 0)
            {
                html.Markup("<li class=\"tile ").Markup(ClassOf(status.Tone)).Markup("\"><span class=\"count\">").Number(report.CountOf(status))
                    .Markup("</span> <span class=\"label\">").Text(status.Name).Markup("</span></li>\n");
            }
        }

        html.Markup("</ul>\n");
        Share(html, report);
        LeftOut(html, report);
        html.Markup("<dl class=\"facts\">\n");
        Fact(html, "Documents", report.Documents);
        Fact(html, "Run on", report.Targets);
        if (report.NodesNamed > 0)
        {
            html.Markup("<div><dt>Node ids</dt><dd><span>named in targets</span> <span class=\"n\">").Number(report.NodesNamed).Markup("</span></dd></div>\n");
        }

        Fact(html, report.Regions.Names == 1 ? "Region" : "Regions", report.Regions);
        Fact(html, report.Accounts.Names == 1 ? "Account" : "Accounts", report.Accounts);
        Fact(html, report.Files.Names == 1 ? "File" : "Files", report.Files);
        html.Markup("</dl>\n</section>\n");
    }

    /// <summary>The class of a colour, the same for tiles, labels and bars.</summary>
    public static string ClassOf(ReportTone tone) => tone switch
    {
        ReportTone.Good => "good",
        ReportTone.Warning => "warn",
        ReportTone.Bad => "bad",
        _ => "idle",
    };

    /// <summary>One bar that shows how the statuses share the entries; the numbers are in the tiles above.</summary>
    private static void Share(HtmlWriter html, Report report)
    {
        html.Markup("<svg class=\"share\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
        double x = 0;
        foreach (ReportStatus status in ReportStatus.All)
        {
            double width = 1000.0 * report.CountOf(status) / report.Rows.Count;
            if (width > 0)
            {
                html.Markup("<rect class=\"").Markup(ClassOf(status.Tone)).Markup("\" x=\"").Plain(x).Markup("\" y=\"0\" width=\"").Plain(width).Markup("\" height=\"10\"/>");
                x += width;
            }
        }

        html.Markup("</svg>\n");
    }

    private static void LeftOut(HtmlWriter html, Report report)
    {
        if (report.LeftOut > 0)
        {
            html.Markup("<p class=\"note warn\">").Number(report.LeftOut)
                .Markup(report.LeftOut == 1 ? " input was no entry and is left out." : " inputs were no entries and are left out.").Markup("</p>\n");
        }
    }

    private static void Fact(HtmlWriter html, string name, Tally tally)
    {
        const int Shown = 6;
        if (tally.Names == 0)
        {
            return;
        }

        html.Markup("<div><dt>").Markup(name).Markup("</dt>");
        IReadOnlyList<KeyValuePair<string, long>> pairs = tally.InOrder();

        // One more name takes no more room than the line that says that there is one more.
        int shown = pairs.Count <= Shown + 1 ? pairs.Count : Shown;
        for (int i = 0; i < shown; i++)
        {
            html.Markup("<dd><bdi>").Text(pairs[i].Key).Markup("</bdi> <span class=\"n\">").Number(pairs[i].Value).Markup("</span></dd>");
        }

        if (pairs.Count > shown)
        {
            html.Markup("<dd class=\"muted\"><span>and ").Number(pairs.Count - shown).Markup(" more</span></dd>");
        }

        html.Markup("</div>\n");
    }
}
