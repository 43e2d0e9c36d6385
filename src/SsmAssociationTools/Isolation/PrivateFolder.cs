#if NETFRAMEWORK
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Reflection;

namespace SsmAssociationTools.Isolation;

/// <summary>
/// The folder of the private assemblies, and the rule that says which references it satisfies. PowerShell has no binding
/// redirects for what the AWS SDK needs, so a file stands in for every older version of itself, as a redirect would.
/// </summary>
internal sealed class PrivateFolder
{
    private readonly string _path;
    private readonly ConcurrentDictionary<string, AssemblyName> _identities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Describes a folder.</summary>
    /// <param name="path">Its full path.</param>
    public PrivateFolder(string path) => _path = path;

    /// <summary>Finds the file that satisfies a reference.</summary>
    /// <param name="wanted">The reference. Where it names no version or no key, every version or key will do.</param>
    /// <returns>
    /// Full path of the file of that simple name; null when there is none, when it is older than what is wanted or has
    /// another key, and for the resources of a language, of which the folder has none.
    /// </returns>
    public string? FileFor(AssemblyName wanted)
    {
        string path = Path.Combine(_path, wanted.Name + ".dll");
        if (!string.IsNullOrEmpty(wanted.CultureName) || !File.Exists(path))
        {
            return null;
        }

        AssemblyName found = _identities.GetOrAdd(path, AssemblyName.GetAssemblyName);
        byte[]? key = wanted.GetPublicKeyToken();
        bool isSameKey = key is null || key.SequenceEqual(found.GetPublicKeyToken() ?? []);
        return isSameKey && (wanted.Version is null || wanted.Version <= found.Version) ? path : null;
    }
}
#endif
