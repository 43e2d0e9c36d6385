using System;
using System.IO;

namespace SsmAssociationTools.Files;

/// <summary>Tells formats by the names of files.</summary>
internal static class EntryFileFormats
{
    /// <summary>Extensions that are known, for messages.</summary>
    public const string Known = ".csv, .tsv, .xlsx, .xlsm, .json, .jsonl, .ndjson, .yaml, .yml, .template, .tf and .tfstate";

    /// <summary>Finds the format.</summary>
    public static EntryFileFormat? Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" or ".TSV" => EntryFileFormat.Csv,
        ".XLSX" or ".XLSM" => EntryFileFormat.Xlsx,
        ".JSON" or ".TFSTATE" => EntryFileFormat.Json,
        ".JSONL" or ".NDJSON" => EntryFileFormat.Jsonl,

        // Templates are JSON as well, which is YAML.
        ".YAML" or ".YML" or ".TEMPLATE" => EntryFileFormat.Yaml,
        ".TF" => EntryFileFormat.Terraform,
        _ => null,
    };

    /// <summary>The delimiter that an extension stands for.</summary>
    public static char? DelimiterOf(string path) =>
        Has(path, ".tsv") ? '\t' : null;

    /// <summary>Says whether files of this name are written; others are only read.</summary>
    public static bool IsWritten(string path) => !Has(path, ".tfstate");

    /// <summary>Says whether files of this name are templates of CloudFormation.</summary>
    public static bool IsTemplate(string path) => Has(path, ".template");

    private static bool Has(string path, string extension) => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
}
