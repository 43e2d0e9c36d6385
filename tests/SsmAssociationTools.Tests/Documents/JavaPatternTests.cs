using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Documents;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Documents;

/// <summary>
/// Patterns of Java against what Java itself says of them. Data/JavaPatterns.java wrote the file with java.util.regex: for each
/// pattern and value W (the whole matches), S (a part), N (nothing), or E for what is no pattern of Java.
/// </summary>
public sealed class JavaPatternTests
{
    private static readonly string[] s_lines = File.ReadAllLines(TestData.PathOf("java-patterns.jsonl"));
    private static readonly string[] s_values = JsonDocument.Parse(s_lines[0]).RootElement.GetProperty("values"u8).EnumerateArray().Select(value => value.GetString()!).ToArray();
    private static readonly (string Pattern, string Says)[] s_patterns =
        [.. s_lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement).Select(line => (line.GetProperty("pattern"u8).GetString()!, line.GetProperty("says"u8).GetString()!))];

    [Fact]
    public void Whatever_is_said_of_a_value_is_what_Java_says()
    {
        var wrong = new List<string>();
        foreach ((string pattern, string says) in s_patterns.Where(one => one.Says != "E"))
        {
            var read = new JavaPattern(pattern);
            for (int i = 0; i < s_values.Length; i++)
            {
                PatternFit fit = read.Judge(s_values[i]);
                if (fit != PatternFit.Unknown && fit != (says[i] switch { 'W' => PatternFit.Whole, 'S' => PatternFit.Part, _ => PatternFit.None }))
                {
                    wrong.Add($"{JsonSerializer.Serialize(pattern)} {JsonSerializer.Serialize(s_values[i])}: Java {says[i]}, here {fit}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join("\n", wrong.Take(60))}");
    }

    [Fact]
    public void What_is_no_pattern_of_Java_is_none_here()
    {
        string[] read = [.. s_patterns.Where(one => one.Says == "E" && new JavaPattern(one.Pattern).IsRead).Select(one => one.Pattern)];
        Assert.True(read.Length == 0, string.Join("\n", read));
    }

    [Fact]
    public void Patterns_as_documents_have_them_are_read()
    {
        const string LastOfThem = @"^\d{4}-\d{2}-\d{2}$";
        (string Pattern, string Says)[] ofDocuments = [.. s_patterns.TakeWhile(one => one.Pattern != LastOfThem)];

        Assert.True(ofDocuments.Length > 20);
        Assert.All(ofDocuments, one => Assert.True(new JavaPattern(one.Pattern).IsRead, one.Pattern));
    }

    [Fact]
    public void Most_of_all_patterns_are_read() =>
        Assert.True(s_patterns.Count(one => new JavaPattern(one.Pattern).IsRead) * 2 > s_patterns.Length);
}
