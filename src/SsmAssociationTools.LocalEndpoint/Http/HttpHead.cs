using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>
/// Request line and headers of a call. What two readers could understand differently is refused: such a call is an
/// attempt to smuggle another one past a proxy, or a client that is broken.
/// </summary>
internal sealed class HttpHead
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Headers that say who is called, for what and how the body ends.</summary>
    private static readonly HashSet<string> s_once = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization", "X-Amz-Target", "X-Amz-Date", "X-Amz-Security-Token", "Expect",
    };

    private HttpHead(string method, string target, Dictionary<string, string> headers)
    {
        Method = method;
        Target = target;
        Headers = headers;
    }

    /// <summary>Method, such as POST, as sent.</summary>
    public string Method { get; }

    /// <summary>Request target, as sent.</summary>
    public string Target { get; }

    /// <summary>Header values by name, names compared without case. The values of a repeated header are joined by a comma.</summary>
    public Dictionary<string, string> Headers { get; }

    /// <summary>Reads a head.</summary>
    /// <param name="text">Everything before the blank line.</param>
    /// <returns>The head.</returns>
    /// <exception cref="HttpProtocolException">It is no head of HTTP/1.1, or says one thing twice.</exception>
    public static HttpHead Parse(string text)
    {
        string[] lines = text.Split(["\r\n"], StringSplitOptions.None);
        string[] request = lines[0].Split(' ');
        if (request.Length != 3 || !request[0].All(IsTokenMark) || !request[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new HttpProtocolException(400, "The request line is not of the form METHOD TARGET HTTP/1.1.");
        }

        Dictionary<string, string> headers = ParseFields(lines.Skip(1));
        bool isOld = request[2] == "HTTP/1.0";
        if (headers.ContainsKey("Transfer-Encoding") && (isOld || headers.ContainsKey("Content-Length")))
        {
            throw new HttpProtocolException(400, "Transfer-Encoding does not go with Content-Length, nor with HTTP/1.0.");
        }

        if (isOld && !headers.ContainsKey("Connection"))
        {
            headers["Connection"] = "close";
        }

        return new HttpHead(request[0], request[1], headers);
    }

    /// <summary>Reads header lines or trailers.</summary>
    /// <param name="lines">Lines without their ends.</param>
    /// <returns>Values by name.</returns>
    /// <exception cref="HttpProtocolException">A line is no header, or says again what can be said once.</exception>
    public static Dictionary<string, string> ParseFields(IEnumerable<string> lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':');
            string name = colon < 0 ? string.Empty : line.Substring(0, colon);
            if (name.Length == 0 || !name.All(IsTokenMark) || line.Any(static c => c is '\r' or '\n' or '\0'))
            {
                throw new HttpProtocolException(400, "A header line is not of the form Name: value.");
            }

            string value = line.Substring(colon + 1).Trim();
            if (headers.TryGetValue(name, out string? before))
            {
                // The name is a token and one of a fixed list, so it can be shown as it is.
                value = s_once.Contains(name) ? throw new HttpProtocolException(400, $"The header {name} is there twice.") : before + ", " + value;
            }

            headers[name] = value;
        }

        return headers;
    }

    private static bool IsTokenMark(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || TokenMarks.IndexOf(c) >= 0;
}
