using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.Reports;

/// <summary>The part of a report that shows when the entries run in the coming week, and where the runs pile up.</summary>
internal static class TimelineSection
{
    /// <summary>Documents with a lane of their own; the others share one.</summary>
    private const int Lanes = 12;

    private const int BusiestShown = 5;

    /// <summary>Height of a lane in its own units.</summary>
    private const double Height = 20;

    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter html, Report report)
    {
        ReportTimeline timeline = report.Timeline;
        if (report.IsOfRemoval)
        {
            // What was removed runs no more, and what was not is told below.
            return;
        }

        html.Markup("<section aria-labelledby=\"h-week\">\n<h2 id=\"h-week\">The coming week</h2>\n");
        if (timeline.Runs > 0)
        {
            Busiest(html, report);
            Chart(html, timeline);
        }

        Notes(html, timeline);
        html.Markup("</section>\n");
    }

    private static void Busiest(HtmlWriter html, Report report)
    {
        IReadOnlyList<BusyHour> hours = report.Timeline.Busiest(BusiestShown);
        BusyHour first = hours[0];
        int alike = report.Timeline.Totals.Count(count => count == first.Runs) - 1;
        html.Markup("<p class=\"lead\">Busiest: <b>").Text(ReportTime.Full(first.Start)).Markup("</b>, ").Number(first.Runs).Markup(first.Runs == 1 ? " run of " : " runs of ")
            .Number(first.Documents).Markup(first.Documents == 1 ? " document" : " documents");
        if (first.AtOnce > 0)
        {
            html.Markup(", <b>").Number(first.AtOnce).Markup("</b> of them at once, ").Markup(report.Timeline.EntriesAtOnce > 0 ? "as soon as they are created or changed" : "when they were created or changed");
        }

        if (alike > 0)
        {
            html.Markup("; ").Number(alike).Markup(alike == 1 ? " other hour has as many" : " other hours have as many");
        }

        html.Markup(".</p>\n");
        if (hours.Count == 1)
        {
            return;
        }

        html.Markup("<table class=\"peaks\">\n<caption>Where runs pile up</caption>\n<thead><tr><th scope=\"col\">Hour from (UTC)</th><th scope=\"col\">Clock of this computer</th><th scope=\"col\" class=\"n\">Runs</th><th scope=\"col\" class=\"n\">At once</th><th scope=\"col\" class=\"n\">Documents</th></tr></thead>\n<tbody>\n");
        foreach (BusyHour hour in hours)
        {
            html.Markup("<tr><td>").Text(hour.Start.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)).Markup("</td><td>").Text(ReportTime.Local(hour.Start, report.Zone))
                .Markup("</td><td class=\"n\">").Number(hour.Runs).Markup("</td><td class=\"n\">").Number(hour.AtOnce).Markup("</td><td class=\"n\">").Number(hour.Documents).Markup("</td></tr>\n");
        }

        html.Markup("</tbody>\n</table>\n");
    }

    private static void Chart(HtmlWriter html, ReportTimeline timeline)
    {
        IReadOnlyList<DocumentRuns> documents = timeline.Documents();
        html.Markup("<div class=\"chart\">\n<div class=\"lane head\"><p class=\"name\"><b>All documents</b> <span class=\"small\">").Number(timeline.Runs).Markup(" runs, ")
            .Number(timeline.EntriesWithRuns).Markup(timeline.EntriesWithRuns == 1 ? " entry" : " entries").Markup("</span></p>\n<div>\n");
        Days(html, timeline);
        Bars(html, timeline, timeline.Totals, timeline.Totals.Max(), "all", "All documents: " + Total(timeline.Runs));
        html.Markup("</div></div>\n");

        int lanes = documents.Count <= Lanes + 1 ? documents.Count : Lanes;
        int highest = documents.Take(lanes).Max(document => document.Hours.Max());
        DocumentRuns? others = Others(documents, lanes);
        highest = others is null ? highest : Math.Max(highest, others.Hours.Max());
        for (int i = 0; i < lanes; i++)
        {
            Lane(html, timeline, documents[i], highest);
        }

        if (others is not null)
        {
            Lane(html, timeline, others, highest);
        }

        html.Markup("</div>\n");
    }

    /// <summary>The documents without a lane of their own, put together; null where each has one.</summary>
    private static DocumentRuns? Others(IReadOnlyList<DocumentRuns> documents, int lanes)
    {
        if (documents.Count == lanes)
        {
            return null;
        }

        var others = new DocumentRuns((documents.Count - lanes).ToString("#,##0", CultureInfo.InvariantCulture) + " other documents", documents[0].Hours.Length);
        foreach (DocumentRuns document in documents.Skip(lanes))
        {
            others.Entries += document.Entries;
            others.Runs += document.Runs;
            others.FirstRun = document.FirstRun < others.FirstRun ? document.FirstRun : others.FirstRun;
            for (int hour = 0; hour < others.Hours.Length; hour++)
            {
                others.Hours[hour] += document.Hours[hour];
            }
        }

        return others;
    }

    private static void Lane(HtmlWriter html, ReportTimeline timeline, DocumentRuns document, int highest)
    {
        html.Markup("<div class=\"lane\"><p class=\"name\"><bdi>").Text(document.Name).Markup("</bdi> <span class=\"small\">").Text(Total(document.Runs)).Markup(", ")
            .Number(document.Entries).Markup(document.Entries == 1 ? " entry" : " entries").Text(document.FirstRun == DateTime.MaxValue ? string.Empty : ", next " + document.FirstRun.ToString("ddd HH:mm", CultureInfo.InvariantCulture)).Markup("</span></p>\n<div>");
        Bars(html, timeline, document.Hours, highest, "one", document.Name + ": " + Total(document.Runs));
        html.Markup("</div></div>\n");
    }

    private static void Days(HtmlWriter html, ReportTimeline timeline)
    {
        html.Markup("<ol class=\"days d").Plain(timeline.Days).Markup("\">");
        for (int day = 0; day < timeline.Days; day++)
        {
            int runs = 0;
            for (int hour = 0; hour < 24; hour++)
            {
                runs += timeline.Totals[(day * 24) + hour];
            }

            DateTime date = timeline.FirstDay.AddDays(day);
            html.Markup("<li><b>").Text(date.ToString("ddd", CultureInfo.InvariantCulture)).Markup("</b> <span>").Text(date.ToString("d MMM", CultureInfo.InvariantCulture))
                .Markup("</span> <span class=\"small\">").Number(runs).Markup("<span class=\"hide\"> runs</span></span></li>");
        }

        html.Markup("</ol>\n");
    }

    /// <summary>A bar for each hour with runs. Equal hours side by side are one bar, so that a busy document is no long text.</summary>
    private static void Bars(HtmlWriter html, ReportTimeline timeline, int[] hours, int highest, string kind, string name)
    {
        html.Markup("<svg class=\"bars ").Markup(kind).Markup("\" viewBox=\"0 0 ").Plain(hours.Length).Markup(" 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"").Text(name)
            .Markup(" by hour of the week\">");
        Outside(html, 0, (timeline.From - timeline.FirstDay).TotalHours);
        Outside(html, (timeline.To - timeline.FirstDay).TotalHours, hours.Length);
        html.Markup("<path class=\"grid\" d=\"");
        for (int day = 1; day < timeline.Days; day++)
        {
            html.Markup("M").Plain(day * 24).Markup(" 0V20");
        }

        html.Markup("\"/><path class=\"bar\" d=\"");
        for (int hour = 0; hour < hours.Length; hour++)
        {
            if (hours[hour] > 0)
            {
                int first = hour;
                while (hour + 1 < hours.Length && hours[hour + 1] == hours[first])
                {
                    hour++;
                }

                // Even one run among thousands is to be seen.
                double height = Math.Max(1.5, Height * hours[first] / highest);
                html.Markup("M").Plain(first).Markup(" 20v-").Plain(height).Markup("h").Plain(hour + 1 - first).Markup("v").Plain(height).Markup("z");
            }
        }

        html.Markup("\"/></svg>\n");
    }

    private static void Outside(HtmlWriter html, double from, double to)
    {
        if (to > from)
        {
            html.Markup("<rect class=\"outside\" x=\"").Plain(from).Markup("\" y=\"0\" width=\"").Plain(to - from).Markup("\" height=\"20\"/>");
        }
    }

    private static void Notes(HtmlWriter html, ReportTimeline timeline)
    {
        html.Markup("<ul class=\"notes\">\n");
        if (timeline.Runs == 0)
        {
            html.Markup("<li>No schedule of these entries has a run in the seven days from when this report was made.</li>\n");
        }

        Note(html, timeline.EntriesAtOnce, "runs", "run", " as soon as it is created or changed; the run is counted in the hour of this report.", " as soon as they are created or changed; the runs are counted in the hour of this report.");
        Note(html, timeline.EntriesThatRan, "ran", "ran", " as soon as it was created or changed; the run is counted in its hour.", " as soon as they were created or changed; the runs are counted in their hour.");
        Note(html, timeline.EntriesOnce, "has", "have", " no schedule: it runs once, when it is created, and again when it is changed.", " no schedule: they run once, when they are created, and again when they are changed.");
        Note(html, timeline.EntriesLater, "has", "have", " a schedule without a run in this week.", " a schedule without a run in this week.");
        Note(html, timeline.NotCounted, "is", "are", " not counted here: no association is known to exist or would be created.", " not counted here: no associations are known to exist or would be created.");
        Note(html, timeline.ToBeRemoved, "is", "are", " not counted here: it is to be removed.", " not counted here: they are to be removed.");
        Note(html, timeline.Removed, "is", "are", " not counted here: it was removed.", " not counted here: they were removed.");
        if (timeline.HasAssumedRate)
        {
            html.Markup("<li>A rate() counts from when the association is created. Where that is not known, it is counted from when this report was made.</li>\n");
        }

        html.Markup("<li>All hours are UTC, as schedules are. A run counts once, however many nodes it reaches. Shaded hours are outside of the seven days.</li>\n</ul>\n");
    }

    private static void Note(HtmlWriter html, long count, string one, string many, string restOfOne, string restOfMany)
    {
        if (count > 0)
        {
            html.Markup("<li>").Number(count).Markup(count == 1 ? " entry " + one + restOfOne : " entries " + many + restOfMany).Markup("</li>\n");
        }
    }

    private static string Total(long runs) => runs.ToString("#,##0", CultureInfo.InvariantCulture) + (runs == 1 ? " run" : " runs");
}
