using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Reports;

/// <summary>The part of a report that says what is wrong and what to do, each problem once.</summary>
internal static class ProblemSection
{
    /// <summary>Problems that are shown; the rows below show all.</summary>
    private const int Shown = 100;

    /// <summary>Texts of one rule that are shown.</summary>
    private const int Texts = 4;

    /// <summary>Writes the part; nothing where there is no problem.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<ProblemGroup> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        html.Markup("<section aria-labelledby=\"h-problems\">\n<h2 id=\"h-problems\">What to look at</h2>\n<ol class=\"problems\">\n");
        for (int i = 0; i < groups.Count && i < Shown; i++)
        {
            Write(html, groups[i]);
        }

        html.Markup("</ol>\n");
        if (groups.Count > Shown)
        {
            html.Markup("<p class=\"note\">").Number(groups.Count - Shown).Markup(" more kinds of problems are shown with their entries below.</p>\n");
        }

        html.Markup("</section>\n");
    }

    /// <summary>Where a row is from: its file and line, or its place in the input.</summary>
    private static void Place(HtmlWriter html, ReportRow row)
    {
        html.Markup("<bdi>");
        if (row.Source is string source)
        {
            html.Text(source);
        }
        else
        {
            html.Markup("#").Markup(row.Index.ToString(CultureInfo.InvariantCulture));
        }

        html.Markup("</bdi>");
    }

    private static void Write(HtmlWriter html, ProblemGroup group)
    {
        html.Markup("<li class=\"").Markup(ReportPage.ClassOf(group.Tone)).Markup("\">\n<p class=\"what\"><b class=\"st ").Markup(ReportPage.ClassOf(group.Tone)).Markup("\">")
            .Text(group.Kind).Markup("</b> <code>").Text(group.Id).Markup("</code> <span class=\"muted\">");
        if (group.Count == 1)
        {
            html.Markup("once");
        }
        else
        {
            html.Number(group.Count).Markup(" times");
        }

        html.Markup("</span></p>\n");
        int shown = group.Texts.Count <= Texts + 1 ? group.Texts.Count : Texts;
        for (int i = 0; i < shown; i++)
        {
            Write(html, group.Texts[i]);
        }

        if (group.Texts.Count > shown)
        {
            html.Markup("<p class=\"where\">and more of the same rule, with other values, in ");
            long left = group.RowCount;
            for (int i = 0; i < shown; i++)
            {
                left -= group.Texts[i].RowCount;
            }

            html.Number(Math.Max(left, 1)).Markup(" more: the entries below show them.</p>\n");
        }

        if (!string.IsNullOrEmpty(group.Action))
        {
            html.Markup("<p><b>What to do:</b> ").Text(group.Action).Markup("</p>\n");
        }

        html.Markup("</li>\n");
    }

    private static void Write(HtmlWriter html, ProblemText text)
    {
        html.Markup("<p><bdi>");
        for (int i = 0; i < text.Members.Count; i++)
        {
            html.Markup(i == 0 ? "<code>" : ", <code>").Text(text.Members[i]).Markup("</code>");
        }

        html.Markup(text.Members.Count > 0 ? ": " : string.Empty).Text(text.Message).Markup("</bdi></p>\n<p class=\"where\">In ");
        for (int i = 0; i < text.Rows.Count; i++)
        {
            html.Markup(i == 0 ? string.Empty : ", ");
            Place(html, text.Rows[i]);
        }

        if (text.RowCount > text.Rows.Count)
        {
            html.Markup(" and ").Number(text.RowCount - text.Rows.Count).Markup(" more");
        }

        html.Markup("</p>\n");
    }
}
