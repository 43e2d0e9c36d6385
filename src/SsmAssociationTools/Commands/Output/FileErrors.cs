using System;
using System.IO;
using System.Management.Automation;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Makes the error records of files of entries: file, line, member, what to do. Listed in docs/errors.md.</summary>
internal static class FileErrors
{
    /// <summary>A record of a file that is no entry.</summary>
    public static ErrorRecord Record(string path, ImportedEntry record) => Make(
        "EntryNotRead",
        ErrorCategory.InvalidData,
        new EntryFileException($"{record.Source}: {string.Join(" ", record.Errors)}", path, record.Line, record.Errors),
        record.Source,
        "Correct the file at this line and import it again; the other entries were read.");

    /// <summary>A file that cannot be read any further.</summary>
    public static ErrorRecord Broken(string path, FileFormatException error)
    {
        string place = error.Line > 0 ? $"{Path.GetFileName(path)}:{error.Line}" : Path.GetFileName(path);
        return Make(
            "FileInvalid",
            ErrorCategory.InvalidData,
            new EntryFileException($"{place}: {error.Message}", path, error.Line, [error.Message], error),
            path,
            "Correct the file, or give its form with -Format.");
    }

    /// <summary>A file that is not there.</summary>
    public static ErrorRecord NotFound(string path, Exception? error) => Make(
        "FileNotFound",
        ErrorCategory.ObjectNotFound,
        new EntryFileException($"There is no file '{path}'.", path, 0, [], error),
        path,
        "Check the path; it counts from the current location. Use -LiteralPath for names with [ or ].");

    /// <summary>A path that leads to no file of the file system.</summary>
    public static ErrorRecord NoFile(string path, string reason) => Make(
        "PathInvalid",
        ErrorCategory.InvalidArgument,
        new EntryFileException($"'{path}' {reason}", path, 0, []),
        path,
        "Give the path of one file of the file system, or for the import a pattern such as *.csv.");

    /// <summary>A file of a form that its name does not tell.</summary>
    public static ErrorRecord UnknownFormat(string path, string message) => Make(
        "FormatUnknown",
        ErrorCategory.InvalidArgument,
        new EntryFileException($"{Path.GetFileName(path)}: {message}", path, 0, [message]),
        path,
        "Give the form with -Format.");

    /// <summary>A file that the system does not let be read.</summary>
    public static ErrorRecord NotRead(string path, Exception error) => Make(
        "FileNotRead",
        error is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError,
        new EntryFileException($"{Path.GetFileName(path)} cannot be read: {error.Message}", path, 0, [error.Message], error),
        path,
        "Check that the file may be read and that no other program holds it.");

    /// <summary>A file that is there and was to stay.</summary>
    public static ErrorRecord Exists(string path) => Make(
        "FileExists",
        ErrorCategory.ResourceExists,
        new EntryFileException($"{Path.GetFileName(path)} is there already, and -NoClobber keeps it.", path, 0, []),
        path,
        "Give another path, or leave -NoClobber out to replace the file.");

    /// <summary>A file that cannot be written; what was there is still there.</summary>
    public static ErrorRecord NotWritten(string path, string message, Exception? error) => Make(
        "FileNotWritten",
        error is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        new EntryFileException($"{Path.GetFileName(path)} was not written: {message}", path, 0, [message], error),
        path,
        "Check the folder, the space on the disk and the permissions. What was there before is unchanged.");

    /// <summary>An input of the export that is no entry.</summary>
    public static ErrorRecord NotExported(string path, long index, string reason, object? input)
    {
        ErrorRecord record = Make(
            "EntryNotExported",
            ErrorCategory.InvalidData,
            new EntryFileException($"Entry {index} is left out: {reason}", path, 0, [reason]),
            string.Empty,
            "Correct the entry and export again; Test-SsmAssociationEntry shows all that is wrong with it.");
        return new ErrorRecord(record.Exception, "EntryNotExported", ErrorCategory.InvalidData, input)
        {
            ErrorDetails = record.ErrorDetails,
            CategoryInfo = { TargetName = string.Empty },
        };
    }

    private static ErrorRecord Make(string id, ErrorCategory category, EntryFileException exception, string target, string advice) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice },
            CategoryInfo = { TargetName = VisibleText.Of(target) },
        };
}
