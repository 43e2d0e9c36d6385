using System;
using System.IO;

namespace SsmAssociationTools.Files;

/// <summary>
/// A file that is written beside its place and moved there when it is complete: whoever looks sees the old file or the
/// whole new one, and what stops in between leaves the old file alone.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private FileStream? _stream;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its full path. A link is followed: the file that it leads to is replaced.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public ReplacedFile(string path, bool isAppended)
    {
        _target = Followed(path);
        RefuseDevice(_target);
        string name = "." + Path.GetFileName(_target) + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        _temporary = Path.Combine(Path.GetDirectoryName(_target)!, name);
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        try
        {
#if NET
            TakeMode();
#endif
            if (isAppended && File.Exists(_target))
            {
                using (var old = new FileStream(_target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
                {
                    old.CopyTo(_stream);
                }

                _stream.Position = 0;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream!;

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">It cannot be put there; the old file is as it was.</exception>
    public void Commit(bool mayReplace)
    {
        _stream!.Flush(flushToDisk: true);
        _stream.Dispose();
        if (mayReplace && File.Exists(_target))
        {
            File.Replace(_temporary, _target, destinationBackupFileName: null);
        }
        else
        {
            File.Move(_temporary, _target);
        }

        _stream = null;
    }

    /// <summary>Removes what was written, unless it was put in its place.</summary>
    public void Dispose()
    {
        if (_stream is null)
        {
            return;
        }

        _stream.Dispose();
        _stream = null;
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody holds it, a virus scanner for one. The error that led here is the one to tell.
        }
    }

    /// <summary>A device or a pipe would be replaced by a file. It has no length that can be set, which a file has.</summary>
    private static void RefuseDevice(string target)
    {
        if (Path.DirectorySeparatorChar != '/' || !File.Exists(target))
        {
            return;
        }

        FileStream probe;
        try
        {
            probe = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            // A file that only its folder lets be replaced.
            return;
        }

        using (probe)
        {
            try
            {
                if (probe.CanSeek)
                {
                    probe.SetLength(probe.Length);
                    return;
                }
            }
            catch (Exception error) when (error is IOException or NotSupportedException or ArgumentException or UnauthorizedAccessException)
            {
                throw new IOException("It is a device, a pipe or something else that is no file.", error);
            }
        }

        throw new IOException("It is a device, a pipe or something else that is no file.");
    }

    private static string Followed(string path)
    {
#if NET
        return new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
#else
        return path;
#endif
    }

#if NET
    /// <summary>Entries hold parameter values: a file that only its owner may read stays one.</summary>
    private void TakeMode()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(_target))
        {
            File.SetUnixFileMode(_stream!.SafeFileHandle, File.GetUnixFileMode(_target));
        }
    }
#endif
}
