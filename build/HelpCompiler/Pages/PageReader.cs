using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>
/// Reads a cmdlet's page in the markdown of PlatyPS, schema 2024-05-01. It is stricter than PlatyPS: what PlatyPS would
/// leave out in silence is a problem here.
/// </summary>
internal sealed class PageReader
{
    private const string SchemaVersion = "2024-05-01";

    private const string CommonParameters = "CommonParameters";

    /// <summary>The sections of a page, in the order in which PlatyPS wants them.</summary>
    private static readonly string[] s_sections =
    [
        "SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS",
    ];

    /// <summary>The sections that have a heading for each of their items.</summary>
    private static readonly string[] s_itemised = ["SYNTAX", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS"];

    private static readonly MarkdownPipeline s_pipeline =
        new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UsePreciseSourceLocation().Build();

    private readonly string _path;
    private readonly List<PageProblem> _problems = [];
    private readonly PageText _text;

    private PageReader(string path)
    {
        _path = path;
        _text = new PageText(Report);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="path">The file's path, for messages; its name must be the cmdlet's.</param>
    /// <param name="markdown">The file's text.</param>
    /// <param name="problems">All that is wrong, in the order of lines; empty when the page is good.</param>
    /// <returns>The page, or null when there is a problem.</returns>
    public static HelpPage? Read(string path, string markdown, out IReadOnlyList<PageProblem> problems)
    {
        var reader = new PageReader(path);
        HelpPage? page = reader.Read(markdown.ReplaceLineEndings("\n"));
        problems = [.. reader._problems.OrderBy(problem => problem.Line)];
        return problems.Count == 0 ? page : null;
    }

    private HelpPage? Read(string markdown)
    {
        RejectTemplateText(markdown);
        MarkdownDocument document = Markdown.Parse(markdown, s_pipeline);
        if (document.Count == 0 || document[0] is not YamlFrontMatterBlock front)
        {
            Report(1, "The page must begin with its metadata between two lines '---'.");
            return null;
        }

        YamlFields? metadata = YamlFields.Read(front.Lines.ToString(), 1, Report);
        if (metadata is null)
        {
            return null;
        }

        string name = ReadTitle(document);
        string help = ReadMetadata(metadata, name, out string module, out string uri);
        Dictionary<string, List<Block>> sections = Divide(document);
        if (s_sections.Any(section => !sections.ContainsKey(section)))
        {
            return null;
        }

        if (sections["ALIASES"].Count > 0)
        {
            // Compiled help has no place for them, so they would be lost; the description can name them.
            Report(sections["ALIASES"][0].Line + 1, "ALIASES must be empty: the cmdlets of this module have none.");
        }

        List<SyntaxVariant> syntax = ReadSyntax(sections["SYNTAX"], name);
        List<PageParameter> parameters = ReadParameters(sections["PARAMETERS"], out bool hasCommonParameters);
        Compare(sections, syntax, parameters, hasCommonParameters);
        return new HelpPage
        {
            Name = name,
            ModuleName = module,
            HelpFile = help,
            HelpUri = uri,
            Synopsis = Prose("SYNOPSIS", sections),
            Syntax = syntax,
            Description = Prose("DESCRIPTION", sections),
            Examples = ReadExamples(sections["EXAMPLES"]),
            Parameters = parameters,
            HasCommonParameters = hasCommonParameters,
            Inputs = ReadTypes(sections["INPUTS"]),
            Outputs = ReadTypes(sections["OUTPUTS"]),
            Notes = _text.Paragraphs(sections["NOTES"]),
            Links = ReadLinks(sections["RELATED LINKS"]),
        };
    }

    private string ReadTitle(MarkdownDocument document)
    {
        List<HeadingBlock> titles = [.. document.OfType<HeadingBlock>().Where(heading => heading.Level == 1)];
        string name = titles.Count > 0 ? Heading(titles[0]) : string.Empty;
        if (titles.Count != 1 || document[1] != titles[0])
        {
            Report(document.Count > 1 ? document[1].Line + 1 : 1, "After the metadata comes the only heading of level 1: the cmdlet's name.");
        }
        else if (!name.Equals(Path.GetFileNameWithoutExtension(_path), StringComparison.Ordinal))
        {
            Report(titles[0].Line + 1, $"The file's name and its heading differ: '{name}'.");
        }

        return name;
    }

    private static string ReadMetadata(YamlFields metadata, string name, out string module, out string uri)
    {
        module = metadata.Text("Module Name");
        uri = metadata.Text("HelpUri");
        string help = metadata.Text("external help file");
        Expect(metadata, "document type", "cmdlet");
        Expect(metadata, "Locale", "en-US");
        Expect(metadata, "PlatyPS schema version", SchemaVersion);
        Expect(metadata, "title", name);

        // PlatyPS asks for a date; nothing of this module reads it.
        if (!DateTime.TryParseExact(metadata.Text("ms.date"), "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            metadata.Reject("ms.date", "'ms.date' needs a date such as 01/31/2026.");
        }

        if (uri.Length > 0 && !(Uri.TryCreate(uri, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps))
        {
            metadata.Reject("HelpUri", "'HelpUri' needs an address that begins with https://.");
        }

        metadata.RejectOthers();
        return help;
    }

    private static void Expect(YamlFields metadata, string key, string wanted)
    {
        if (metadata.Text(key) is { Length: > 0 } value && value != wanted)
        {
            metadata.Reject(key, $"'{key}' must be '{wanted}'.");
        }
    }

    /// <summary>Gives each section its blocks, and reports what is missing, unknown, repeated or out of order.</summary>
    private Dictionary<string, List<Block>> Divide(MarkdownDocument document)
    {
        var sections = new Dictionary<string, List<Block>>(StringComparer.Ordinal);
        List<Block>? current = null;
        int place = -1;
        foreach (Block block in document.Skip(2))
        {
            if (block is HeadingBlock { Level: 2 } heading)
            {
                string title = Heading(heading);
                int found = Array.IndexOf(s_sections, title);
                current = [];
                if (found < 0)
                {
                    Report(heading.Line + 1, $"'## {title}' is no section of a page. The sections are {string.Join(", ", s_sections)}.");
                }
                else if (!sections.TryAdd(title, current))
                {
                    Report(heading.Line + 1, $"'## {title}' is there twice.");
                }
                else if (found < place)
                {
                    Report(heading.Line + 1, $"'## {title}' must stand before '## {s_sections[place]}'.");
                }

                place = Math.Max(place, found);
            }
            else if (current is null)
            {
                Report(block.Line + 1, "Before '## SYNOPSIS' there is only the heading.");
            }
            else
            {
                current.Add(block);
            }
        }

        foreach (string missing in s_sections.Where(section => !sections.ContainsKey(section)))
        {
            Report(1, $"'## {missing}' is missing.");
        }

        return sections;
    }

    private IReadOnlyList<string> Prose(string section, Dictionary<string, List<Block>> sections)
    {
        IReadOnlyList<string> paragraphs = _text.Paragraphs(sections[section]);
        if (paragraphs.Count == 0)
        {
            Report(1, $"'## {section}' is empty.");
        }

        return paragraphs;
    }

    private List<SyntaxVariant> ReadSyntax(List<Block> blocks, string name)
    {
        var variants = new List<SyntaxVariant>();
        foreach ((HeadingBlock heading, List<Block> content) in Items(blocks))
        {
            const string Mark = " (Default)";
            string title = Heading(heading);
            bool isDefault = title.EndsWith(Mark, StringComparison.Ordinal);
            if (content is not [FencedCodeBlock code])
            {
                Report(heading.Line + 1, "A syntax is one code block.");
                continue;
            }

            string text = code.Lines.ToString();
            IReadOnlyList<SyntaxParameter> parameters = SyntaxLine.Parse(text, name, out string? problem);
            if (problem is not null)
            {
                Report(code.Line + 2, problem);
            }

            variants.Add(new SyntaxVariant(isDefault ? title.Substring(0, title.Length - Mark.Length) : title, isDefault, SyntaxLine.Flatten(text), parameters));
        }

        return variants;
    }

    private List<PageExample> ReadExamples(List<Block> blocks)
    {
        var examples = new List<PageExample>();
        foreach ((HeadingBlock heading, List<Block> content) in Items(blocks))
        {
            int place = content.FindIndex(IsPowerShell);
            if (place < 0)
            {
                Report(heading.Line + 1, "An example needs a code block that begins with ```powershell.");
                continue;
            }

            List<(int, string)> scripts =
                [.. content.Where(IsPowerShell).Cast<FencedCodeBlock>().Select(block => (block.Line + 2, block.Lines.ToString()))];
            examples.Add(new PageExample(
                Heading(heading),
                _text.Paragraphs(content.Take(place)),
                scripts[0].Item2,
                _text.Paragraphs(content.Skip(place + 1)),
                scripts));
        }

        return examples;
    }

    private List<PageParameter> ReadParameters(List<Block> blocks, out bool hasCommonParameters)
    {
        var parameters = new List<PageParameter>();
        hasCommonParameters = false;
        foreach ((HeadingBlock heading, List<Block> content) in Items(blocks))
        {
            string title = Heading(heading);
            if (title == CommonParameters)
            {
                hasCommonParameters = true;
            }
            else if (!title.StartsWith('-'))
            {
                Report(heading.Line + 1, $"A parameter's heading begins with a hyphen: '### -{title}'.");
            }
            else if (ReadParameter(title.Substring(1), heading, content) is { } parameter)
            {
                if (parameters.Exists(other => other.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    Report(heading.Line + 1, $"-{parameter.Name} is there twice.");
                }
                else if (parameters.Count > 0 && string.Compare(parameters[^1].Name, parameter.Name, StringComparison.OrdinalIgnoreCase) > 0)
                {
                    Report(heading.Line + 1, $"Parameters are in alphabetical order, as PlatyPS writes them: -{parameter.Name} must stand before -{parameters[^1].Name}.");
                }

                parameters.Add(parameter);
            }
        }

        return parameters;
    }

    private PageParameter? ReadParameter(string name, HeadingBlock heading, List<Block> content)
    {
        int line = heading.Line + 1;
        if (content.Count == 0 || content[^1] is not FencedCodeBlock { Info: "yaml" } block)
        {
            Report(line, $"-{name} needs a code block that begins with ```yaml, after its description.");
            return null;
        }

        YamlFields? fields = YamlFields.Read(block.Lines.ToString(), block.Line + 1, Report);
        if (fields is null)
        {
            return null;
        }

        IReadOnlyList<string> description = _text.Paragraphs(content.Take(content.Count - 1));
        if (description.Count == 0)
        {
            Report(line, $"-{name} has no description.");
        }

        var parameter = new PageParameter
        {
            Name = name,
            Line = line,
            Description = description,
            TypeName = fields.Text("Type"),
            DefaultValue = fields.Text("DefaultValue", mayBeEmpty: true),
            SupportsWildcards = fields.Flag("SupportsWildcards"),
            Aliases = fields.List("Aliases"),
            ParameterSets = [.. fields.Mappings("ParameterSets").Select(ReadSet)],
            DontShow = fields.Flag("DontShow"),
            AcceptedValues = fields.List("AcceptedValues"),
            HelpMessage = fields.Text("HelpMessage", mayBeEmpty: true),
        };
        if (parameter.ParameterSets.Count == 0)
        {
            fields.Reject("ParameterSets", $"-{name} belongs to no parameter set; for all of them write the name (All).");
        }

        fields.RejectOthers();
        return parameter;
    }

    private static ParameterSetUse ReadSet(YamlFields fields)
    {
        int? position = null;
        string text = fields.Text("Position");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            position = number;
        }
        else if (text != "Named")
        {
            fields.Reject("Position", "'Position' needs a number from 0, or Named.");
        }

        var use = new ParameterSetUse(
            fields.Text("Name"),
            position,
            fields.Flag("IsRequired"),
            fields.Flag("ValueFromPipeline"),
            fields.Flag("ValueFromPipelineByPropertyName"),
            fields.Flag("ValueFromRemainingArguments"));
        fields.RejectOthers();
        return use;
    }

    private List<PageType> ReadTypes(List<Block> blocks) =>
        [.. Items(blocks).Select(item => new PageType(Heading(item.Heading), _text.Paragraphs(item.Content)))];

    private List<PageLink> ReadLinks(List<Block> blocks)
    {
        var links = new List<PageLink>();
        foreach (Block block in blocks)
        {
            foreach (Markdig.Syntax.Inlines.LinkInline link in block.Descendants<Markdig.Syntax.Inlines.LinkInline>())
            {
                bool isWeb = Uri.TryCreate(link.Url, UriKind.Absolute, out Uri? uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal);
                links.Add(new PageLink(_text.Plain(link, link.Line + 1), isWeb ? link.Url! : string.Empty));
            }
        }

        return links;
    }

    /// <summary>The syntax and the parameter sections of a page name the same parameters, in the same way.</summary>
    private void Compare(Dictionary<string, List<Block>> sections, List<SyntaxVariant> syntax, List<PageParameter> parameters, bool hasCommonParameters)
    {
        int line = sections["SYNTAX"].Count > 0 ? sections["SYNTAX"][0].Line + 1 : 1;
        foreach (SyntaxVariant variant in syntax)
        {
            if (variant.Text.EndsWith("[<CommonParameters>]", StringComparison.Ordinal) != hasCommonParameters)
            {
                Report(line, "[<CommonParameters>] stands in the syntax if, and only if, there is a section '### CommonParameters'.");
            }

            foreach (SyntaxParameter use in variant.Parameters)
            {
                PageParameter? section = parameters.Find(parameter => parameter.Name.Equals(use.Name, StringComparison.Ordinal));
                ParameterSetUse? set = section?.ParameterSets.FirstOrDefault(set => set.SetName == "(All)" || set.SetName == variant.SetName);
                if (section is null || set is null)
                {
                    Report(line, $"-{use.Name} is in the syntax but has no section for the parameter set {variant.SetName}.");
                }
                else if (set.IsRequired != use.IsRequired || set.Position.HasValue != use.IsPositional || section.IsSwitch != (use.TypeName is null))
                {
                    Report(section.Line, $"The brackets around -{use.Name} in the syntax and its YAML block do not agree.");
                }
            }
        }

        foreach (PageParameter section in parameters)
        {
            if (!section.DontShow && !syntax.Exists(variant => variant.Parameters.Any(use => use.Name == section.Name)))
            {
                Report(section.Line, $"-{section.Name} has a section but is not in the syntax.");
            }
        }
    }

    /// <summary>Pairs each heading of level 3 with what follows it.</summary>
    private List<(HeadingBlock Heading, List<Block> Content)> Items(List<Block> blocks)
    {
        var items = new List<(HeadingBlock, List<Block> Content)>();
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock { Level: 3 } heading)
            {
                items.Add((heading, []));
            }
            else if (items.Count == 0)
            {
                Report(block.Line + 1, $"In {string.Join(", ", s_itemised)} everything stands below a heading of level 3.");
            }
            else
            {
                items[^1].Content.Add(block);
            }
        }

        return items;
    }

    /// <summary>PlatyPS leaves {{ such text }} where somebody is to write.</summary>
    private void RejectTemplateText(string markdown)
    {
        string[] lines = markdown.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains("{{", StringComparison.Ordinal))
            {
                Report(i + 1, "Text in double braces is a template that nobody has filled in.");
            }
        }
    }

    private string Heading(HeadingBlock heading) => _text.Plain(heading.Inline, heading.Line + 1);

    private static bool IsPowerShell(Block block) => block is FencedCodeBlock { Info: "powershell" };

    private void Report(int line, string message) => _problems.Add(new PageProblem(_path, line, message));
}
