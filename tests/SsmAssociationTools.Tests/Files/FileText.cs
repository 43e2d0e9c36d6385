using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>Reads and writes files that are texts of a test.</summary>
internal static class FileText
{
    /// <summary>Imports a text as a file named <c>f</c>.</summary>
    public static IReadOnlyList<ImportedEntry> Import(string text, EntryFileFormat format, char? delimiter = null, Encoding? encoding = null, bool strict = false, TemplateInputs? templates = null)
    {
        encoding ??= new UTF8Encoding(false);
        return Import([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], format, delimiter, strict, templates);
    }

    /// <summary>Imports bytes as a file named <c>f</c>.</summary>
    public static IReadOnlyList<ImportedEntry> Import(byte[] bytes, EntryFileFormat format, char? delimiter = null, bool strict = false, TemplateInputs? templates = null) =>
        Import(bytes, new FileReadOptions { Format = format, Delimiter = delimiter, Templates = templates ?? new TemplateInputs() }, strict);

    /// <summary>Imports bytes as a file named <c>f</c>.</summary>
    public static IReadOnlyList<ImportedEntry> Import(byte[] bytes, FileReadOptions options, bool strict = false)
    {
        using var stream = new MemoryStream(bytes);
        return [.. new EntryImport(new FileFormats(), strict).Read(stream, "f", options)];
    }

    /// <summary>Imports a text of which every record is an entry without a warning.</summary>
    public static IReadOnlyList<AssociationEntry> Entries(string text, EntryFileFormat format, char? delimiter = null, Encoding? encoding = null)
    {
        IReadOnlyList<ImportedEntry> imported = Import(text, format, delimiter, encoding);
        Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors.Concat(item.Warnings.Select(warning => warning.Text)))));
        return [.. imported.Select(item => item.Entry!)];
    }

    /// <summary>The one problem that keeps a text from being read any further.</summary>
    public static FileFormatException Broken(string text, EntryFileFormat format) =>
        Assert.Throws<FileFormatException>(() => Import(text, format));

    /// <summary>Writes entries.</summary>
    public static byte[] Export(IEnumerable<AssociationEntry> entries, FileWriteOptions options, byte[]? old = null)
    {
        using var stream = new MemoryStream();
        stream.Write(old ?? []);
        stream.Position = 0;
        using IEntryFileWriter writer = new FileFormats().Write(stream, options);
        foreach (AssociationEntry entry in entries)
        {
            writer.Add(entry, null);
        }

        writer.Complete();
        return stream.ToArray();
    }

    /// <summary>What an entry is, for comparison, with the Region that it names.</summary>
    public static string ContentOf(AssociationEntry entry)
    {
        using var content = new CanonicalContent();
        return Convert.ToHexString(content.BytesOf(entry)) + " " + entry.Region;
    }
}
