using System;
using System.IO;
using System.Management.Automation;
using SsmAssociationTools.Files;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands.Output;

/// <content>The error records of files of entries: file, line, member, what to do.</content>
internal static partial class ErrorRecords
{
    /// <summary>A record of a file that is no entry.</summary>
    public static ErrorRecord EntryNotRead(string path, ImportedEntry record) =>
        OfFile(
            ErrorCodes.EntryNotRead,
            new EntryFileException($"{record.Source}: {string.Join(" ", record.Errors)}", path, record.Line, record.Errors),
            record.Source,
            advice: record.IsRestInDoubt ? "Correct the quote and import the file again before you use any of it: rows are missing from what was read." : null);

    /// <summary>A file that cannot be read any further.</summary>
    public static ErrorRecord FileInvalid(string path, FileFormatException error)
    {
        string place = error.Line > 0 ? $"{Path.GetFileName(path)}:{error.Line}" : Path.GetFileName(path);
        return OfFile(ErrorCodes.FileInvalid, new EntryFileException($"{place}: {error.Message}", path, error.Line, [error.Message], error));
    }

    /// <summary>A file that is not there.</summary>
    public static ErrorRecord FileNotFound(string path, Exception? error) =>
        OfFile(ErrorCodes.FileNotFound, new EntryFileException($"There is no file '{path}'.", path, 0, [], error));

    /// <summary>A path that leads to no file of the file system.</summary>
    public static ErrorRecord PathInvalid(string path, string reason) =>
        OfFile(ErrorCodes.PathInvalid, new EntryFileException($"'{path}' {reason}", path, 0, []));

    /// <summary>A file of a form that its name does not tell.</summary>
    public static ErrorRecord FormatUnknown(string path, string message) =>
        OfFile(ErrorCodes.FormatUnknown, new EntryFileException($"{Path.GetFileName(path)}: {message}", path, 0, [message]));

    /// <summary>A file that the system does not let be read.</summary>
    public static ErrorRecord FileNotRead(string path, Exception error) =>
        OfFile(
            ErrorCodes.FileNotRead,
            new EntryFileException($"{Path.GetFileName(path)} cannot be read: {error.Message}", path, 0, [error.Message], error),
            category: error is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : null);

    /// <summary>A file that is there and was to stay.</summary>
    public static ErrorRecord FileExists(string path) =>
        OfFile(ErrorCodes.FileExists, new EntryFileException($"{Path.GetFileName(path)} is there already, and -NoClobber keeps it.", path, 0, []));

    /// <summary>A file that cannot be written; what was there is still there.</summary>
    public static ErrorRecord FileNotWritten(string path, string message, Exception? error) =>
        OfFile(
            ErrorCodes.FileNotWritten,
            new EntryFileException($"{Path.GetFileName(path)} was not written: {message}", path, 0, [message], error),
            category: error is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : null);

    /// <summary>An input of the export that is no entry.</summary>
    public static ErrorRecord EntryNotExported(string path, long index, string reason, object? input) =>
        Make(
            new EntryFileException($"Entry {index} is left out: {reason}", path, 0, [reason]),
            ErrorCodes.EntryNotExported,
            input,
            targetName: null,
            ErrorCatalog.Find(ErrorCodes.EntryNotExported).RecommendedAction);

    private static ErrorRecord OfFile(string code, EntryFileException exception, string? target = null, ErrorCategory? category = null, string? advice = null) =>
        Make(exception, code, target ?? exception.Path, target ?? exception.Path, advice ?? ErrorCatalog.Find(code).RecommendedAction, category);
}
