using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using SsmAssociationTools.HelpCompiler.Pages;
using Xunit;

namespace SsmAssociationTools.HelpCompiler.Tests;

public sealed class CompilerTests : IDisposable
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string HelpFile => Path.Combine(_folder.FullName, "en-US", "Sample.dll-Help.xml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_page_becomes_the_help_of_its_command()
    {
        Assert.Empty(Compile(("Get-Thing.md", SamplePage.Text)));

        XElement command = Assert.Single(XDocument.Load(HelpFile).Root!.Elements(s_command + "command"));
        XElement details = command.Element(s_command + "details")!;
        Assert.Equal("Get-Thing", details.Element(s_command + "name")!.Value);
        Assert.Equal("Get", details.Element(s_command + "verb")!.Value);
        Assert.Equal("Thing", details.Element(s_command + "noun")!.Value);
        Assert.Equal("Gets things of several kinds.", details.Element(s_maml + "description")!.Value);
        Assert.Equal(
            ["Online Version|https://example.com/get-thing", "Other-Thing|", "Things|https://example.com/things"],
            command.Descendants(s_maml + "navigationLink").Select(link => $"{link.Element(s_maml + "linkText")!.Value}|{link.Element(s_maml + "uri")!.Value}"));
        Assert.Equal("Get-Thing -Name 'a' -Kind Small |\n    Where-Object Size -gt 3", command.Descendants(s_dev + "code").First().Value);
    }

    [Fact]
    public void Parameters_carry_their_attributes_in_syntax_and_list()
    {
        Compile(("Get-Thing.md", SamplePage.Text));

        XElement command = XDocument.Load(HelpFile).Root!.Elements().Single();
        XElement name = command.Element(s_command + "parameters")!.Elements().Single(parameter => parameter.Element(s_maml + "name")!.Value == "Name");
        Assert.Equal(
            ["required=true", "variableLength=true", "globbing=true", "pipelineInput=true (ByValue, ByPropertyName)", "position=0", "aliases=Names, N"],
            name.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"));
        Assert.Equal("*", name.Element(s_dev + "defaultValue")!.Value);

        XElement[] sets = [.. command.Descendants(s_command + "syntaxItem")];
        Assert.Equal(["Name", "Kind", "Count", "Exact"], sets[0].Elements(s_command + "parameter").Select(parameter => parameter.Element(s_maml + "name")!.Value));
        XElement kind = sets[1].Elements(s_command + "parameter").ElementAt(1);
        Assert.Equal(["Small", "Large"], kind.Element(s_command + "parameterValueGroup")!.Elements().Select(value => value.Value));
        Assert.Null(sets[0].Elements(s_command + "parameter").Last().Element(s_command + "parameterValue"));
    }

    [Fact]
    public void A_link_to_the_page_on_the_web_keeps_its_own_text_and_comes_first()
    {
        Compile(("Get-Thing.md", SamplePage.With("https://example.com/get-thing", "https://example.com/things")));

        Assert.Equal(["Things", "Other-Thing"], XDocument.Load(HelpFile).Descendants(s_maml + "linkText").Select(text => text.Value));
    }

    [Fact]
    public void The_same_pages_give_the_same_bytes_in_any_order()
    {
        string other = SamplePage.Text.Replace("Get-Thing", "Find-Thing", StringComparison.Ordinal);
        Compile(("Get-Thing.md", SamplePage.Text), ("Find-Thing.md", other));
        byte[] first = File.ReadAllBytes(HelpFile);

        Compile(("Find-Thing.md", other.ReplaceLineEndings("\r\n")), ("Get-Thing.md", SamplePage.Text));

        Assert.Equal(first, File.ReadAllBytes(HelpFile));
        Assert.NotEqual(Encoding.UTF8.Preamble.ToArray(), first.Take(3));
        Assert.DoesNotContain((byte)'\r', first);
        Assert.Equal(["Find-Thing", "Get-Thing"], XDocument.Load(HelpFile).Descendants(s_command + "details").Select(details => details.Element(s_command + "name")!.Value));
    }

    [Fact]
    public void The_date_of_a_page_is_not_in_the_help()
    {
        Compile(("Get-Thing.md", SamplePage.Text));
        string first = File.ReadAllText(HelpFile);

        Compile(("Get-Thing.md", SamplePage.With("01/31/2026", "02/01/2027")));

        Assert.Equal(first, File.ReadAllText(HelpFile));
    }

    [Fact]
    public void One_bad_page_keeps_the_old_file_and_names_the_page()
    {
        Compile(("Get-Thing.md", SamplePage.Text));
        byte[] old = File.ReadAllBytes(HelpFile);

        PageProblem problem = Assert.Single(Compile(("Get-Thing.md", SamplePage.With("Locale: en-US", "Locale: xx"))));

        Assert.Equal(Path.Combine(_folder.FullName, "Get-Thing.md"), problem.Path);
        Assert.Equal(5, problem.Line);
        Assert.Equal(old, File.ReadAllBytes(HelpFile));
    }

    [Fact]
    public void A_page_for_another_help_file_is_refused()
    {
        PageProblem problem = Assert.Single(Compile(("Get-Thing.md", SamplePage.With("Sample.dll-Help.xml", "Other.dll-Help.xml"))));

        Assert.Contains("'external help file' must be 'Sample.dll-Help.xml'", problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(HelpFile));
    }

    [Fact]
    public void Text_that_XML_treats_specially_comes_through()
    {
        Compile(("Get-Thing.md", SamplePage.With("Mind the gap.", "a `<b>` & \"c\" 'd' `]]>` \u00e9 \U0001F600")));

        Assert.Equal("a <b> & \"c\" 'd' ]]> \u00e9 \U0001F600", XDocument.Load(HelpFile).Descendants(s_maml + "alert").Single().Value);
    }

    private List<PageProblem> Compile(params (string Name, string Text)[] pages)
    {
        var paths = new List<string>();
        foreach ((string name, string text) in pages)
        {
            paths.Add(Path.Combine(_folder.FullName, name));
            File.WriteAllText(paths[^1], text);
        }

        return Program.Compile(HelpFile, paths);
    }
}
