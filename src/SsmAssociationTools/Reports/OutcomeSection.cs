using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Reports;

/// <summary>The part of a report that says whether associations applied: in a sentence, by document, and node by node.</summary>
internal static class OutcomeSection
{
    /// <summary>Nodes with a row of their own, at most; a browser lays no more out at once.</summary>
    private const int ShownNodes = 2000;

    /// <summary>Writes the part; nothing where no row is an outcome.</summary>
    public static void Write(HtmlWriter html, Report report)
    {
        var all = new OutcomeCounts();
        var documents = new Dictionary<string, OutcomeCounts>(StringComparer.Ordinal);
        foreach (ReportRow row in report.Rows)
        {
            if (row.Outcome is { } outcome)
            {
                string document = row.Entry?.Name ?? string.Empty;
                if (!documents.TryGetValue(document, out OutcomeCounts? counts))
                {
                    documents.Add(document, counts = new OutcomeCounts());
                }

                counts.Add(outcome);
                all.Add(outcome);
            }
        }

        if (all.Associations == 0)
        {
            return;
        }

        html.Markup("<section aria-labelledby=\"h-outcomes\">\n<h2 id=\"h-outcomes\">Outcomes</h2>\n");
        Summary(html, report, all);
        Documents(html, documents);
        Nodes(html, report);
        html.Markup("</section>\n");
    }

    private static void Summary(HtmlWriter html, Report report, OutcomeCounts all)
    {
        html.Markup("<p class=\"audit\">As of <time datetime=\"").Text(ReportTime.Minute(report.MadeAt).Replace(' ', 'T')).Markup("Z\">").Text(ReportTime.Minute(report.MadeAt)).Markup(" UTC</time>, <b>")
            .Number(all.Applied).Markup(" of ").Number(all.Associations).Markup(all.Associations == 1 ? " association</b> applied" : " associations</b> applied");
        if (all.Nodes > 0)
        {
            html.Markup(": it did on <b>").Number(all.AppliedNodes).Markup(" of ").Number(all.Nodes).Markup(" nodes</b> (a node counts once for each association), and failed on ").Number(all.FailedNodes);
        }

        html.Markup(". ").Number(all.Failed).Markup(" failed or reached nobody, ").Number(all.Open).Markup(" not decided, ").Number(all.Others).Markup(" none of these.");
        if (all.First is { } first && all.Last is { } last)
        {
            html.Markup(" The executions are from ").Text(ReportTime.Minute(first)).Markup(" to ").Text(ReportTime.Minute(last)).Markup(" UTC.");
        }

        html.Markup("</p>\n");
    }

    private static void Documents(HtmlWriter html, Dictionary<string, OutcomeCounts> documents)
    {
        html.Markup("<div class=\"box\" role=\"group\" aria-label=\"Outcomes by document\" tabindex=\"0\">\n<table class=\"outcomes documents\">\n<caption>By document</caption>\n<thead><tr><th scope=\"col\">Document</th>");
        foreach (string name in new[] { "Associations", "Applied", "Failed", "Not decided", "Others", "Nodes", "Failed nodes" })
        {
            html.Markup("<th scope=\"col\" class=\"n\">").Markup(name).Markup("</th>");
        }

        html.Markup("</tr></thead>\n<tbody>\n");
        foreach (KeyValuePair<string, OutcomeCounts> document in documents.OrderByDescending(static one => one.Value.Failed).ThenByDescending(static one => one.Value.Associations).ThenBy(static one => one.Key, StringComparer.Ordinal))
        {
            OutcomeCounts counts = document.Value;
            html.Markup("<tr><td><bdi>").Text(document.Key.Length == 0 ? "not known" : document.Key).Markup("</bdi></td>");
            foreach (long number in new[] { counts.Associations, counts.Applied, counts.Failed, counts.Open, counts.Others, counts.Nodes, counts.FailedNodes })
            {
                html.Markup("<td class=\"n\">").Number(number).Markup("</td>");
            }

            html.Markup("</tr>\n");
        }

        html.Markup("</tbody>\n</table>\n</div>\n");
    }

    /// <summary>What failed comes first. The nodes are those that the outcomes have: with -Detailed those that failed, with -AllNodes all.</summary>
    private static void Nodes(HtmlWriter html, Report report)
    {
        List<(ReportRow Row, AssociationOutcomeNode Node)> nodes =
        [
            .. report.Rows.Where(static row => row.Outcome is not null)
                .SelectMany(static row => row.Outcome!.NodeList.Select(node => (row, node)))
                .OrderBy(static pair => ToneOf(pair.node) == ReportTone.Bad ? 0 : 1)
                .ThenBy(static pair => pair.node.ResourceId, StringComparer.Ordinal),
        ];
        if (nodes.Count == 0)
        {
            if (report.Rows.Any(static row => row.Outcome?.FailedNodes > 0))
            {
                html.Markup("<p class=\"note\">Which nodes failed, and where their output is, the report shows where the outcomes are made with -Detailed.</p>\n");
            }

            return;
        }

        html.Markup("<div class=\"box\" role=\"group\" aria-label=\"Outcomes by node\" tabindex=\"0\">\n<table class=\"outcomes nodes\">\n<caption>By node</caption>\n<thead><tr><th scope=\"col\">Node</th><th scope=\"col\">Status</th><th scope=\"col\">Association</th><th scope=\"col\">Last run (UTC)</th><th scope=\"col\">Output</th></tr></thead>\n<tbody>\n");
        foreach ((ReportRow row, AssociationOutcomeNode node) in nodes.Take(ShownNodes))
        {
            html.Markup("<tr><td><code>").Text(node.ResourceId).Markup("</code></td><td><b class=\"st ").Markup(ReportPage.ClassOf(ToneOf(node))).Markup("\">").Text(node.Status).Markup("</b>");
            if (node.DetailedStatus is { } detail && detail != node.Status)
            {
                html.Markup(" <span class=\"small\"><bdi>").Text(detail).Markup("</bdi></span>");
            }

            html.Markup("</td><td><bdi>").Text(row.Entry?.AssociationName ?? row.Entry?.Name).Markup("</bdi> <span class=\"small\">#").Number(row.Index).Markup("</span></td><td class=\"nowrap\">")
                .Text(node.LastExecutionDate is { } last ? ReportTime.Minute(last) : null).Markup("</td><td>").Text(node.OutputSourceType).Markup(" <code class=\"id\">").Text(node.OutputSourceId).Markup("</code></td></tr>\n");
        }

        html.Markup("</tbody>\n</table>\n</div>\n");
        if (nodes.Count > ShownNodes)
        {
            html.Markup("<p class=\"note\">").Number(nodes.Count - ShownNodes).Markup(" more nodes are counted above and not shown.</p>\n");
        }
    }

    private static ReportTone ToneOf(AssociationOutcomeNode node) => node.Status switch
    {
        "Success" => ReportTone.Good,
        "Pending" or "InProgress" or "Skipped" => ReportTone.Idle,
        _ => ReportTone.Bad,
    };
}
