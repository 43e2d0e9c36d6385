using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml;
using SsmAssociationTools.Files;

namespace SsmAssociationTools.Formats;

/// <summary>
/// The parts of a workbook, looked at for what its reader passes over in silence: cells that hold an error, and formulas of
/// which no value was saved. Both would count as blank, and blank means something.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    private readonly ZipArchive _parts;

    public WorkbookPackage(Stream file, long maxUnpacked)
    {
        _parts = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (_parts.Entries.Sum(static part => part.Length) > maxUnpacked)
        {
            throw new FileFormatException(0, $"The workbook unpacks to more than {maxUnpacked / (1024 * 1024)} MB, which no table of entries needs.");
        }
    }

    public void Dispose() => _parts.Dispose();

    /// <summary>The faulty cells of a sheet by their row, from 0: column, from 0, and what is wrong.</summary>
    public Dictionary<int, List<(int Column, string Message)>> FaultsOf(string sheet)
    {
        var faults = new Dictionary<int, List<(int Column, string Message)>>();
        if (PartOf(sheet) is not { } part)
        {
            return faults;
        }

        using Stream stream = part.Open();
        using XmlReader reader = Open(stream);
        int row = -1;
        int column = -1;
        bool isError = false;
        bool isFormula = false;
        string? value = null;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "c" && column >= 0)
            {
                string? message = isError ? $"The cell has the error {(value is { Length: > 0 and < 20 } ? value : "of a formula")}. Correct it."
                    : isFormula && value is null ? "The cell has a formula, and no value of it was saved. Save the file in a spreadsheet program, or write the value."
                    : null;
                if (message is not null)
                {
                    if (!faults.TryGetValue(row, out List<(int, string)>? cells))
                    {
                        faults.Add(row, cells = []);
                    }

                    cells.Add((column, message));
                }

                column = -1;
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                if (reader.NodeType is XmlNodeType.Text && value is "")
                {
                    value = reader.Value;
                }

                continue;
            }

            switch (reader.LocalName)
            {
                case "row":
                    row = int.TryParse(reader.GetAttribute("r"), out int number) ? number - 1 : row + 1;
                    column = -1;
                    break;
                case "c" when !reader.IsEmptyElement:
                    column = ColumnOf(reader.GetAttribute("r"));
                    isError = reader.GetAttribute("t") == "e";
                    isFormula = false;
                    value = null;
                    break;
                case "f":
                    isFormula = true;
                    break;
                case "v" or "is":
                    value = string.Empty;
                    break;
            }
        }

        return faults;
    }

    private static XmlReader Open(Stream stream) =>
        XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true });

    private static int ColumnOf(string? reference)
    {
        int column = 0;
        foreach (char c in reference ?? string.Empty)
        {
            if (c is >= 'A' and <= 'Z')
            {
                column = (column * 26) + c - 'A' + 1;
            }
        }

        return column - 1;
    }

    private ZipArchiveEntry? PartOf(string sheet)
    {
        string? id = Attributes("xl/workbook.xml", "sheet").Where(found => found.TryGetValue("name", out string? name) && name == sheet).Select(static found => found["id"]).FirstOrDefault();
        string? target = Attributes("xl/_rels/workbook.xml.rels", "Relationship").Where(found => found.TryGetValue("Id", out string? other) && other == id).Select(static found => found["Target"]).FirstOrDefault();
        return target is null ? null : Part(target.StartsWith("/", StringComparison.Ordinal) ? target.Substring(1) : "xl/" + target);
    }

    private ZipArchiveEntry? Part(string name) =>
        _parts.Entries.FirstOrDefault(part => string.Equals(part.FullName.Replace('\\', '/'), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The attributes of all elements of a name in a part, by their local names.</summary>
    private List<Dictionary<string, string>> Attributes(string partName, string element)
    {
        var found = new List<Dictionary<string, string>>();
        if (Part(partName) is not { } part)
        {
            return found;
        }

        using Stream stream = part.Open();
        using XmlReader reader = Open(stream);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == element)
            {
                var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
                while (reader.MoveToNextAttribute())
                {
                    attributes[reader.LocalName] = reader.Value;
                }

                found.Add(attributes);
            }
        }

        return found;
    }
}
