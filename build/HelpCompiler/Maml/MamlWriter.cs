using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml;
using SsmAssociationTools.HelpCompiler.Pages;

namespace SsmAssociationTools.HelpCompiler.Maml;

/// <summary>Writes pages as the XML that Get-Help reads. The same pages give the same bytes.</summary>
internal static class MamlWriter
{
    private const string Root = "http://msh";
    private const string MamlNamespace = "http://schemas.microsoft.com/maml/2004/10";
    private const string CommandNamespace = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string DevNamespace = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes a help file.</summary>
    /// <param name="pages">The pages, in the order in which they are to stand.</param>
    /// <returns>The file's bytes: UTF-8 without a byte order mark, lines ended by a line feed.</returns>
    public static byte[] Write(IEnumerable<HelpPage> pages)
    {
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        };
        using var stream = new System.IO.MemoryStream();
        using (var writer = XmlWriter.Create(stream, settings))
        {
            writer.WriteStartElement("helpItems", Root);
            writer.WriteAttributeString("schema", "maml");
            foreach (HelpPage page in pages)
            {
                WriteCommand(writer, page);
            }

            writer.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteCommand(XmlWriter writer, HelpPage page)
    {
        writer.WriteStartElement("command", "command", CommandNamespace);
        writer.WriteAttributeString("xmlns", "maml", null, MamlNamespace);
        writer.WriteAttributeString("xmlns", "dev", null, DevNamespace);
        WriteDetails(writer, page);
        WriteParagraphs(writer, "maml", "description", MamlNamespace, page.Description);
        WriteSyntax(writer, page);

        writer.WriteStartElement("parameters", CommandNamespace);
        foreach (PageParameter parameter in page.Parameters)
        {
            WriteParameter(writer, parameter, parameter.ParameterSets[0], parameter.ParameterSets.Any(set => set.IsRequired), isSyntax: false);
        }

        writer.WriteEndElement();
        WriteTypes(writer, "inputTypes", "inputType", page.Inputs);
        WriteTypes(writer, "returnValues", "returnValue", page.Outputs);

        if (page.Notes.Count > 0)
        {
            writer.WriteStartElement("alertSet", MamlNamespace);
            WriteParagraphs(writer, "maml", "alert", MamlNamespace, page.Notes);
            writer.WriteEndElement();
        }

        writer.WriteStartElement("examples", CommandNamespace);
        foreach (PageExample example in page.Examples)
        {
            WriteExample(writer, example);
        }

        writer.WriteEndElement();
        WriteLinks(writer, page);
        writer.WriteEndElement();
    }

    private static void WriteDetails(XmlWriter writer, HelpPage page)
    {
        string[] parts = page.Name.Split('-', 2);
        writer.WriteStartElement("details", CommandNamespace);
        writer.WriteElementString("name", CommandNamespace, page.Name);
        WriteParagraphs(writer, "maml", "description", MamlNamespace, page.Synopsis);
        writer.WriteElementString("verb", CommandNamespace, parts[0]);
        writer.WriteElementString("noun", CommandNamespace, parts[^1]);
        writer.WriteEndElement();
    }

    private static void WriteSyntax(XmlWriter writer, HelpPage page)
    {
        writer.WriteStartElement("syntax", CommandNamespace);
        foreach (SyntaxVariant variant in page.Syntax)
        {
            writer.WriteStartElement("syntaxItem", CommandNamespace);
            writer.WriteElementString("maml", "name", MamlNamespace, page.Name);
            foreach (SyntaxParameter use in variant.Parameters)
            {
                PageParameter parameter = page.Parameters.First(parameter => parameter.Name == use.Name);
                ParameterSetUse set = parameter.ParameterSets.First(set => set.SetName == "(All)" || set.SetName == variant.SetName);
                WriteParameter(writer, parameter, set, use.IsRequired, isSyntax: true, use.TypeName);
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteParameter(XmlWriter writer, PageParameter parameter, ParameterSetUse set, bool isRequired, bool isSyntax, string? shortType = null)
    {
        writer.WriteStartElement("parameter", CommandNamespace);
        writer.WriteAttributeString("required", Text(isRequired));
        writer.WriteAttributeString("variableLength", Text(parameter.TypeName.EndsWith("[]", StringComparison.Ordinal)));
        writer.WriteAttributeString("globbing", Text(parameter.SupportsWildcards));
        writer.WriteAttributeString("pipelineInput", PipelineInput(parameter.ParameterSets));
        writer.WriteAttributeString("position", set.PositionText);
        writer.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        writer.WriteElementString("maml", "name", MamlNamespace, parameter.Name);

        // The description of a parameter is read from the list of parameters alone.
        if (!isSyntax)
        {
            WriteParagraphs(writer, "maml", "description", MamlNamespace, Described(parameter));
        }

        // In the syntax, accepted values stand in place of the type: { A | B }.
        if (isSyntax && parameter.AcceptedValues.Count > 0)
        {
            writer.WriteStartElement("parameterValueGroup", CommandNamespace);
            foreach (string value in parameter.AcceptedValues)
            {
                WriteValue(writer, value, isRequired: false, isVariableLength: false);
            }

            writer.WriteEndElement();
        }

        if (!parameter.IsSwitch)
        {
            bool isVariableLength = parameter.TypeName.EndsWith("[]", StringComparison.Ordinal);
            WriteValue(writer, shortType ?? ShortName(parameter.TypeName), isRequired: true, isVariableLength);
        }

        WriteType(writer, parameter.TypeName);
        if (!isSyntax)
        {
            writer.WriteElementString("dev", "defaultValue", DevNamespace, parameter.DefaultValue.Length == 0 ? "None" : parameter.DefaultValue);
        }

        writer.WriteEndElement();
    }

    /// <summary>The view of a single parameter has no line for accepted values, so they end its description.</summary>
    private static IReadOnlyList<string> Described(PageParameter parameter) => parameter.AcceptedValues.Count == 0
        ? parameter.Description
        : [.. parameter.Description, "Accepted values: " + string.Join(", ", parameter.AcceptedValues)];

    private static void WriteValue(XmlWriter writer, string text, bool isRequired, bool isVariableLength)
    {
        writer.WriteStartElement("parameterValue", CommandNamespace);
        writer.WriteAttributeString("required", Text(isRequired));
        writer.WriteAttributeString("variableLength", Text(isVariableLength));
        writer.WriteString(text);
        writer.WriteEndElement();
    }

    private static void WriteType(XmlWriter writer, string name)
    {
        writer.WriteStartElement("dev", "type", DevNamespace);
        writer.WriteElementString("maml", "name", MamlNamespace, name);
        writer.WriteElementString("maml", "uri", MamlNamespace, string.Empty);
        writer.WriteEndElement();
    }

    private static void WriteTypes(XmlWriter writer, string list, string item, IReadOnlyList<PageType> types)
    {
        writer.WriteStartElement(list, CommandNamespace);
        foreach (PageType type in types)
        {
            writer.WriteStartElement(item, CommandNamespace);
            WriteType(writer, type.TypeName);
            WriteParagraphs(writer, "maml", "description", MamlNamespace, type.Description);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteExample(XmlWriter writer, PageExample example)
    {
        writer.WriteStartElement("example", CommandNamespace);
        writer.WriteElementString("maml", "title", MamlNamespace, $"-------- {example.Title} --------");

        // Get-Help puts nothing between the introduction and the code, and trims every paragraph but the last.
        IReadOnlyList<string> introduction = example.Introduction.Count == 0
            ? []
            : [string.Join("\n\n", example.Introduction) + "\n\n"];
        WriteParagraphs(writer, "maml", "introduction", MamlNamespace, introduction);
        writer.WriteElementString("dev", "code", DevNamespace, example.Code);

        // The empty paragraph is the blank line before the next example.
        WriteParagraphs(writer, "dev", "remarks", DevNamespace, [.. example.Remarks, string.Empty]);
        writer.WriteEndElement();
    }

    private static void WriteLinks(XmlWriter writer, HelpPage page)
    {
        // Get-Help -Online opens the first link that has an address: that of the page on the web, under its own text where it has one.
        PageLink online = page.Links.FirstOrDefault(link => link.Uri == page.HelpUri) ?? new PageLink("Online Version", page.HelpUri);
        writer.WriteStartElement("relatedLinks", CommandNamespace);
        foreach (PageLink link in page.Links.Where(link => link != online).Prepend(online))
        {
            writer.WriteStartElement("maml", "navigationLink", MamlNamespace);
            writer.WriteElementString("maml", "linkText", MamlNamespace, link.Text);
            writer.WriteElementString("maml", "uri", MamlNamespace, link.Uri);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteParagraphs(XmlWriter writer, string prefix, string element, string elementNamespace, IReadOnlyList<string> paragraphs)
    {
        writer.WriteStartElement(prefix, element, elementNamespace);
        foreach (string paragraph in paragraphs)
        {
            writer.WriteElementString("maml", "para", MamlNamespace, paragraph);
        }

        writer.WriteEndElement();
    }

    private static string PipelineInput(IReadOnlyList<ParameterSetUse> sets)
    {
        bool byValue = sets.Any(set => set.FromPipeline);
        bool byName = sets.Any(set => set.FromPipelineByPropertyName);
        return (byValue, byName) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };
    }

    private static string ShortName(string typeName)
    {
        int dot = typeName.IndexOf('[', StringComparison.Ordinal) is var bracket and > 0 && !typeName.EndsWith("[]", StringComparison.Ordinal)
            ? typeName.LastIndexOf('.', bracket)
            : typeName.LastIndexOf('.');
        return typeName.Substring(dot + 1);
    }

    private static string Text(bool value) => value ? "true" : "false";
}
