using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
#if NET
using System.Runtime.Versioning;
#else
using System.Runtime.InteropServices;
#endif
using System.Security.AccessControl;
using System.Security.Principal;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>
/// The key file of a journal: random bytes with which its names are made, in a file that its owner alone can read. A file
/// of that name that this module did not write is left as it is.
/// </summary>
internal static class JournalKey
{
    private const string Marker = "SsmAssociationTools journal key ";
    private const int KeyBytes = 32;

    /// <summary>The file of a journal's key.</summary>
    public static string PathOf(string journal) => journal + ".key";

    /// <summary>A text that belongs to a key and does not tell it.</summary>
    public static string CheckOf(byte[] key)
    {
        using var hash = new HMACSHA256(key);
        return Convert.ToBase64String(hash.ComputeHash(Encoding.ASCII.GetBytes("SsmAssociationTools journal")), 0, 12);
    }

    /// <summary>Makes a key for a new journal, or takes the one that was left by a journal that is gone.</summary>
    /// <exception cref="JournalException">Not writable, or a file of somebody else is there.</exception>
    public static byte[] CreateOrTake(string journal)
    {
        string path = PathOf(journal);
        try
        {
            if (!Exists(path))
            {
                return Create(path, null);
            }

            string text = Read(path);
            if (Parse(text) is { } key)
            {
                return key;
            }

            // A crash may have left an empty file, or the beginning of a key; nothing was named with it.
            bool isBegun = text.Length == 0 || Marker.StartsWith(text, StringComparison.Ordinal) || (text.StartsWith(Marker, StringComparison.Ordinal) && text.IndexOf('\n') < 0);
            return isBegun && text.Length <= 100
                ? Create(path, text)
                : throw new JournalException(ErrorCodes.JournalKeyForeign, $"The key of the journal would be kept in '{path}', and that file is something else. It was left as it is. Give another -JournalPath.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new JournalException(ErrorCodes.JournalNotWritable, $"The key of the journal, '{path}', cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Reads the key of a journal.</summary>
    /// <param name="check">What the journal says of its key.</param>
    /// <exception cref="JournalException">It is missing, damaged or that of another journal.</exception>
    public static byte[] Open(string journal, string check)
    {
        string path = PathOf(journal);
        byte[] key;
        try
        {
            key = Parse(Read(path))
                ?? throw new JournalException(ErrorCodes.JournalKeyMissing, $"The key of the journal, '{path}', is damaged. Put the key file back, or give another -JournalPath.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new JournalException(ErrorCodes.JournalKeyMissing, $"The key of the journal, '{path}', cannot be read: {error.Message} Without it the entries of the journal cannot be recognised. Put the key file back, or give another -JournalPath.", error);
        }

        return CheckOf(key) == check
            ? key
            : throw new JournalException(ErrorCodes.JournalKeyMismatch, $"The key '{path}' belongs to another journal: with it, no entry would be recognised and all would be sent again. Put the right key file back, or give another -JournalPath.");
    }

    /// <summary>A link that leads nowhere is there too.</summary>
    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || IsLink(path);

    private static bool IsLink(string path)
    {
#if NET
        return new FileInfo(path).LinkTarget is not null;
#else
        return false;
#endif
    }

    private static byte[]? Parse(string text)
    {
        try
        {
            return text.StartsWith(Marker, StringComparison.Ordinal) && Convert.FromBase64String(text.Substring(Marker.Length).Trim()) is { Length: KeyBytes } key ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads no more than a key is long: the file may be anything.</summary>
    private static string Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[200];
        int read = 0;
        for (int count; read < bytes.Length && (count = stream.Read(bytes, read, bytes.Length - read)) > 0;)
        {
            read += count;
        }

        return Encoding.ASCII.GetString(bytes, 0, read);
    }

    /// <summary>Writes a new key.</summary>
    /// <param name="begun">What is there and is written over; null where nothing is.</param>
    private static byte[] Create(string path, string? begun)
    {
        if (begun is not null && IsLink(path))
        {
            throw new IOException("It is a link.");
        }

        byte[] key = new byte[KeyBytes];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(key);
        }

        if (begun is not null)
        {
            // It was made by a run that was killed; made anew it has the rights that it is to have.
            File.Delete(path);
        }

        using FileStream stream = CreateOwn(path);
        byte[] text = Encoding.ASCII.GetBytes(Marker + Convert.ToBase64String(key) + "\n");
        stream.Write(text, 0, text.Length);
        stream.Flush(flushToDisk: true);
        return key;
    }

#if NET
    private static FileStream CreateOwn(string path) => OperatingSystem.IsWindows()
        ? CreateOwnOnWindows(path)
        : new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });

    [SupportedOSPlatform("windows")]
    private static FileStream CreateOwnOnWindows(string path) =>
        new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.FullControl, FileShare.None, 4096, FileOptions.None, OwnerAlone());

    [SupportedOSPlatform("windows")]
#else
    private static FileStream CreateOwn(string path) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? new FileStream(path, FileMode.CreateNew, FileSystemRights.FullControl, FileShare.None, 4096, FileOptions.None, OwnerAlone())
        : new FileStream(path, FileMode.CreateNew, FileAccess.Write);

#endif
    private static FileSecurity OwnerAlone()
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        security.AddAccessRule(new FileSystemAccessRule(identity.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
