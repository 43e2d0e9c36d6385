using System;
using System.Linq;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Reports;

/// <summary>
/// The part of a report with a row for each entry. It is a plain table; the script makes it sort, filter and show as many
/// rows at a time as a browser can lay out at once.
/// </summary>
internal static class EntrySection
{
    /// <summary>
    /// Rows that a browser lays out while it reads the page. It lays the table out again for each part that arrives, so with a
    /// hundred thousand rows it would not come to an end; those after the first ones wait, unless nothing runs the script.
    /// </summary>
    private const int FirstRows = 200;

    /// <summary>Names of parameters that are shown.</summary>
    private const int ShownParameters = 20;

    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter html, Report report, Func<bool> isStopped)
    {
        List<ReportRow> shown = report.HasProblemsOnly ? [.. report.Rows.Where(static row => row.HasProblem)] : [.. report.Rows];
        html.Markup("<section aria-labelledby=\"h-entries\">\n<h2 id=\"h-entries\">").Markup(report.HasProblemsOnly ? "Entries with problems" : "Entries").Markup("</h2>\n");
        if (shown.Count < report.Rows.Count)
        {
            html.Markup("<p class=\"note\">Entries without a problem, which are not shown: ").Number(report.Rows.Count - shown.Count).Markup(".</p>\n");
        }

        if (shown.Count == 0)
        {
            html.Markup("</section>\n");
            return;
        }

        Controls(html, shown);
        html.Markup("<div class=\"box\" role=\"group\" aria-labelledby=\"h-entries\" tabindex=\"0\">\n<table id=\"entries\" aria-labelledby=\"h-entries\">\n<thead>\n<tr><th scope=\"col\">#</th><th scope=\"col\">Status</th><th scope=\"col\">Association</th><th scope=\"col\">Runs on</th><th scope=\"col\">Schedule</th><th scope=\"col\">Next run (UTC)</th><th scope=\"col\">")
            .Markup(report.HasResults ? "Outcome" : report.IsOfComparison ? "Changes and problems" : "Problems").Markup("</th></tr>\n</thead>\n<tbody>\n");
        for (int i = 0; i < shown.Count; i++)
        {
            if (isStopped())
            {
                throw new OperationCanceledException();
            }

            if (i == FirstRows)
            {
                html.Markup("</tbody>\n<tbody class=\"later\">\n");
            }

            Write(html, shown[i]);
        }

        html.Markup("</tbody>\n</table>\n</div>\n<p class=\"more\" hidden><button type=\"button\" id=\"more\">Show more</button></p>\n</section>\n");
    }

    /// <summary>Hidden until the script is there that they need.</summary>
    private static void Controls(HtmlWriter html, List<ReportRow> shown)
    {
        html.Markup("<div class=\"controls\" id=\"controls\" role=\"search\" aria-label=\"Entries\" hidden>\n<p><label for=\"filter\">Filter by text</label> <input type=\"search\" id=\"filter\" autocomplete=\"off\" spellcheck=\"false\"></p>\n<p><label for=\"status\">Status</label> <select id=\"status\"><option value=\"\">All</option>");
        foreach (ReportStatus status in ReportStatus.All)
        {
            long count = shown.Count(row => row.Status == status);
            if (count > 0)
            {
                html.Markup("<option value=\"").Text(status.Name).Markup("\">").Text(status.Name).Markup(" (").Number(count).Markup(")</option>");
            }
        }

        html.Markup("</select></p>\n<p id=\"shown\" role=\"status\"></p>\n</div>\n");
    }

    private static void Write(HtmlWriter html, ReportRow row)
    {
        AssociationEntry? entry = row.Entry;
        html.Markup("<tr><td>").Markup(row.Index.ToString(CultureInfo.InvariantCulture))
            .Markup("</td><td><b class=\"st ").Markup(ReportPage.ClassOf(row.Status.Tone)).Markup("\">").Text(row.Status.Name).Markup("</b></td><td>");
        Association(html, row);
        html.Markup("</td><td><bdi>").Text(row.TargetsText ?? TargetText.Of(entry)).Markup("</bdi>");
        if (row.NodeCount is { } nodes)
        {
            html.Markup(" <span class=\"small\">").Number(nodes).Markup(nodes == 1 ? " node now</span>" : " nodes now</span>");
        }

        html.Markup("</td><td>");
        Schedule(html, row);
        html.Markup("</td><td class=\"nowrap\">");
        if (row.NextRun is DateTime next)
        {
            html.Markup(ReportTime.Minute(next));
        }

        if (row.RunsNow)
        {
            html.Markup(row.NextRun is null ? "<b>at once</b>" : " <b>and at once</b>");
        }

        html.Markup("</td><td>");
        Outcome(html, row);
        Issues(html, row, IssueSeverity.Error);
        Issues(html, row, IssueSeverity.Warning);

        html.Markup("</td></tr>\n");
    }

    private static void Association(HtmlWriter html, ReportRow row)
    {
        if (row.Entry is not { } entry)
        {
            html.Markup("<i>no entry</i>");
            Source(html, row);
            return;
        }

        if (!string.IsNullOrEmpty(entry.AssociationName))
        {
            html.Markup("<b><bdi>").Text(entry.AssociationName).Markup("</bdi></b> ");
        }

        html.Markup("<span class=\"doc\"><bdi>").Text(entry.Name).Markup("</bdi></span>");
        Source(html, row);
        if (entry.Parameters is { Count: > 0 } parameters)
        {
            Parameters(html, parameters.Keys, parameters.Count);
        }
    }

    private static void Source(HtmlWriter html, ReportRow row)
    {
        if (row.Source is not null)
        {
            html.Markup(" <span class=\"small\"><bdi>").Text(row.Source).Markup("</bdi></span>");
        }
    }

    private static void Parameters(HtmlWriter html, IEnumerable<string> names, int count)
    {
        html.Markup(" <span class=\"small\">Parameters: ");
        int i = 0;
        foreach (string name in names)
        {
            if (i == ShownParameters)
            {
                html.Markup(" and ").Number(count - i).Markup(" more");
                break;
            }

            html.Markup(i++ == 0 ? "<bdi>" : ", <bdi>").Text(name).Markup("</bdi>");
        }

        html.Markup("</span>");
    }

    private static void Schedule(HtmlWriter html, ReportRow row)
    {
        if (row.Entry is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(row.Entry.ScheduleExpression) && row.Outcome is not null)
        {
            return;
        }

        if (string.IsNullOrEmpty(row.Entry.ScheduleExpression))
        {
            html.Markup("once, when created");
            return;
        }

        html.Markup("<code>").Text(row.Entry.ScheduleExpression).Markup("</code>");
        if (row.ScheduleText is not null)
        {
            html.Markup(" <span class=\"small\">").Text(row.ScheduleText).Markup("</span>");
        }
    }

    private static void Outcome(HtmlWriter html, ReportRow row)
    {
        if (row.AssociationId is not null)
        {
            html.Markup("<code class=\"id\">").Text(row.AssociationId).Markup("</code> ");
        }

        if (row.Outcome is { Counts.Length: > 0 } outcome)
        {
            html.Markup("<p>").Text(outcome.Counts).Markup(" <span class=\"small\">version ").Text(outcome.Version).Markup(" execution <span class=\"id\">").Text(outcome.ExecutionId).Markup("</span></span></p>");
        }

        if (row.ErrorCode is not null || row.Message is not null)
        {
            html.Markup("<p>");
            if (row.ErrorCode is not null)
            {
                html.Markup("<code>").Text(row.ErrorCode).Markup("</code> ");
            }

            html.Markup("<bdi>").Text(row.Message).Markup("</bdi></p>");
        }

        if (!string.IsNullOrEmpty(row.RecommendedAction))
        {
            html.Markup("<p><b>What to do:</b> ").Text(row.RecommendedAction).Markup("</p>");
        }

        if (row.Region is not null || row.AccountId is not null || row.RequestId is not null)
        {
            html.Markup("<span class=\"small\">").Text(row.Region);
            if (row.AccountId is not null)
            {
                html.Markup(" account ").Text(row.AccountId);
            }

            if (row.RequestId is not null)
            {
                html.Markup(" request <span class=\"id\">").Text(row.RequestId).Markup("</span>");
            }

            html.Markup("</span>");
        }
    }

    private static void Issues(HtmlWriter html, ReportRow row, IssueSeverity severity)
    {
        foreach (EntryIssue issue in row.Issues)
        {
            if (issue.Level == severity)
            {
                Issue(html, issue);
            }
        }
    }

    private static void Issue(HtmlWriter html, EntryIssue issue)
    {
        html.Markup("<p class=\"issue ").Markup(issue.Level == IssueSeverity.Error ? "bad" : "warn").Markup("\"><b>").Markup(issue.Level.ToString()).Markup("</b> ");
        if (issue.Path.Length > 0)
        {
            html.Markup("<code>").Text(issue.Path).Markup("</code>: ");
        }

        html.Markup("<bdi>").Text(issue.Message).Markup("</bdi> <span class=\"small\">").Text(issue.RuleId).Markup("</span></p>");
    }
}
