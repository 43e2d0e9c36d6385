using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// The file in which the AWS CLI, AWS.Tools and the SDKs keep the token of a login to IAM Identity Center:
/// ~/.aws/sso/cache/, named after the SHA-1 of the session's name or of the start page's address.
/// </summary>
internal sealed class SsoTokenCache
{
    private readonly string _fileName;
    private readonly MachineEnvironment _environment;

    public SsoTokenCache(string key, MachineEnvironment environment)
    {
        _environment = environment;
#pragma warning disable CA5350 // The name of the file is agreed among the AWS tools; nothing is protected by it.
        using var sha = SHA1.Create();
#pragma warning restore CA5350
        _fileName = SigV4.Hex(sha.ComputeHash(Encoding.UTF8.GetBytes(key))) + ".json";
    }

    /// <summary>Reads the token.</summary>
    /// <exception cref="GatewayException">The file cannot be read.</exception>
    public SsoToken? Read()
    {
        foreach (string home in _environment.HomeFolders())
        {
            string path = Path.Combine(home, ".aws", "sso", "cache", _fileName);
            if (!File.Exists(path))
            {
                continue;
            }

            try
            {
                return JsonValues.TryParse(File.ReadAllText(path), out JsonElement root) ? new SsoToken(path, root) : null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw CredentialErrors.NotFound($"The login of IAM Identity Center cannot be read: {error.Message}", error);
            }
        }

        return null;
    }

    /// <summary>
    /// Writes a renewed token, for the other tools too: the old one may be renewable once only. Where the file cannot be
    /// written the token is good all the same.
    /// </summary>
    public static void Write(SsoToken token)
    {
        try
        {
            Replace(token.Path, JsonSerializer.SerializeToUtf8Bytes(token.Members));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever made the folder read-only did it on purpose, and this run has its token.
        }
    }

    /// <summary>A reader never sees half a file, and nobody but its owner sees any of it.</summary>
    private static void Replace(string path, byte[] content)
    {
        string temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
#if NET
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(temporary, options))
#else
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
#endif
            {
                stream.Write(content, 0, content.Length);
            }

            File.Replace(temporary, path, null);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
