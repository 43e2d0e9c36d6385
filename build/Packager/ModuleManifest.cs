using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;

namespace SsmAssociationTools.Packager;

/// <summary>What the packages take from the module's manifest, read by PowerShell's own parser without running anything.</summary>
internal sealed class ModuleManifest
{
    private readonly string _path;
    private readonly HashtableAst _table;
    private readonly Hashtable _psData;

    private ModuleManifest(string path, HashtableAst table)
    {
        _path = path;
        _table = table;
        _psData = Value("PrivateData") is Hashtable data && data["PSData"] is Hashtable psData
            ? psData
            : throw Missing("PrivateData.PSData");
        Name = path.Substring(0, path.LastIndexOf('.'));
        Version = NuGetVersion();
        Author = Text("Author");
        CompanyName = Text("CompanyName");
        Copyright = Text("Copyright");
        Description = Text("Description");
        Cmdlets = List(Value("CmdletsToExport"));
        Tags = List(_psData["Tags"]);
        LicenseUri = Link("LicenseUri");
        ProjectUri = Link("ProjectUri");
    }

    /// <summary>The module's name.</summary>
    public string Name { get; }

    /// <summary>Its version as NuGet writes it: three numbers, a fourth that is not 0, and the prerelease label.</summary>
    public string Version { get; }

    /// <summary>Who wrote it.</summary>
    public string Author { get; }

    /// <summary>Who publishes it.</summary>
    public string CompanyName { get; }

    /// <summary>The copyright line.</summary>
    public string Copyright { get; }

    /// <summary>What it does.</summary>
    public string Description { get; }

    /// <summary>The cmdlets that it exports.</summary>
    public IReadOnlyList<string> Cmdlets { get; }

    /// <summary>The words by which the gallery finds it.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>Where its license is.</summary>
    public string LicenseUri { get; }

    /// <summary>Where it is developed.</summary>
    public string ProjectUri { get; }

    /// <summary>Reads the manifest among the files of a module.</summary>
    /// <param name="files">The staged files.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="PackagingException">There is no manifest at the top, or more than one, or it lacks what a package needs.</exception>
    public static ModuleManifest Read(IReadOnlyList<StagedFile> files)
    {
        StagedFile[] manifests = [.. files.Where(file => !file.Path.Contains('/', StringComparison.Ordinal) && file.Path.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase))];
        if (manifests is not [{ } manifest])
        {
            throw new PackagingException($"One manifest is expected at the top of the module, {manifests.Length} are there.");
        }

        ScriptBlockAst script = Parser.ParseInput(Encoding.UTF8.GetString(manifest.Content).TrimStart('\uFEFF'), out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            throw new PackagingException($"{manifest.Path} cannot be read: {errors[0].Message}");
        }

        return script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false) is HashtableAst table
            ? new ModuleManifest(manifest.Path, table)
            : throw new PackagingException($"{manifest.Path} holds no table.");
    }

    private string NuGetVersion()
    {
        if (!System.Version.TryParse(Text("ModuleVersion"), out Version? version))
        {
            throw new PackagingException($"ModuleVersion of {_path} is no version.");
        }

        string number = $"{version.Major}.{version.Minor}.{Math.Max(version.Build, 0)}" + (version.Revision > 0 ? $".{version.Revision}" : string.Empty);
        return _psData["Prerelease"] is string { Length: > 0 } label ? $"{number}-{label.TrimStart('-')}" : number;
    }

    /// <summary>A value that is data; what is computed (RootModule) is not asked for.</summary>
    private object? Value(string key)
    {
        foreach ((ExpressionAst name, StatementAst statement) in _table.KeyValuePairs)
        {
            if (key.Equals(name.SafeGetValue() as string, StringComparison.OrdinalIgnoreCase))
            {
                try
                {
                    return (statement as PipelineAst)?.GetPureExpression()?.SafeGetValue() ?? throw NotPlain(key);
                }
                catch (InvalidOperationException)
                {
                    throw NotPlain(key);
                }
            }
        }

        return null;
    }

    private string Text(string key) => Value(key) is string { Length: > 0 } text ? text : throw Missing(key);

    private string Link(string key) =>
        _psData[key] is string text && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps
            ? text
            : throw Missing("PrivateData.PSData." + key);

    private static string[] List(object? value) => value switch
    {
        IEnumerable many and not string => [.. many.Cast<object>().Select(item => item.ToString()!)],
        null => [],
        _ => [value.ToString()!],
    };

    private PackagingException NotPlain(string key) => new($"{key} of {_path} is not a plain value.");

    private PackagingException Missing(string key) => new($"{_path} needs {key}.");
}
