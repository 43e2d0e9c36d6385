using System;
using System.Collections.Generic;
using System.IO;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Reads a shared AWS file: <c>config</c> or <c>credentials</c>. The SDK's own reader takes the paths from the environment
/// once for the whole process and keeps duration_seconds and the services' endpoints to itself.
/// </summary>
internal sealed class SharedFile
{
    private const string CredentialProcess = "credential_process";

    private readonly Dictionary<string, SharedFileSection> _profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SharedFileSection> _ssoSessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SharedFileSection> _services = new(StringComparer.Ordinal);
    private readonly bool _isConfig;

    private SharedFile(bool isConfig) => _isConfig = isConfig;

    /// <summary>Reads a file.</summary>
    /// <param name="isConfig">True for the config file, whose profiles are marked as such; in a credentials file every section is a profile.</param>
    /// <exception cref="Gateway.GatewayException">The file is there and cannot be read.</exception>
    public static SharedFile Read(string? path, bool isConfig)
    {
        var file = new SharedFile(isConfig);
        if (path is null || !File.Exists(path))
        {
            return file;
        }

        try
        {
            using var reader = new StreamReader(path);
            file.Read(reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CredentialErrors.NotFound($"The file '{path}' cannot be read: {error.Message} Check the permissions of the file.", error);
        }

        return file;
    }

    /// <summary>Finds a profile.</summary>
    public SharedFileSection? Profile(string name) => Find(_profiles, name);

    /// <summary>Finds a login session of IAM Identity Center.</summary>
    public SharedFileSection? SsoSession(string name) => Find(_ssoSessions, name);

    /// <summary>Finds the endpoints of services.</summary>
    public SharedFileSection? Services(string name) => Find(_services, name);

    private static SharedFileSection? Find(Dictionary<string, SharedFileSection> sections, string name) =>
        sections.TryGetValue(name, out SharedFileSection? section) ? section : null;

    private void Read(TextReader reader)
    {
        SharedFileSection? section = null;
        string? group = null;
        while (reader.ReadLine() is { } line)
        {
            string text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }

            if (text[0] == '[' && !char.IsWhiteSpace(line[0]))
            {
                section = Open(text);
                group = null;
                continue;
            }

            int equals = text.IndexOf('=');
            if (section is null || equals <= 0)
            {
                continue;
            }

            string key = text.Substring(0, equals).TrimEnd();
            string value = ValueOf(key, text.Substring(equals + 1));
            if (!char.IsWhiteSpace(line[0]))
            {
                section.Set(key, value);
                group = value.Length == 0 ? key : null;
            }
            else if (group is not null)
            {
                section.Set(group, key, value);
            }
            else
            {
                // Some editors indent whole sections.
                section.Set(key, value);
            }
        }
    }

    private static string ValueOf(string key, string text)
    {
        string value = text.Trim();
        if (key.Equals(CredentialProcess, StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        for (int i = 1; i < value.Length; i++)
        {
            if (value[i] is '#' or ';' && char.IsWhiteSpace(value[i - 1]))
            {
                return value.Substring(0, i).TrimEnd();
            }
        }

        return value.Length > 0 && value[0] is '#' or ';' ? string.Empty : value;
    }

    /// <summary>Opens the section of a heading; null for one of another kind. A heading may come twice.</summary>
    private SharedFileSection? Open(string heading)
    {
        int end = heading.IndexOf(']');
        if (end < 0)
        {
            return null;
        }

        string title = heading.Substring(1, end - 1).Trim();
        int space = IndexOfSpace(title);
        string kind = space < 0 ? string.Empty : title.Substring(0, space);
        string name = space < 0 ? title : Unquote(title.Substring(space).Trim());
        switch (kind)
        {
            case "profile":
                return Open(_profiles, name);
            case "sso-session" when _isConfig:
                return Open(_ssoSessions, name);
            case "services" when _isConfig:
                return Open(_services, name);
            default:
                return !_isConfig || title == ProfileStore.DefaultName ? Open(_profiles, title) : null;
        }
    }

    private static SharedFileSection Open(Dictionary<string, SharedFileSection> sections, string name)
    {
        if (!sections.TryGetValue(name, out SharedFileSection? section))
        {
            sections.Add(name, section = new SharedFileSection(name));
        }

        return section;
    }

    private static int IndexOfSpace(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Unquote(string name) =>
        name.Length >= 2 && name[0] is '"' or '\'' && name[name.Length - 1] == name[0] ? name.Substring(1, name.Length - 2) : name;
}
