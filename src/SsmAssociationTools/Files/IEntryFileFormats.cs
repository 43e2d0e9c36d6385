using System.Collections.Generic;
using System.IO;

namespace SsmAssociationTools.Files;

/// <summary>Reads and writes the formats for which the module has libraries; they stay in a private assembly.</summary>
internal interface IEntryFileFormats
{
    /// <summary>Reads a file. CSV and JSON lines are read as they are asked for, with memory for one record.</summary>
    /// <exception cref="FileFormatException">While enumerating: the file cannot be read any further.</exception>
    IEnumerable<FileRecord> Read(Stream stream, FileReadOptions options);

    /// <summary>Reads a file of JSON or YAML that is one value.</summary>
    /// <returns>Maps, lists, texts, numbers and truth values; null for an empty file.</returns>
    /// <exception cref="FileFormatException">The file cannot be read.</exception>
    object? ReadTree(Stream stream, EntryFileFormat format);

    /// <summary>Begins to write a file.</summary>
    /// <param name="stream">Where to; readable and seekable where entries are added. Is not disposed.</param>
    /// <exception cref="FileFormatException">The file that is to be added to is none of this form.</exception>
    IEntryFileWriter Write(Stream stream, FileWriteOptions options);

    /// <summary>The text of a commented starting file, with entries that can be imported as they are.</summary>
    string Template(EntryTemplateFormat format);
}
