using System;
using System.IO;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Files;
using SsmAssociationTools.Isolation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Reads -DocumentPath.</summary>
internal static class DocumentFiles
{
    private const string ParameterName = "DocumentPath";

    /// <summary>Reads the documents of a folder or a file.</summary>
    /// <returns>Finds a document by name; null where the parameter is not given.</returns>
    public static Func<string, KnownDocument?>? Read(PSCmdlet cmdlet, string? path)
    {
        if (FilePath.Resolve(cmdlet, ParameterName, path) is not { } found)
        {
            return null;
        }

        if (!Directory.Exists(found) && !File.Exists(found))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter(ParameterName, path, $"-{ParameterName}: there is no folder or file {path}. Give a folder with documents as JSON or YAML."));
        }

        try
        {
            var formats = PrivateAssemblies.Create<IEntryFileFormats>(ImportSsmAssociationEntryCommand.FormatsAssembly, ImportSsmAssociationEntryCommand.FormatsAssembly + ".FileFormats");
            var folder = DocumentFolder.Read(found, formats, text => cmdlet.WriteWarning(VisibleText.Of($"-{ParameterName}: {text}")));
            if (folder.Count == 0)
            {
                cmdlet.WriteWarning(VisibleText.Of($"-{ParameterName}: {path} holds no document."));
            }

            return folder.Find;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FileFormatException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter(ParameterName, path, $"-{ParameterName}: {error.Message}"));
            throw;
        }
    }
}
