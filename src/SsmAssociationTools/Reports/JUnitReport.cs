using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace SsmAssociationTools.Reports;

/// <summary>
/// Writes a report as JUnit XML: a suite for each file, a test for each entry. What the service would refuse or refused is a
/// failure, what is not known an error, what was not attempted is skipped. Warnings are the output of the suite: a test has no
/// place for them. Only what both schemas in use allow (Ant's and that of Jenkins) is written.
/// </summary>
internal static class JUnitReport
{
    public static void Write(TextWriter output, Report report, string folder)
    {
        using XmlWriter xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, CloseOutput = false, NewLineChars = "\n" });
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        int id = 0;
        foreach (IGrouping<string, (ReportRow Row, SourcePlace? Place)> suite in report.Rows
            .Select(row => (Row: row, Place: SourcePlace.Of(row.Source, row.Path, folder)))
            .GroupBy(static one => one.Place?.File ?? "entries", StringComparer.Ordinal))
        {
            Suite(xml, suite.Key, id++, [.. suite], report.MadeAt);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Suite(XmlWriter xml, string name, int id, List<(ReportRow Row, SourcePlace? Place)> rows, DateTime madeAt)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", name);
        Attribute(xml, "package", "SsmAssociationTools");
        Attribute(xml, "id", Number(id));
        Attribute(xml, "timestamp", madeAt.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        Attribute(xml, "hostname", "localhost");
        Attribute(xml, "tests", Number(rows.Count));
        Attribute(xml, "failures", Number(rows.Count(static one => one.Row.Status.Tone == ReportTone.Bad)));
        Attribute(xml, "errors", Number(rows.Count(static one => one.Row.Status == ReportStatus.Unknown)));
        Attribute(xml, "skipped", Number(rows.Count(static one => one.Row.Status == ReportStatus.NotAttempted)));
        Attribute(xml, "time", "0");
        xml.WriteElementString("properties", string.Empty);
        var warnings = new StringBuilder();
        foreach ((ReportRow row, SourcePlace? place) in rows)
        {
            Case(xml, row, place, name);
            foreach (EntryIssue issue in row.Issues.Where(static issue => issue.Level == IssueSeverity.Warning))
            {
                warnings.Append(issue).Append('\n');
            }
        }

        xml.WriteElementString("system-out", Text(warnings.ToString()));
        xml.WriteElementString("system-err", string.Empty);
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, ReportRow row, SourcePlace? place, string suite)
    {
        string where = place is null ? "#" + row.Index.ToString(CultureInfo.InvariantCulture) : place.Line > 0 ? $"{place.File}:{place.Line.ToString(CultureInfo.InvariantCulture)}" : place.File;
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", row.Entry is null ? where : $"{where} {row.Entry}");
        Attribute(xml, "classname", suite);
        Attribute(xml, "time", "0");
        string? element = row.Status.Tone == ReportTone.Bad ? "failure" : row.Status == ReportStatus.Unknown ? "error" : row.Status == ReportStatus.NotAttempted ? "skipped" : null;
        if (element is not null)
        {
            EntryIssue[] errors = [.. row.Issues.Where(static issue => issue.Level == IssueSeverity.Error)];
            string[] lines = [.. errors.Select(static issue => issue.Line), .. row.Message is null ? Array.Empty<string>() : [row.Message], .. string.IsNullOrEmpty(row.RecommendedAction) ? Array.Empty<string>() : [row.RecommendedAction!]];
            xml.WriteStartElement(element);
            if (element != "skipped")
            {
                Attribute(xml, "message", lines.Length == 0 ? row.Status.Name : lines[0]);
                Attribute(xml, "type", row.ErrorCode ?? (errors.Length > 0 ? errors[0].RuleId : row.Status.Name));
            }

            xml.WriteString(Text(string.Join("\n", lines.Select(line => $"{where}: {line}"))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Text(value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML has no place for some characters, whatever way they are written.</summary>
    private static string Text(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (!isPair && !XmlConvert.IsXmlChar(text[i]))
            {
                clean ??= new StringBuilder(text);
                clean[i] = '\uFFFD';
            }

            i += isPair ? 1 : 0;
        }

        return clean?.ToString() ?? text;
    }
}
