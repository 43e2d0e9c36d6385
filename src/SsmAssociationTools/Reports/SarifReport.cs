using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Reports;

/// <summary>Writes the problems of a report as SARIF 2.1.0: each with its rule, and with file and line where they are known.</summary>
internal static class SarifReport
{
    private const string Project = "https://github.com/SsmAssociationTools/SsmAssociationTools";

    public static void Write(TextWriter output, Report report, string folder)
    {
        List<Finding> findings = [.. report.Rows.SelectMany(row => Findings(row, SourcePlace.Of(row.Source, row.Path, folder)))];
        string[] ids = [.. findings.Select(static finding => finding.Id).Distinct(StringComparer.Ordinal).OrderBy(static id => id, StringComparer.Ordinal)];
        JsonWriter json = new JsonWriter().Begin('{');
        json.Name("$schema").Value("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.Name("version").Value("2.1.0");
        json.Name("runs").Begin('[').Begin('{');
        json.Name("tool").Begin('{').Name("driver").Begin('{');
        json.Name("name").Value("SsmAssociationTools");
        json.Name("version").Value(typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        json.Name("informationUri").Value(Project);
        json.Name("rules").Begin('[');
        foreach (string id in ids)
        {
            Rule(json, id);
        }

        json.End(']').End('}').End('}');
        json.Name("columnKind").Value("utf16CodeUnits");
        json.Name("results").Begin('[');
        foreach (Finding finding in findings)
        {
            Result(json, finding, Array.IndexOf(ids, finding.Id));
        }

        json.End(']').End('}').End(']').End('}');
        output.Write(json.ToString());
        output.Write('\n');
    }

    private static IEnumerable<Finding> Findings(ReportRow row, SourcePlace? place)
    {
        foreach (EntryIssue issue in row.Issues)
        {
            string level = issue.Level switch
            {
                IssueSeverity.Error => "error",
                IssueSeverity.Warning => "warning",
                _ => "note",
            };
            yield return new Finding(issue.RuleId, level, issue.Path.Length == 0 ? issue.Message : $"{issue.Path}: {issue.Message}", issue.Path, place);
        }

        if (row.Notice is { } notice)
        {
            yield return new Finding(notice.Id, "note", string.IsNullOrEmpty(notice.Action) ? notice.Message : $"{notice.Message} {notice.Action}", string.Empty, place);
        }

        if (row.ErrorCode is not null && row.Status.Tone != ReportTone.Good)
        {
            string text = string.Join(" ", new[] { row.Message, row.RecommendedAction }.Where(static part => !string.IsNullOrEmpty(part)));
            yield return new Finding(row.ErrorCode, row.Status.Tone == ReportTone.Bad ? "error" : "warning", text.Length == 0 ? row.Status.Name : text, string.Empty, place);
        }
    }

    private static void Rule(JsonWriter json, string id)
    {
        RuleDefinition? rule = RuleCatalog.All.FirstOrDefault(one => one.Id == id);
        json.Begin('{').Name("id").Value(id);
        json.Name("shortDescription").Begin('{').Name("text").Value(rule?.Checks ?? ErrorCatalog.Find(id).Meaning);
        json.End('}');
        json.Name("helpUri").Value($"{Project}/blob/main/docs/{(rule is null ? "errors" : "rules")}.md");
        json.End('}');
    }

    private static void Result(JsonWriter json, Finding finding, int ruleIndex)
    {
        json.Begin('{').Name("ruleId").Value(finding.Id);
        json.Name("ruleIndex").Value(ruleIndex);
        json.Name("level").Value(finding.Level);
        json.Name("message").Begin('{').Name("text").Value(finding.Message);
        json.End('}');
        if (finding.Place is not null || finding.Path.Length > 0)
        {
            json.Name("locations").Begin('[').Begin('{');
            if (finding.Place is { } place)
            {
                json.Name("physicalLocation").Begin('{').Name("artifactLocation").Begin('{').Name("uri").Value(place.Uri);
                json.End('}');
                if (place.Line is > 0 and <= int.MaxValue)
                {
                    json.Name("region").Begin('{').Name("startLine").Value((int)place.Line);
                    json.End('}');
                }

                json.End('}');
            }

            if (finding.Path.Length > 0)
            {
                json.Name("logicalLocations").Begin('[').Begin('{').Name("fullyQualifiedName").Value(finding.Path);
                json.Name("kind").Value("member");
                json.End('}').End(']');
            }

            json.End('}').End(']');
        }

        json.End('}');
    }

    private sealed class Finding(string id, string level, string message, string path, SourcePlace? place)
    {
        public string Id { get; } = id;

        public string Level { get; } = level;

        public string Message { get; } = message;

        public string Path { get; } = path;

        public SourcePlace? Place { get; } = place;
    }
}
