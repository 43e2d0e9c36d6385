using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>Turns markdown into the plain text of a console: one string for each paragraph, list, table or code block.</summary>
internal sealed class PageText
{
    /// <summary>
    /// Lists and tables are wrapped here, because the console would not indent the lines that follow; help is indented by
    /// up to 8 columns, and the narrowest console that is met has 80. Paragraphs are left for the console to wrap.
    /// </summary>
    private const int Width = 71;

    private readonly Action<int, string> _report;

    /// <summary>Makes a converter.</summary>
    /// <param name="report">Takes the line (from 1) and the text of each problem.</param>
    public PageText(Action<int, string> report) => _report = report;

    /// <summary>Converts blocks.</summary>
    /// <param name="blocks">The blocks of a section.</param>
    /// <returns>A string for each block that has text.</returns>
    public IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks)
    {
        var paragraphs = new List<string>();
        foreach (Block block in blocks)
        {
            string text = Of(block, Width);
            if (text.Length > 0)
            {
                paragraphs.Add(text);
            }
        }

        return paragraphs;
    }

    /// <summary>The plain text of a heading, a paragraph or a cell.</summary>
    /// <param name="inlines">The parts.</param>
    /// <param name="line">The line where they begin, from 1, for messages.</param>
    /// <returns>Text without marks; line breaks that the page forces are kept.</returns>
    public string Plain(ContainerInline? inlines, int line)
    {
        var text = new StringBuilder();
        Append(text, inlines, line);
        return text.ToString().Trim();
    }

    private string Of(Block block, int width) => block switch
    {
        ParagraphBlock paragraph => Plain(paragraph.Inline, block.Line + 1),
        CodeBlock code => Indent(code.Lines.ToString().TrimEnd(), "    "),
        ListBlock list => OfList(list, width),
        Table table => OfTable(table, width),
        QuoteBlock quote => OfQuote(quote, width),
        HeadingBlock heading => Unexpected(heading.Line, "A heading cannot stand here; write a paragraph with **bold** text instead."),
        LinkReferenceDefinitionGroup => string.Empty,
        _ => Unexpected(block.Line, $"{block.GetType().Name} has no form in console help; use paragraphs, lists, tables and code blocks."),
    };

    private string OfList(ListBlock list, int width)
    {
        var lines = new List<string>();
        int number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out int first) ? first : 1;
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            string mark = list.IsOrdered ? number++.ToString(CultureInfo.InvariantCulture) + ". " : "- ";
            string hanging = new(' ', mark.Length);
            bool isFirst = true;
            foreach (Block block in item)
            {
                string text = Of(block, width - mark.Length);
                if (block is ParagraphBlock)
                {
                    text = Wrap(text, width - mark.Length);
                }

                string indented = Indent(text, hanging);
                lines.Add(isFirst ? mark + indented.Substring(mark.Length) : indented);
                isFirst = false;
            }
        }

        return string.Join("\n", lines);
    }

    /// <summary>Columns side by side where they fit, else each row as a term with its other cells below it.</summary>
    private string OfTable(Table table, int width)
    {
        List<string[]> rows = [.. table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(OfCell).ToArray())];
        int columns = rows.Max(row => row.Length);
        var widths = new int[columns];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        return widths.Sum() + (2 * (columns - 1)) <= width ? Columns(rows, widths) : Terms(rows, width);
    }

    private static string Columns(List<string[]> rows, int[] widths)
    {
        var lines = new List<string>();
        foreach (string[] row in rows)
        {
            lines.Add(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
            if (lines.Count == 1)
            {
                lines.Add(string.Join("  ", widths.Select((width, i) => new string('-', i < row.Length ? row[i].Length : width).PadRight(width))).TrimEnd());
            }
        }

        return string.Join("\n", lines);
    }

    private static string Terms(List<string[]> rows, int width)
    {
        string[] header = rows[0];
        var lines = new List<string>();
        foreach (string[] row in rows.Skip(1))
        {
            lines.Add(row[0]);
            for (int i = 1; i < row.Length; i++)
            {
                // With a single further column its heading says nothing that the row does not say.
                string cell = row.Length == 2 ? row[i] : $"{header[i]}: {row[i]}";
                if (row[i].Length > 0)
                {
                    lines.Add(Indent(Wrap(cell, width - 4), "    "));
                }
            }
        }

        return string.Join("\n", lines);
    }

    private string OfCell(TableCell cell) =>
        string.Join(" ", cell.Select(block => block is ParagraphBlock paragraph
            ? Plain(paragraph.Inline, block.Line + 1)
            : Unexpected(block.Line, "A cell of a table can hold text only."))).Trim();

    /// <summary>A quotation; <c>[!NOTE]</c> and its kin become a word in front.</summary>
    private string OfQuote(QuoteBlock quote, int width)
    {
        string text = string.Join("\n\n", quote.Select(block => Of(block, width)));
        if (!text.StartsWith("[!", StringComparison.Ordinal))
        {
            return Indent(Wrap(text, width - 4), "    ");
        }

        int end = text.IndexOf(']', StringComparison.Ordinal);
        return end < 0 ? text : text.Substring(2, end - 2) + ": " + text.Substring(end + 1).TrimStart();
    }

    private void Append(StringBuilder text, ContainerInline? container, int line)
    {
        foreach (Inline inline in container ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline { IsHard: true }:
                    text.Append('\n');
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LinkInline { IsImage: true }:
                    Unexpected(inline.Line, "A picture cannot be shown in console help.");
                    break;
                case LinkInline link:
                    AppendLink(text, link, line);
                    break;
                case HtmlInline html:
                    Unexpected(inline.Line, $"'{html.Tag}' would be read as HTML; write \\< or put it in backticks.");
                    break;
                case ContainerInline nested:
                    Append(text, nested, line);
                    break;
                default:
                    Unexpected(inline.Line, $"{inline.GetType().Name} has no form in console help.");
                    break;
            }
        }
    }

    private void AppendLink(StringBuilder text, LinkInline link, int line)
    {
        int start = text.Length;
        Append(text, link, line);

        // A link within this help is only its text: there is nothing to open in a console.
        bool isWeb = link.Url is not null && Uri.TryCreate(link.Url, UriKind.Absolute, out Uri? uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal);
        if (isWeb && !text.ToString(start, text.Length - start).Equals(link.Url, StringComparison.Ordinal))
        {
            text.Append(" (").Append(link.Url).Append(')');
        }
    }

    private string Unexpected(int line, string message)
    {
        _report(line + 1, message);
        return string.Empty;
    }

    private static string Indent(string text, string indentation) =>
        string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : indentation + line));

    private static string Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (string part in text.Split('\n'))
        {
            var line = new StringBuilder();
            foreach (string word in part.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
            }

            lines.Add(line.ToString());
        }

        return string.Join("\n", lines);
    }
}
