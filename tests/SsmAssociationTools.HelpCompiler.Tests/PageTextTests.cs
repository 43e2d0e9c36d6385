using System.Collections.Generic;
using SsmAssociationTools.HelpCompiler.Pages;
using Xunit;

namespace SsmAssociationTools.HelpCompiler.Tests;

public sealed class PageTextTests
{
    [Theory]
    [InlineData("one\ntwo", "one two")]
    [InlineData("one  \ntwo", "one\ntwo")]
    [InlineData("**bold** and *slanted* and `a  b`", "bold and slanted and a  b")]
    [InlineData("1 &lt; 2 \\* 3 \\[x\\]", "1 < 2 * 3 [x]")]
    [InlineData("<https://example.com/a>", "https://example.com/a")]
    [InlineData("[https://example.com/a](https://example.com/a)", "https://example.com/a")]
    [InlineData("see [the **page**](https://example.com/a).", "see the page (https://example.com/a).")]
    [InlineData("see [Get-Thing](Get-Thing.md).", "see Get-Thing.")]
    [InlineData("1. one\n2. two", "1. one\n2. two")]
    [InlineData("- one\n  - inner\n- two", "- one\n  - inner\n- two")]
    [InlineData("> quoted", "    quoted")]
    [InlineData("> [!NOTE]\n> Mind it.", "NOTE: Mind it.")]
    [InlineData("```\na\n  b\n```", "    a\n      b")]
    [InlineData("| A | Bee |\n| - | --- |\n| x | `y`  |\n| long | z |", "A     Bee\n-     ---\nx     y\nlong  z")]
    public void Markdown_becomes_text_for_a_console(string markdown, string expected) =>
        Assert.Equal([expected], Notes(markdown));

    [Fact]
    public void Long_list_items_are_broken_and_hang()
    {
        const string Item = "an item that is so long that it has to go on in a second line of the console";

        Assert.Equal(["- an item that is so long that it has to go on in a second line of the\n  console"], Notes("- " + Item));
    }

    [Fact]
    public void A_wide_table_becomes_terms_with_their_text_below()
    {
        const string Long = "A text that would not fit beside the first column in a console of eighty columns.";

        Assert.Equal(
            ["Created\n    A text that would not fit beside the first column in a console of\n    eighty columns.\nFailed\n    Short."],
            Notes($"| Status | Meaning |\n| --- | --- |\n| Created | {Long} |\n| Failed | Short. |"));
    }

    [Fact]
    public void A_wide_table_of_three_columns_names_the_columns()
    {
        const string Long = "A text that would not fit beside the first column in a console.";

        Assert.Equal(
            ["X\n    Status: Failed\n    Meaning: A text that would not fit beside the first column in a\n    console."],
            Notes($"| Id | Status | Meaning |\n| --- | --- | --- |\n| X | Failed | {Long} |"));
    }

    private static IReadOnlyList<string> Notes(string markdown)
    {
        HelpPage? page = PageReader.Read(SamplePage.Path, SamplePage.With("Mind the gap.", markdown), out IReadOnlyList<PageProblem> problems);
        Assert.Empty(problems);
        return page!.Notes;
    }
}
