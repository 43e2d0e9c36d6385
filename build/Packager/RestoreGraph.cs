using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SsmAssociationTools.Packager;

/// <summary>What NuGet restored for the projects whose output is shipped, from their project.assets.json files.</summary>
internal sealed class RestoreGraph
{
    private readonly HashSet<string> _projects = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _direct = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Edition, string FileName, string Sha256), RestoredPackage> _files = [];
    private readonly Dictionary<(string FileName, Guid Module), RestoredPackage> _modules = [];

    /// <summary>Reads the files that restores left.</summary>
    /// <param name="assetsFiles">The project.assets.json files of the shipped projects.</param>
    /// <exception cref="PackagingException">A package is not in the package folder any more.</exception>
    public RestoreGraph(IEnumerable<string> assetsFiles)
    {
        foreach (string assetsFile in assetsFiles)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            Read(document.RootElement);
        }
    }

    /// <summary>Identifiers of the packages that the projects name themselves.</summary>
    public IReadOnlyCollection<string> Direct => _direct;

    /// <summary>Tells whether an assembly is built here.</summary>
    /// <param name="file">The assembly.</param>
    /// <returns>True when a shipped project has its name.</returns>
    public bool IsOwn(StagedFile file) => _projects.Contains(file.Name);

    /// <summary>Finds the package that a file comes from.</summary>
    /// <param name="file">The file.</param>
    /// <returns>
    /// The package that has a file of this name and of the same bytes for the edition, or from which the file was compiled
    /// ahead; null when none has.
    /// </returns>
    public RestoredPackage? Origin(StagedFile file) =>
        _files.GetValueOrDefault((file.Edition, Path.GetFileName(file.Path), file.Sha256))
        ?? (file.CompiledFrom is { } module ? _modules.GetValueOrDefault((Path.GetFileName(file.Path), module)) : null);

    private void Read(JsonElement root)
    {
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        JsonElement project = root.GetProperty("project");
        _projects.Add(project.GetProperty("restore").GetProperty("projectName").GetString()!);
        foreach (JsonProperty framework in project.GetProperty("frameworks").EnumerateObject())
        {
            if (framework.Value.TryGetProperty("dependencies", out JsonElement dependencies))
            {
                _direct.UnionWith(dependencies.EnumerateObject().Select(dependency => dependency.Name));
            }
        }

        foreach (JsonProperty target in root.GetProperty("targets").EnumerateObject())
        {
            foreach (JsonProperty library in target.Value.EnumerateObject())
            {
                if (library.Value.GetProperty("type").GetString() == "package" && library.Value.TryGetProperty("runtime", out JsonElement runtime))
                {
                    string relative = root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!;
                    string folder = folders.Select(folder => Path.Combine(folder, relative)).FirstOrDefault(Directory.Exists)
                        ?? throw new PackagingException($"{library.Name} is not restored any more; restore again.");
                    Add(target.Name, library, folder, runtime);
                }
            }
        }
    }

    private void Add(string edition, JsonProperty library, string folder, JsonElement runtime)
    {
        string[] identity = library.Name.Split('/');
        string[] dependencies = library.Value.TryGetProperty("dependencies", out JsonElement list)
            ? [.. list.EnumerateObject().Select(dependency => dependency.Name)]
            : [];
        var package = new RestoredPackage(identity[0], identity[1], folder, dependencies);
        foreach (string asset in runtime.EnumerateObject().Select(asset => asset.Name).Where(asset => Path.GetFileName(asset) != "_._"))
        {
            var file = new StagedFile(asset, File.ReadAllBytes(Path.Combine(folder, asset)));
            _files.TryAdd((edition, Path.GetFileName(asset), file.Sha256), package);
            if (file.IsAssembly)
            {
                _modules.TryAdd((Path.GetFileName(asset), file.Module), package);
            }
        }
    }
}
