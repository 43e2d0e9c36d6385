using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using SsmAssociationTools.Commands.Output;

namespace SsmAssociationTools.Commands;

/// <summary>Finds the file that a parameter names. A path of another provider, such as env:, stands for no file.</summary>
internal static class FilePath
{
    /// <summary>The full path.</summary>
    /// <param name="path">As it was given, absolute or relative to the session's location; null where it was not.</param>
    public static string? Resolve(PSCmdlet cmdlet, string parameterName, string? path)
    {
        if (path is null)
        {
            return null;
        }

        string found;
        ProviderInfo provider;
        try
        {
            found = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (RuntimeException error) when (error is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter(parameterName, path, $"-{parameterName} cannot be found: {error.Message}"));
            throw;
        }

        if (provider.Name != FileSystemProvider.ProviderName)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter(parameterName, path, $"'{path}' is a path of the provider {provider.Name} and stands for no file. Give -{parameterName} the path of a file."));
        }

        return found;
    }
}
