using System;
using System.Globalization;
using System.IO;

namespace SsmAssociationTools.Reports;

/// <summary>Where an entry stands: its file, as a build server names it, and the line.</summary>
internal sealed class SourcePlace
{
    private SourcePlace(string file, long line)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file: relative to the folder where there is one, with slashes.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 for the file as a whole.</summary>
    public long Line { get; }

    /// <summary>Finds the place.</summary>
    /// <param name="source">File and line, such as <c>fleet.csv:12</c>.</param>
    /// <param name="path">The file's full path; null where only its name is known.</param>
    /// <param name="folder">The folder that paths are relative to.</param>
    public static SourcePlace? Of(string? source, string? path, string folder)
    {
        if (string.IsNullOrEmpty(source))
        {
            return null;
        }

        int colon = source!.LastIndexOf(':');
        bool hasLine = long.TryParse(source.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long line) && colon > 0;
        string file = path ?? (hasLine ? source.Substring(0, colon) : source);
        return new SourcePlace(Relative(file, folder), hasLine ? line : 0);
    }

    /// <summary>The file as a URI reference.</summary>
    public string Uri => System.IO.Path.IsPathRooted(File) && System.Uri.TryCreate(File, UriKind.Absolute, out Uri? absolute)
        ? absolute.AbsoluteUri
        : string.Join("/", Array.ConvertAll(File.Split('/'), System.Uri.EscapeDataString));

    private static string Relative(string file, string folder)
    {
        string start = folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar;
        StringComparison comparison = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return file.StartsWith(start, comparison) ? file.Substring(start.Length).Replace(Path.DirectorySeparatorChar, '/') : file;
    }
}
