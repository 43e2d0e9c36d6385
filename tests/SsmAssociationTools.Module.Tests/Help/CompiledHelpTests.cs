using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.HelpCompiler.Maml;
using SsmAssociationTools.HelpCompiler.Pages;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Help;

/// <summary>Get-Help in the real engine shows what the pages say.</summary>
public sealed class CompiledHelpTests : IClassFixture<ModuleSession>
{
    private readonly ModuleSession _session;

    public CompiledHelpTests(ModuleSession session) => _session = session;

    public static TheoryData<string> Cmdlets => [.. HelpPages.All.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void The_staged_help_is_in_step_with_the_pages() => Assert.Equal(
        MamlWriter.Write(HelpPages.All.Values.OrderBy(page => page.Name, StringComparer.Ordinal)),
        File.ReadAllBytes(Path.Combine(TestPaths.Stage, "en-US", "SsmAssociationTools.dll-Help.xml")));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Synopsis_and_description_are_shown(string name)
    {
        HelpPage page = HelpPages.All[name];
        PSObject help = Help(name);

        Assert.Equal("MamlCommandHelpInfo", help.TypeNames[0].Split('#')[0]);
        Assert.Equal(page.Synopsis[0], Text(help, "Synopsis"));
        Assert.Equal(page.Description, Texts(help, "description"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_shown_with_its_attributes(string name)
    {
        HelpPage page = HelpPages.All[name];
        PSObject[] shown = [.. Items(Property(Help(name), "parameters"), "parameter")];

        Assert.Equal(page.Parameters.Select(parameter => parameter.Name), shown.Select(parameter => Text(parameter, "name")));
        foreach ((PageParameter section, PSObject parameter) in page.Parameters.Zip(shown))
        {
            Assert.Equal(section.Description, Texts(parameter, "description").Take(section.Description.Count));
            Assert.Equal(section.ParameterSets.Any(set => set.IsRequired) ? "true" : "false", Text(parameter, "required"));
            Assert.Equal(section.ParameterSets[0].PositionText, Text(parameter, "position"));
            Assert.Equal(section.ParameterSets.Any(set => set.FromPipeline), Text(parameter, "pipelineInput").Contains("ByValue", StringComparison.Ordinal));
            Assert.Equal(section.ParameterSets.Any(set => set.FromPipelineByPropertyName), Text(parameter, "pipelineInput").Contains("ByPropertyName", StringComparison.Ordinal));
            Assert.Equal(section.Aliases.Count == 0 ? "none" : string.Join(", ", section.Aliases), Text(parameter, "aliases"));
            Assert.Equal(section.DefaultValue.Length == 0 ? "None" : section.DefaultValue, Text(parameter, "defaultValue"));
            Assert.Equal(section.SupportsWildcards ? "true" : "false", Text(parameter, "globbing"));
            Assert.Equal(section.TypeName, Text(Property(parameter, "type"), "name"));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Examples_are_shown_with_code_and_remarks(string name)
    {
        string text = _session.Render($"Get-Help {name} -Examples");

        int place = 0;
        foreach (PageExample example in HelpPages.All[name].Examples)
        {
            place = After(text, place, example.Title);
            place = After(text, place, example.Introduction[0]);
            foreach (string line in example.Code.Split('\n'))
            {
                place = After(text, place, "\n    " + line);
            }

            foreach (string remark in example.Remarks)
            {
                place = After(text, place, remark);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_full_view_has_every_section(string name)
    {
        HelpPage page = HelpPages.All[name];
        string text = _session.Render($"Get-Help {name} -Full");

        int place = 0;
        string[] headings = ["NAME", "SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];
        foreach (string heading in headings)
        {
            place = After(text, place, "\n" + heading + "\n");
        }

        foreach (SyntaxVariant variant in page.Syntax)
        {
            // Get-Help shows accepted values in place of the type that Get-Command names.
            string syntax = page.Parameters.Where(parameter => parameter.AcceptedValues.Count > 0).Aggregate(
                variant.Text,
                (line, parameter) => line.Replace(
                    $"-{parameter.Name} <{parameter.TypeName.Split('.')[^1]}>",
                    $"-{parameter.Name} {{{string.Join(" | ", parameter.AcceptedValues)}}}",
                    StringComparison.Ordinal));
            After(text, 0, syntax);
        }

        foreach (PageType type in page.Inputs.Concat(page.Outputs))
        {
            After(text, 0, "\n    " + type.TypeName);
        }

        foreach (string paragraph in page.Notes.Concat(page.Inputs.Concat(page.Outputs).SelectMany(type => type.Description)))
        {
            After(text, 0, paragraph);
        }

        foreach (PageLink link in page.Links)
        {
            After(text, 0, link.Text);
            After(text, 0, link.Uri);
        }

        // The engine reports what it does not understand in help XML as a wrong number of children and the like.
        Assert.Empty(_session.Run($"$Error.Clear(); $null = Get-Help {name} -Full; $Error").Output);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_detailed_view_and_that_of_one_parameter_describe_parameters(string name)
    {
        string detailed = _session.Render($"Get-Help {name} -Detailed");
        foreach (PageParameter parameter in HelpPages.All[name].Parameters)
        {
            string single = _session.Render($"Get-Help {name} -Parameter {parameter.Name}");
            After(single, 0, "-" + parameter.Name);
            foreach (string paragraph in parameter.Description)
            {
                After(detailed, 0, paragraph);
                After(single, 0, paragraph);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_first_related_link_is_the_page_on_the_web(string name)
    {
        PSObject link = Items(Property(Help(name), "relatedLinks"), "navigationLink").First();

        Assert.Equal(HelpPages.All[name].HelpUri, Text(link, "uri"));
        Assert.StartsWith("https://", Text(link, "uri"), StringComparison.Ordinal);
    }

    private PSObject Help(string name) => Assert.Single(_session.Run($"Get-Help {name} -Full").WithoutErrors().Output)!;

    /// <summary>
    /// Looks for a text and says where it ends. White space does not count: the console indents lines and breaks them, in
    /// the middle of a word too where the word is longer than a line.
    /// </summary>
    private static int After(string text, int start, string wanted)
    {
        string flat = Flatten(text);
        string part = Flatten(wanted);
        int place = flat.IndexOf(part, start, StringComparison.Ordinal);
        Assert.True(place >= 0, $"'{part}' is not shown after place {start} in:\n{text}");
        return place + part.Length;
    }

    private static string Flatten(string text) => string.Concat(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static PSObject Property(PSObject item, string name) => PSObject.AsPSObject(item.Properties[name]!.Value);

    private static string Text(PSObject item, string name) => item.Properties[name]?.Value?.ToString()?.Trim() ?? string.Empty;

    private static IEnumerable<PSObject> Items(PSObject item, string name) => item.Properties[name]?.Value switch
    {
        null => [],
        object[] several => several.Select(PSObject.AsPSObject),
        { } one => [PSObject.AsPSObject(one)],
    };

    /// <summary>The paragraphs of a text; a single one is not wrapped into a list by the engine.</summary>
    private static IEnumerable<string> Texts(PSObject item, string name) => (item.Properties[name]?.Value switch
    {
        IEnumerable several and not string => several.Cast<object>(),
        { } one => [one],
        null => [],
    }).Select(paragraph => Text(PSObject.AsPSObject(paragraph), "Text").ReplaceLineEndings("\n"));
}
