using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;
using Xunit;
using static SsmAssociationTools.Tests.Input.Reading;

namespace SsmAssociationTools.Tests.Input;

/// <summary>Every example in docs/entries.md is an entry, and every alias that it lists is one.</summary>
public class EntriesPageTests
{
    private static readonly string s_page = File.ReadAllText(PageFile());

    public static TheoryData<string, string, string> Examples()
    {
        var data = new TheoryData<string, string, string>();
        foreach ((string section, string language, string text) in Fences())
        {
            data.Add(section, language, text);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_read_without_an_issue(string section, string language, string text)
    {
        Assert.NotEmpty(section);
        foreach (object input in Inputs(language, text))
        {
            Assert.NotNull(Clean(input).Name);
        }
    }

    [Fact]
    public void The_first_section_shows_one_entry_in_every_notation()
    {
        using var content = new CanonicalContent();
        (string Section, string Language, string Text)[] first = Fences().Where(f => f.Section == "One entry in every notation").ToArray();
        Assert.Equal(5, first.Length);
        string[] contents = first
            .SelectMany(f => Inputs(f.Language, f.Text))
            .Select(input => Convert.ToHexString(content.BytesOf(Clean(input))))
            .ToArray();
        Assert.Single(contents.Distinct());
    }

    [Fact]
    public void The_page_lists_every_alias()
    {
        foreach (string name in MemberNames.Members.Concat(MemberNames.PartsOf(EntrySchema.OutputLocation)).Where(n => n is not ("Entry" or "Entries" or "AssociationDescription")))
        {
            if (typeof(AssociationEntry).GetProperty(name) is null)
            {
                Assert.Contains(name, s_page, StringComparison.Ordinal);
            }
        }
    }

    private static string PageFile()
    {
        // Source paths in assemblies are mapped, so the page is looked for upwards from the test assembly.
        for (string? folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Combine(folder, "docs", "entries.md");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException("docs/entries.md");
    }

    private static List<(string Section, string Language, string Text)> Fences()
    {
        var fences = new List<(string, string, string)>();
        string section = "";
        string? language = null;
        var text = new StringBuilder();
        foreach (string line in s_page.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (language is null && line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }
            else if (language is null && line.StartsWith("```", StringComparison.Ordinal))
            {
                language = line[3..];
                text.Clear();
            }
            else if (language is not null && line == "```")
            {
                fences.Add((section, language, text.ToString()));
                language = null;
            }
            else if (language is not null)
            {
                text.Append(line).Append('\n');
            }
        }

        return fences;
    }

    private static List<object> Inputs(string language, string text)
    {
        switch (language)
        {
            case "json":
                return [text];
            case "powershell":
                using (Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.Create()))
                {
                    runspace.Open();
                    runspace.SessionStateProxy.LanguageMode = PSLanguageMode.FullLanguage;
                    using var shell = PowerShell.Create();
                    shell.Runspace = runspace;
                    return shell.AddScript(text).Invoke().ToList<object>();
                }

            case "csv":
                List<string>[] rows = text.TrimEnd('\n').Split('\n').Select(Cells).ToArray();
                return rows.Skip(1).Select(row => (object)Bag(rows[0].Select((name, i) => (name, (object?)row[i])).ToArray())).ToList();
            default:
                throw new InvalidDataException(language);
        }
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
