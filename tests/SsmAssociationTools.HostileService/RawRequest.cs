using System;
using System.Collections.Generic;
using System.Text;

namespace SsmAssociationTools.HostileService;

/// <summary>A request as it came over the wire.</summary>
public sealed record RawRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string Header(string name) => Headers.TryGetValue(name, out string? value) ? value : string.Empty;

    /// <summary>Everything that was sent, for a listener that nothing may reach.</summary>
    public string Everything()
    {
        var text = new StringBuilder().Append(Method).Append(' ').Append(Path).Append('\n');
        foreach ((string name, string value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        return text.Append('\n').Append(Text).ToString();
    }

    internal static RawRequest Parse(string head, byte[] body, out bool isOld)
    {
        string[] lines = head.Split("\r\n");
        string[] first = lines[0].Split(' ');
        isOld = first[^1] == "HTTP/1.0";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[lines[i][..colon]] = lines[i][(colon + 1)..].Trim();
            }
        }

        return new RawRequest(first[0], first.Length > 1 ? first[1] : "/", headers, body);
    }
}
