using System;
using System.IO;

namespace SsmAssociationTools.Files;

/// <summary>Tells formats by the names of files.</summary>
internal static class EntryFileFormats
{
    /// <summary>Extensions that are known, for messages.</summary>
    public const string Known = ".csv, .tsv, .xlsx, .xlsm, .json, .jsonl, .ndjson, .yaml, .yml and .template";

    /// <summary>Finds the format.</summary>
    public static EntryFileFormat? Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" or ".TSV" => EntryFileFormat.Csv,
        ".XLSX" or ".XLSM" => EntryFileFormat.Xlsx,
        ".JSON" => EntryFileFormat.Json,
        ".JSONL" or ".NDJSON" => EntryFileFormat.Jsonl,

        // Templates are JSON as well, which is YAML.
        ".YAML" or ".YML" or ".TEMPLATE" => EntryFileFormat.Yaml,
        _ => null,
    };

    /// <summary>The delimiter that an extension stands for.</summary>
    public static char? DelimiterOf(string path) =>
        Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : null;
}
