using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace SsmAssociationTools.Packager;

/// <summary>Writes zip files whose bytes depend on nothing but their content.</summary>
internal static class Archive
{
    /// <summary>The earliest time that a zip file can hold.</summary>
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rights of every file where a system unpacks rights: the owner writes, all read, nothing is executable.</summary>
    private const int Rights = 0x81A4 << 16;

    /// <summary>Writes an archive.</summary>
    /// <param name="path">Path of the archive; a file that is there is replaced.</param>
    /// <param name="entries">Name and content of each entry, in any order.</param>
    /// <exception cref="PackagingException">Two entries have names that Windows does not tell apart.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, byte[]>> entries)
    {
        KeyValuePair<string, byte[]>[] sorted = [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        if (sorted.GroupBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PackagingException($"'{twice.Key}' would be in {Path.GetFileName(path)} twice.");
        }

        using FileStream file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in sorted)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = s_time;
            entry.ExternalAttributes = Rights;
            using Stream stream = entry.Open();
            stream.Write(content);
        }
    }
}
