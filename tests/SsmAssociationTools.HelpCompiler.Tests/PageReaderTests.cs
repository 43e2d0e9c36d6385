using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.HelpCompiler.Pages;
using Xunit;

namespace SsmAssociationTools.HelpCompiler.Tests;

public sealed class PageReaderTests
{
    [Fact]
    public void A_good_page_is_read_in_full()
    {
        HelpPage page = Read(SamplePage.Text);

        Assert.Equal("Get-Thing", page.Name);
        Assert.Equal("Sample", page.ModuleName);
        Assert.Equal("Sample.dll-Help.xml", page.HelpFile);
        Assert.Equal("https://example.com/get-thing", page.HelpUri);
        Assert.Equal(["Gets things of several kinds."], page.Synopsis);
        Assert.Equal(["First paragraph with code, a web link (https://example.com/x), a page and a <mark>.", "- one\n- two"], page.Description);
        Assert.Equal(["Mind the gap."], page.Notes);
        Assert.True(page.HasCommonParameters);
        Assert.Equal([new PageLink("Other-Thing", string.Empty), new PageLink("Things", "https://example.com/things")], page.Links);
        Assert.Equal(["System.String"], page.Inputs.Select(input => input.TypeName));
        Assert.Equal(["Sample.Thing", "Sample.Other[]"], page.Outputs.Select(output => output.TypeName));
        Assert.Equal(["A thing."], page.Outputs[0].Description);
        Assert.Empty(page.Outputs[1].Description);
    }

    [Fact]
    public void Syntax_tells_position_need_and_type_of_each_parameter()
    {
        HelpPage page = Read(SamplePage.Text);

        Assert.Equal(["ByName", "ById"], page.Syntax.Select(variant => variant.SetName));
        Assert.Equal([true, false], page.Syntax.Select(variant => variant.IsDefault));
        Assert.Equal(
            [
                new SyntaxParameter("Name", "string[]", IsRequired: true, IsPositional: true),
                new SyntaxParameter("Kind", "ThingKind", IsRequired: true, IsPositional: false),
                new SyntaxParameter("Count", "int", IsRequired: false, IsPositional: true),
                new SyntaxParameter("Exact", null, IsRequired: false, IsPositional: false),
            ],
            page.Syntax[0].Parameters);
        Assert.Equal(new SyntaxParameter("All", null, IsRequired: true, IsPositional: false), page.Syntax[1].Parameters[^1]);
        Assert.Equal("Get-Thing -Id <int> -Kind <ThingKind> [[-Count] <int>] -All [<CommonParameters>]", page.Syntax[1].Text);
    }

    [Fact]
    public void A_parameter_is_read_with_every_attribute()
    {
        PageParameter name = Read(SamplePage.Text).Parameters.Single(parameter => parameter.Name == "Name");

        Assert.Equal(["The names.", "Wildcards are allowed."], name.Description);
        Assert.Equal("System.String[]", name.TypeName);
        Assert.Equal("*", name.DefaultValue);
        Assert.True(name.SupportsWildcards);
        Assert.Equal(["Names", "N"], name.Aliases);
        Assert.Equal([new ParameterSetUse("ByName", 0, true, true, true, false)], name.ParameterSets);
        Assert.False(name.DontShow);
        Assert.Empty(name.AcceptedValues);
        Assert.Equal(SamplePage.LineOf(SamplePage.Text, "### -Name"), name.Line);
    }

    [Fact]
    public void An_example_is_code_between_introduction_and_remarks()
    {
        IReadOnlyList<PageExample> examples = Read(SamplePage.Text).Examples;

        Assert.Equal(["Example 1: Get a thing", "Example 2: Get by id"], examples.Select(example => example.Title));
        Assert.Equal(["It has one name."], examples[0].Introduction);
        Assert.Equal("Get-Thing -Name 'a' -Kind Small |\n    Where-Object Size -gt 3", examples[0].Code);
        Assert.Equal(["    a  Small", "That was all."], examples[0].Remarks);
        Assert.Equal(SamplePage.LineOf(SamplePage.Text, "Get-Thing -Name 'a'"), examples[0].Scripts[0].Line);
        Assert.Empty(examples[1].Introduction);
        Assert.Empty(examples[1].Remarks);
    }

    [Fact]
    public void Line_ends_of_Windows_make_no_difference()
    {
        HelpPage page = Read(SamplePage.Text.ReplaceLineEndings("\r\n"));

        Assert.Equal(Read(SamplePage.Text).Examples[0].Code, page.Examples[0].Code);
        Assert.Equal(Read(SamplePage.Text).Description, page.Description);
    }

    // Each case spoils the page in one place: the text that is replaced, the text in its stead, where the problem is, and words of its message.
    [Theory]
    [InlineData("document type: cmdlet", "document type: module", "document type", "'document type' must be 'cmdlet'")]
    [InlineData("Locale: en-US", "Locale: de-DE", "Locale", "must be 'en-US'")]
    [InlineData("PlatyPS schema version: 2024-05-01", "PlatyPS schema version: 2.0.0", "PlatyPS", "must be '2024-05-01'")]
    [InlineData("title: Get-Thing", "title: Get-Other", "title", "must be 'Get-Thing'")]
    [InlineData("ms.date: 01/31/2026", "ms.date: 2026-01-31", "ms.date", "needs a date")]
    [InlineData("HelpUri: https://example.com/get-thing", "HelpUri: get-thing", "HelpUri", "begins with https://")]
    [InlineData("HelpUri: https://example.com/get-thing", "HelpUri: ''", "HelpUri", "needs a text")]
    [InlineData("Module Name: Sample", "Module Name: Sample\nAuthor: somebody", "Author", "'Author' is not known here")]
    [InlineData("Module Name: Sample", "Module Name: [Sample", "document type", "This is not YAML")]
    [InlineData("Module Name: Sample", "Module Name: a: b", "Module Name", "This is not YAML")]
    [InlineData("# Get-Thing", "# Get-Other", "# Get-Other", "The file's name and its heading differ")]
    [InlineData("# Get-Thing\n", "Get-Thing\n", "Get-Thing\n\n## SYN", "the only heading of level 1")]
    [InlineData("# Get-Thing\n", "# Get-Thing\n\nText\n", "Text", "Before '## SYNOPSIS' there is only the heading")]
    [InlineData("## NOTES", "## Notes", "## Notes", "'## Notes' is no section of a page")]
    [InlineData("## NOTES", "## INPUTS", "## INPUTS\n\nMind", "'## INPUTS' is there twice")]
    [InlineData("## ALIASES\n", "## ALIASES\n\ngt\n", "gt", "ALIASES must be empty")]
    [InlineData("Gets things\n", "{{ Fill in the Synopsis }}\n", "{{ Fill", "Text in double braces")]
    [InlineData("### ById\n", "### ById\n\nText\n", "### ById", "A syntax is one code block")]
    [InlineData("Get-Thing [-Name] <string[]>", "Get-Other [-Name] <string[]>", "Get-Other", "The syntax must begin with 'Get-Thing'")]
    [InlineData("-Kind <ThingKind> [[-Count]", "-Kind ThingKind [[-Count]", "Get-Thing [-Name]", "is not a parameter")]
    [InlineData("[[-Count] <int>] [-Exact]", "[[-Count] <int>] [-Exact] [-Size <int>]", "### ByName", "-Size is in the syntax but has no section")]
    [InlineData("[[-Count] <int>] [-Exact]", "[[-Count] <int>]", "### -Exact", "-Exact has a section but is not in the syntax")]
    [InlineData("[-Name] <string[]>", "[[-Name] <string[]>]", "### -Name", "The brackets around -Name")]
    [InlineData("[-Exact]", "[-Exact <bool>]", "### -Exact", "The brackets around -Exact")]
    [InlineData("\n [<CommonParameters>]", "", "### ByName", "[<CommonParameters>] stands in the syntax if, and only if")]
    [InlineData("### CommonParameters", "### Common", "### Common", "begins with a hyphen")]
    [InlineData("### -Exact", "### -Count", "### -Count\n\nCompares", "-Count is there twice")]
    [InlineData("### -Name", "### -Exact", "### -Exact\n\nThe names", "-Exact is there twice")]
    [InlineData("### -Kind", "### -Azure", "### -Azure", "alphabetical order")]
    [InlineData("Compares case.\n", "\n", "### -Exact", "-Exact has no description")]
    [InlineData("At most so many.\n\n```yaml", "At most so many.\n\n```text", "### -Count", "-Count needs a code block that begins with ```yaml")]
    [InlineData("DefaultValue: '*'\n", "", "Type: System.String[]", "'DefaultValue' is missing")]
    [InlineData("DefaultValue: '*'\n", "DefaultValue: *\n", "DefaultValue: *", "This is not YAML")]
    [InlineData("SupportsWildcards: true", "SupportsWildcards: yes", "SupportsWildcards: yes", "needs true or false")]
    [InlineData("AcceptedValues:\n- Small\n- Large", "AcceptedValues: Small, Large", "AcceptedValues: Small", "needs a list")]
    [InlineData("- Names\n- N", "- Names\n- {N: 1}", "- {N", "needs a list of texts")]
    [InlineData("  Position: 0\n", "  Position: first\n", "  Position: first", "'Position' needs a number")]
    [InlineData("  IsRequired: true\n", "  IsRequired: true\n  Isrequired: true\n", "  Isrequired", "'Isrequired' is not known here")]
    [InlineData("- Name: ByName\n  Position: 0", "- Name: ByNumber\n  Position: 0", "### ByName", "-Name is in the syntax but has no section for the parameter set ByName")]
    [InlineData("```powershell\nGet-Thing -Id", "```\nGet-Thing -Id", "### Example 2", "An example needs a code block that begins with ```powershell")]
    [InlineData("## EXAMPLES\n", "## EXAMPLES\n\nText\n", "Text", "everything stands below a heading of level 3")]
    [InlineData("That was all.", "A <thing> more.", "A <thing>", "'<thing>' would be read as HTML")]
    [InlineData("Mind the gap.", "![gap](gap.png)", "![gap]", "A picture cannot be shown")]
    [InlineData("Mind the gap.", "### Gap\n\nMind it.", "### Gap", "A heading cannot stand here")]
    [InlineData("Mind the gap.", "Mind\n\n***\n\nthe gap.", "***", "has no form in console help")]
    public void A_spoilt_page_is_refused_with_line_and_reason(string old, string replacement, string place, string message)
    {
        string markdown = SamplePage.With(old, replacement);

        HelpPage? page = PageReader.Read(SamplePage.Path, markdown, out IReadOnlyList<PageProblem> problems);

        Assert.Null(page);
        int line = SamplePage.LineOf(markdown, place);
        Assert.Contains(problems, problem => problem.Line == line && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SYNOPSIS")]
    [InlineData("SYNTAX")]
    [InlineData("ALIASES")]
    [InlineData("DESCRIPTION")]
    [InlineData("EXAMPLES")]
    [InlineData("PARAMETERS")]
    [InlineData("INPUTS")]
    [InlineData("OUTPUTS")]
    [InlineData("NOTES")]
    [InlineData("RELATED LINKS")]
    public void A_missing_section_is_named(string section)
    {
        string markdown = SamplePage.With($"## {section}\n", "\n");

        PageReader.Read(SamplePage.Path, markdown, out IReadOnlyList<PageProblem> problems);

        Assert.Contains(problems, problem => problem.Message == $"'## {section}' is missing.");
    }

    [Fact]
    public void Sections_out_of_order_are_named()
    {
        string markdown = SamplePage.With("## NOTES\n\nMind the gap.\n\n", string.Empty)
            .Replace("## INPUTS", "## NOTES\n\nMind the gap.\n\n## INPUTS", StringComparison.Ordinal);

        PageReader.Read(SamplePage.Path, markdown, out IReadOnlyList<PageProblem> problems);

        Assert.Contains(problems, problem => problem.Message == "'## INPUTS' must stand before '## NOTES'.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# Get-Thing\n\n## SYNOPSIS\n\nText.\n")]
    [InlineData("---\n---\n\n# Get-Thing\n")]
    [InlineData("---\ntitle\n---\n")]
    public void Text_that_is_no_page_is_refused_on_its_first_lines(string markdown)
    {
        Assert.Null(PageReader.Read(SamplePage.Path, markdown, out IReadOnlyList<PageProblem> problems));

        Assert.InRange(problems[0].Line, 1, 3);
    }

    [Fact]
    public void All_problems_of_a_page_are_reported_at_once()
    {
        string markdown = SamplePage.With("Locale: en-US", "Locale: xx")
            .Replace("Compares case.\n", "\n", StringComparison.Ordinal)
            .Replace("SupportsWildcards: true", "SupportsWildcards: maybe", StringComparison.Ordinal);

        PageReader.Read(SamplePage.Path, markdown, out IReadOnlyList<PageProblem> problems);

        Assert.Equal(3, problems.Count);
        Assert.Equal(problems.Select(problem => problem.Line).Order(), problems.Select(problem => problem.Line));
    }

    [Fact]
    public void A_problem_has_the_form_that_MSBuild_reads() => Assert.Equal(
        "docs/Get-Thing.md(12): error HELP: Something is wrong.",
        new PageProblem(SamplePage.Path, 12, "Something is wrong.").ToString());

    private static HelpPage Read(string markdown)
    {
        HelpPage? page = PageReader.Read(SamplePage.Path, markdown, out IReadOnlyList<PageProblem> problems);
        Assert.Empty(problems);
        return page!;
    }
}
