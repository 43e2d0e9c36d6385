using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Packager;

/// <summary>The zip that Azure Automation imports, and anybody unpacks: one folder that has the module's name.</summary>
internal static class AutomationZip
{
    /// <summary>Azure Automation refuses longer paths.</summary>
    private const int LongestPath = 140;

    /// <summary>Writes the zip.</summary>
    /// <param name="path">Path of the zip; its name must be the module's, because Azure Automation takes the name from it.</param>
    /// <param name="moduleName">The module's name.</param>
    /// <param name="files">The module's files.</param>
    /// <exception cref="PackagingException">A path is too long for Azure Automation.</exception>
    public static void Write(string path, string moduleName, IReadOnlyList<StagedFile> files)
    {
        var entries = files.ToDictionary(file => $"{moduleName}/{file.Path}", file => file.Content);
        if (entries.Keys.FirstOrDefault(name => name.Length > LongestPath) is { } name)
        {
            throw new PackagingException($"'{name}' has {name.Length} characters; Azure Automation imports paths of at most {LongestPath}.");
        }

        Archive.Write(path, entries);
    }
}
