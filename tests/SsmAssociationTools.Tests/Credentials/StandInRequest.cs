using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>A request that a stand-in received.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Headers; names ignore case.</param>
/// <param name="Body">Body.</param>
internal sealed record StandInRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The fields of a form in the body.</summary>
    public IReadOnlyDictionary<string, string> Form => Body
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
