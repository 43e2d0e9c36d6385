using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using CsvHelper;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats.CloudFormation;
using SsmAssociationTools.Formats.Terraform;
using YamlDotNet.Core;

namespace SsmAssociationTools.Formats;

/// <inheritdoc/>
internal sealed class FileFormats : IEntryFileFormats
{
    public IEnumerable<FileRecord> Read(Stream stream, FileReadOptions options)
    {
        Stream file = Seekable(stream);
        if (options.Format != EntryFileFormat.Xlsx)
        {
            TextFiles.RefuseOthers(file);
        }

        using StreamReader? text = options.Format == EntryFileFormat.Xlsx ? null : TextFiles.Open(file, options.Encoding);
        using IEnumerator<FileRecord> records = (text is null ? WorkbookFile.Records(file, options.Sheet) : Records(text, options.Format, options.Delimiter, options.Templates)).GetEnumerator();
        while (true)
        {
            // Nothing of a library's exception goes on: its message may quote the file, and its type is not the caller's.
            bool isMore;
            try
            {
                isMore = records.MoveNext();
            }
            catch (DecoderFallbackException)
            {
                throw TextFiles.NotText(file, options.Encoding);
            }
            catch (YamlException error)
            {
                throw YamlFile.Problem(error);
            }
            catch (Exception error) when (text is null && error is not (FileFormatException or IOException or OutOfMemoryException))
            {
                // Of a workbook: what its library does with a damaged one is no promise of it.
                throw new FileFormatException(0, "The file cannot be read as an Excel workbook (.xlsx): it is damaged, or has a password.");
            }
            catch (CsvHelperException)
            {
                throw new FileFormatException(0, "The file cannot be read as CSV.");
            }

            if (!isMore)
            {
                yield break;
            }

            yield return records.Current;
        }
    }

    public object? ReadTree(Stream stream, EntryFileFormat format)
    {
        Stream file = Seekable(stream);
        using StreamReader text = TextFiles.Open(file);
        try
        {
            return format == EntryFileFormat.Yaml ? YamlFile.Tree(text) : JsonFile.Tree(text);
        }
        catch (DecoderFallbackException)
        {
            throw TextFiles.NotText(file);
        }
        catch (YamlException error)
        {
            throw YamlFile.Problem(error);
        }
    }

    public IEntryFileWriter Write(Stream stream, FileWriteOptions options)
    {
        try
        {
            return options.Format switch
            {
                EntryFileFormat.Json or EntryFileFormat.Yaml when options.Shape == EntryDocumentShape.CloudFormation => new TemplateEntryWriter(stream, options),
                EntryFileFormat.Yaml => new YamlEntryWriter(stream, options),
                EntryFileFormat.Terraform => new TerraformEntryWriter(stream, options),
                EntryFileFormat.Csv => new CsvEntryWriter(stream, options),
                EntryFileFormat.Json => new JsonEntryWriter(stream, options),
                _ => new JsonLinesEntryWriter(stream, options),
            };
        }
        catch (DecoderFallbackException)
        {
            throw TextFiles.NotText(stream);
        }
    }

    public string Template(EntryTemplateFormat format)
    {
        string name = format == EntryTemplateFormat.Csv ? "template.csv" : "template.json";
        using var reader = new StreamReader(typeof(FileFormats).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    /// <summary>Begins to read with the first record that is asked for, also where a format is read whole.</summary>
    private static IEnumerable<FileRecord> Records(StreamReader text, EntryFileFormat format, char? delimiter, TemplateInputs templates)
    {
        IEnumerable<FileRecord> records = format switch
        {
            EntryFileFormat.Csv => CsvFile.Records(text, delimiter),
            EntryFileFormat.Jsonl => JsonFile.Lines(text),
            EntryFileFormat.Json => JsonFile.Records(text, templates),
            EntryFileFormat.Yaml => YamlFile.Records(text, templates),
            EntryFileFormat.Terraform => TerraformFile.Configuration(text.ReadToEnd()),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        foreach (FileRecord record in records)
        {
            yield return record;
        }
    }

    /// <summary>Finding the encoding needs the beginning twice; a pipe is read into memory.</summary>
    private static Stream Seekable(Stream stream)
    {
        if (stream.CanSeek)
        {
            return stream;
        }

        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
