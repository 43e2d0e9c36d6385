using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Files;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>Templates of the kinds that are public, each with what it is worked out with and the entries that it has.</summary>
public class TemplateCaseTests
{
    private static readonly string[] s_cases = File.ReadAllLines(TestData.PathOf("Templates/cases.jsonl"));

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (int i = 0; i < s_cases.Length; i++)
        {
            using JsonDocument line = JsonDocument.Parse(s_cases[i]);
            cases.Add(i, line.RootElement.GetProperty("file").GetString()!);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_gives_its_entries_once_what_it_needs_is_given(int index, string name)
    {
        using JsonDocument document = JsonDocument.Parse(s_cases[index]);
        JsonElement line = document.RootElement;
        string text = File.ReadAllText(TestData.PathOf("Templates/" + name));
        EntryFileFormat format = name.EndsWith(".json", StringComparison.Ordinal) ? EntryFileFormat.Json : EntryFileFormat.Yaml;
        var inputs = new TemplateInputs
        {
            Parameters = Values(line.GetProperty("parameters")),
            Values = Values(line.GetProperty("values")),
            Region = line.GetProperty("region").GetString(),
            AccountId = line.GetProperty("account").GetString(),
        };

        IReadOnlyList<ImportedEntry> imported = FileText.Import(text, format, templates: inputs);

        Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
        Assert.Equal(
            line.GetProperty("entries").EnumerateArray().Select(entry => FileText.ContentOf(Assert.Single(FileText.Entries(entry.GetRawText(), EntryFileFormat.Json)))),
            imported.Where(item => item.Entry is not null).Select(item => FileText.ContentOf(item.Entry!)));
        Assert.Empty(inputs.Unused);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_without_what_it_needs_says_all_of_it_at_once(int index, string name)
    {
        using JsonDocument document = JsonDocument.Parse(s_cases[index]);
        JsonElement line = document.RootElement;
        string text = File.ReadAllText(TestData.PathOf("Templates/" + name));
        EntryFileFormat format = name.EndsWith(".json", StringComparison.Ordinal) ? EntryFileFormat.Json : EntryFileFormat.Yaml;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(text, format);

        ImportedEntry told = Assert.Single(imported, item => item.Errors.Count > 0 && !item.IsTold);
        string sentence = Assert.Single(told.Errors);
        Assert.All(line.GetProperty("values").EnumerateObject(), value => Assert.Contains($"'{value.Name}' = '...'", sentence, StringComparison.Ordinal));
        Assert.Equal(line.GetProperty("entries").GetArrayLength(), imported.Count(item => item.Entry is not null || item.Errors.Count > 0));
    }

    private static Dictionary<string, object> Values(JsonElement values) =>
        values.EnumerateObject().ToDictionary(value => value.Name, value => (object)value.Value.GetString()!);
}
