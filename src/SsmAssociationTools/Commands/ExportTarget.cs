using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Files;

namespace SsmAssociationTools.Commands;

/// <summary>
/// The file that an Export- cmdlet writes: found from -Path or -LiteralPath, checked before anything is done, and replaced
/// at the end or not at all. What goes wrong ends the cmdlet with an error that says what to do.
/// </summary>
internal sealed class ExportTarget : IDisposable
{
    private readonly PSCmdlet _cmdlet;
    private ReplacedFile? _file;

    /// <summary>Finds the file.</summary>
    /// <param name="path">What was given as -Path, where wildcard characters must fit one file; null where -LiteralPath was given.</param>
    public ExportTarget(PSCmdlet cmdlet, string? path, string? literalPath)
    {
        _cmdlet = cmdlet;
        Path = Find(path, (path ?? literalPath)!);
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>False: a file that is there stays, which is an error.</summary>
    public bool MayReplace { get; init; } = true;

    /// <summary>True: a read-only file is replaced as well.</summary>
    public bool Force { get; init; }

    /// <summary>Refuses what can be refused before anything is done.</summary>
    public void Check()
    {
        if (!MayReplace && File.Exists(Path))
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.FileExists(Path));
        }

        string? folder = System.IO.Path.GetDirectoryName(Path);
        if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder))
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.FileNotWritten(Path, $"There is no folder '{folder}'. Create it first, or give another path.", new DirectoryNotFoundException()));
        }

        if (File.Exists(Path) && !Force && (File.GetAttributes(Path) & FileAttributes.ReadOnly) != 0)
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.FileNotWritten(Path, "The file is read-only. Use -Force to replace it.", new UnauthorizedAccessException()));
        }
    }

    /// <summary>Begins the new file.</summary>
    public Stream Open(bool isAppended)
    {
        Try(() => _file = new ReplacedFile(Path, isAppended));
        return _file!.Stream;
    }

    /// <summary>Puts the new file in the place of the old one.</summary>
    public void Commit() => Try(() =>
    {
        if (Force && File.Exists(Path))
        {
            File.SetAttributes(Path, File.GetAttributes(Path) & ~FileAttributes.ReadOnly);
        }

        _file!.Commit(MayReplace);
    });

    /// <summary>Does what may fail on the file, and ends the cmdlet where it does: the old file stays.</summary>
    public void Try(Action action)
    {
        try
        {
            action();
        }
        catch (FileFormatException error)
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.FileNotWritten(Path, error.Message, null));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EncoderFallbackException)
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.FileNotWritten(Path, error.Message, error));
        }
    }

    /// <summary>Removes what was written and not put in its place.</summary>
    public void Dispose() => _file?.Dispose();

    private string Find(string? pattern, string given)
    {
        ProviderInfo provider;
        string path;
        try
        {
            if (pattern is not null && WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                Collection<string> files = _cmdlet.GetResolvedProviderPathFromPSPath(pattern, out provider);
                if (files.Count != 1)
                {
                    _cmdlet.ThrowTerminatingError(ErrorRecords.PathInvalid(given, $"fits {files.Count} files. Use -LiteralPath for a name with [ or ]."));
                }

                path = files[0];
            }
            else
            {
                path = _cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out provider, out _);
            }
        }
        catch (Exception error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.FileNotFound(given, error));
            throw;
        }

        if (provider.ImplementingType != typeof(FileSystemProvider))
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.PathInvalid(given, "is no file of the file system."));
        }

        if (Directory.Exists(path))
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.PathInvalid(given, "is a folder."));
        }

        return path;
    }
}
