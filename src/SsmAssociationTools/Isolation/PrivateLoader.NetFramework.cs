#if NETFRAMEWORK
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;

namespace SsmAssociationTools.Isolation;

/// <summary>
/// Loads private assemblies by file on .NET Framework, which keeps them apart from others of the same identity, and
/// resolves what they refer to: only for requesters that it loaded itself, and only to files of their folder.
/// </summary>
internal sealed class PrivateLoader
{
    private readonly string _path;
    private readonly PrivateFolder _folder;

    /// <summary>
    /// By path. There is no lock: the runtime asks for references while it holds locks of its own, and LoadFile gives
    /// every caller the same assembly for the same path.
    /// </summary>
    private readonly ConcurrentDictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a loader and lets it answer for the rest of the process; its filter makes that harmless to others.</summary>
    /// <param name="folder">The folder of the private assemblies.</param>
    public PrivateLoader(string folder)
    {
        _path = folder;
        _folder = new PrivateFolder(folder);
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    /// <summary>Loads a private assembly.</summary>
    /// <param name="simpleName">Its name without extension.</param>
    /// <returns>The assembly.</returns>
    /// <exception cref="FileNotFoundException">The folder does not have it.</exception>
    public Assembly Load(string simpleName) =>
        Find(new AssemblyName(simpleName)) ?? throw new FileNotFoundException($"{simpleName} is not part of SsmAssociationTools.", Path.Combine(_path, simpleName + ".dll"));

    private Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        // .NET Framework names the requester when that was loaded outside the load contexts, as everything private is. A
        // requester without a name is somebody else, and an answer would give away our copy of the SDK.
        if (args.RequestingAssembly is not { } requester || !_loaded.Values.Contains(requester))
        {
            return null;
        }

        var wanted = new AssemblyName(args.Name);
        Assembly contract = typeof(PrivateLoader).Assembly;
        return string.Equals(wanted.Name, contract.GetName().Name, StringComparison.OrdinalIgnoreCase) ? contract : Find(wanted);
    }

    private Assembly? Find(AssemblyName wanted) =>
        _folder.FileFor(wanted) is { } path ? _loaded.GetOrAdd(path, Assembly.LoadFile) : null;
}
#endif
