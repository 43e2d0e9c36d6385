using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace SsmAssociationTools.Packager;

/// <summary>Makes the packages of a staged module and says how big they are. A problem goes to standard error in the form that MSBuild reads.</summary>
internal static class Program
{
    private const string Usage = "usage: SsmAssociationTools.Packager <module folder> <change log> <output folder> <project.assets.json>...";

    /// <summary>Makes the packages.</summary>
    /// <param name="args">The module's folder, the change log, the output folder (its content is replaced), the restore results of the shipped projects.</param>
    /// <returns>0 when all is written; 1 when something is wrong with what is to be packed; 2 for wrong arguments.</returns>
    public static int Main(string[] args)
    {
        if (args.Length < 4)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        try
        {
            IReadOnlyList<StagedFile> files = StagedFile.ReadAll(args[0]);
            foreach (string line in Sizes(files).Concat(Pack(files, args[1], args[2], args[3..]).Select(Describe)))
            {
                Console.Out.WriteLine(line);
            }

            return 0;
        }
        catch (PackagingException exception)
        {
            Console.Error.WriteLine($"{args[0]} : error PACK : {exception.Message}");
            return 1;
        }
    }

    /// <summary>Makes the packages.</summary>
    /// <param name="files">The files of the staged module.</param>
    /// <param name="changeLog">Path of the change log.</param>
    /// <param name="output">The folder for the packages; what it held before is deleted.</param>
    /// <param name="assetsFiles">The restore results of the shipped projects.</param>
    /// <returns>Paths of the gallery's package, of the zip and of the bill of materials.</returns>
    /// <exception cref="PackagingException">Something is wrong with what is to be packed.</exception>
    public static IReadOnlyList<string> Pack(IReadOnlyList<StagedFile> files, string changeLog, string output, IReadOnlyList<string> assetsFiles)
    {
        ModuleManifest manifest = ModuleManifest.Read(files);
        string notes = ReleaseNotes.Newest(File.ReadAllText(changeLog), manifest.Version);
        var graph = new RestoreGraph(assetsFiles);

        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        Directory.CreateDirectory(output);
        string package = Path.Combine(output, $"{manifest.Name}.{manifest.Version}.nupkg");
        string zip = Path.Combine(output, manifest.Name + ".zip");
        string bill = Path.Combine(output, $"{manifest.Name}.{manifest.Version}.cdx.json");
        GalleryPackage.Write(package, manifest, notes, files);
        AutomationZip.Write(zip, manifest.Name, files);
        BillOfMaterials.Write(bill, manifest, files, graph);
        return [package, zip, bill];
    }

    private static IEnumerable<string> Sizes(IReadOnlyList<StagedFile> files) => files
        .GroupBy(file => file.Edition.Length == 0 ? "shared" : file.Edition)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Line(group.Key, group.Sum(file => (long)file.Content.Length), $"unpacked, {group.Count()} files"))
        .Append(Line("module", files.Sum(file => (long)file.Content.Length), $"unpacked, {files.Count} files"));

    private static string Describe(string path) =>
        Line(Path.GetFileName(path), new FileInfo(path).Length, "SHA-256 " + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

    private static string Line(string name, long bytes, string rest) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-36} {bytes,10:N0} bytes  {rest}");
}
