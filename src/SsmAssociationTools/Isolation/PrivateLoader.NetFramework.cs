#if NETFRAMEWORK
using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace SsmAssociationTools.Isolation;

/// <summary>
/// Loads private assemblies by file on .NET Framework, which keeps them apart from others of the same identity, and
/// resolves what they refer to: only for requesters from the module's folder, and only to files of that folder.
/// </summary>
internal sealed class PrivateLoader
{
    private readonly object _gate = new();
    private readonly string _folder;
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a loader and lets it answer for the rest of the process; its filter makes that harmless to others.</summary>
    /// <param name="folder">The folder of the private assemblies.</param>
    public PrivateLoader(string folder)
    {
        _folder = folder;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    /// <summary>Loads a private assembly.</summary>
    /// <param name="simpleName">Its name without extension.</param>
    /// <returns>The assembly.</returns>
    public Assembly Load(string simpleName) =>
        Find(simpleName) ?? throw new FileNotFoundException($"{simpleName} is not part of SsmAssociationTools.", Path.Combine(_folder, simpleName + ".dll"));

    private Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        Assembly? requester = args.RequestingAssembly;
        if (requester is null || !IsPrivate(requester))
        {
            return null;
        }

        string name = new AssemblyName(args.Name).Name;
        Assembly contract = typeof(PrivateLoader).Assembly;
        return string.Equals(name, contract.GetName().Name, StringComparison.OrdinalIgnoreCase) ? contract : Find(name);
    }

    private bool IsPrivate(Assembly assembly)
    {
        lock (_gate)
        {
            return _loaded.ContainsValue(assembly);
        }
    }

    private Assembly? Find(string simpleName)
    {
        string path = Path.Combine(_folder, simpleName + ".dll");
        lock (_gate)
        {
            if (!_loaded.TryGetValue(simpleName, out Assembly assembly) && File.Exists(path))
            {
                assembly = Assembly.LoadFile(path);
                _loaded.Add(simpleName, assembly);
            }

            return assembly;
        }
    }
}
#endif
