using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>
/// What is said of parameters before the call is what the endpoint says at the call, which holds them against the same documents
/// with code of its own: over random documents, and values that fit, nearly fit, or do not.
/// </summary>
public sealed class ParameterAgreementTests
{
    private const int DocumentCount = 150;
    private const int EntryCount = 3_000;

    private static readonly string[] s_values = ["", "a", "b", "ab", "abc", "A", "1", "12", "123", "on", "off", "x y", "é", "{{ssm:name}}", "-", "a1"];
    private static readonly string[] s_patterns = ["^[a-z]*$", "^[0-9]+$", "^(on|off)$", "^.{1,2}$", @"^\w+$", @"^\S*$", "^(?!a).*$", "^[^0-9]+$", "^[a-zA-Z]{1,3}$", "^$|^a$"];

    [Fact]
    public async Task What_is_an_error_before_the_call_is_refused_by_it_and_nothing_else_is()
    {
        var random = new Random(7);
        Dictionary<string, object>[] declared = [.. Enumerable.Range(0, DocumentCount).Select(_ => Declared(random))];
        string inventory = JsonSerializer.Serialize(new
        {
            documents = declared.Select((parameters, i) => new { name = $"mine-{i}", content = new { schemaVersion = "2.2", parameters, mainSteps = Array.Empty<object>() } }),
        });
        using var endpoint = new OnlineEndpoint(inventory);
        AssociationEntry[] entries = [.. Enumerable.Range(0, EntryCount).Select(i => Entry(i, random.Next(DocumentCount), declared, random))];

        KnownDocument?[] documents = [.. (await endpoint.LookAsync(entries)).Select(seen => seen.Sight.Document!.Known)];
        var refused = new HashSet<string>(StringComparer.Ordinal);
        foreach (AssociationEntry[] batch in entries.Chunk(100))
        {
            CreateBatchAnswer answer = await endpoint.Gateway.CreateAssociationBatchAsync(new CreateBatchRequest(batch, null), CancellationToken.None);
            foreach (FailedEntry failed in answer.Failed)
            {
                Assert.Contains("arameter", failed.Message, StringComparison.Ordinal);
                refused.Add(failed.Entry!.AssociationName!);
            }
        }

        var wrong = new List<string>();
        var validator = new EntryValidator(new ValidationOptions());
        for (int i = 0; i < EntryCount; i++)
        {
            var issues = new IssueCollector();
            validator.Validate(entries[i], issues, region: null, documents[i]);
            string[] errors = [.. issues.Take().Where(issue => issue.Level == IssueSeverity.Error).Select(issue => $"{issue.Path} {issue.RuleId}")];
            if (refused.Contains(entries[i].AssociationName!) != errors.Length > 0)
            {
                wrong.Add($"{JsonSerializer.Serialize(declared[int.Parse(entries[i].Name!["mine-".Length..], null)])} {JsonSerializer.Serialize(entries[i].Parameters)}: {string.Join(", ", errors)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join("\n", wrong.Take(10))}");
        Assert.InRange(refused.Count, EntryCount / 4, EntryCount * 3 / 4);
    }

    private static Dictionary<string, object> Declared(Random random)
    {
        var parameters = new Dictionary<string, object>();
        foreach (string name in new[] { "One", "Two", "Three" }.Take(random.Next(4)))
        {
            bool isList = random.Next(2) == 0;
            var facts = new Dictionary<string, object> { ["type"] = isList ? "StringList" : "String" };
            if (random.Next(3) > 0)
            {
                facts["default"] = isList ? new[] { "a" } : "a";
            }

            switch (random.Next(5))
            {
                case 0:
                    facts["allowedValues"] = s_values.Where(_ => random.Next(2) == 0).Append("a").Where(value => value.Length > 0).Distinct().ToArray();
                    break;
                case 1 or 2:
                    facts["allowedPattern"] = s_patterns[random.Next(s_patterns.Length)];
                    break;
                case 3:
                    facts["minChars"] = random.Next(3);
                    facts["maxChars"] = 2 + random.Next(3);
                    break;
                default:
                    break;
            }

            if (isList && random.Next(2) == 0)
            {
                facts["minItems"] = random.Next(3);
                facts["maxItems"] = 2 + random.Next(2);
            }

            parameters[name] = facts;
        }

        return parameters;
    }

    private static AssociationEntry Entry(int i, int document, Dictionary<string, object>[] declared, Random random)
    {
        var parameters = new ParameterMap();
        foreach (string name in declared[document].Keys.Where(_ => random.Next(4) > 0))
        {
            bool isList = (string)((Dictionary<string, object>)declared[document][name])["type"] == "StringList";
            parameters[random.Next(20) == 0 ? name.ToLowerInvariant() : name] =
                [.. Enumerable.Range(0, isList ? random.Next(4) : random.Next(12) == 0 ? 2 : 1).Select(_ => s_values[random.Next(s_values.Length)])];
        }

        return new AssociationEntry
        {
            Name = $"mine-{document}",
            AssociationName = $"agree-{i}",
            Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web"] }],
            Parameters = parameters.Count == 0 ? null : parameters,
        };
    }
}
