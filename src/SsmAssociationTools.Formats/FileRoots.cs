using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats.CloudFormation;
using SsmAssociationTools.Formats.Terraform;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>Tells what a JSON or YAML document is, and finds its entries: of entries themselves, of a template, of another tool.</summary>
internal static class FileRoots
{
    /// <summary>Finds the entries.</summary>
    /// <exception cref="FileFormatException">The document holds none of what is looked for.</exception>
    public static IEnumerable<FileRecord> Records(object? root, TemplateInputs inputs)
    {
        FileMap? template = TemplateFile.Find(root, out string? body);
        if (body is not null)
        {
            template = TemplateFile.Find(YamlFile.Template(body), out _);
        }

        if (template is not null)
        {
            return TemplateFile.Records(template, inputs, YamlFile.Template);
        }

        if (root is not FileMap map)
        {
            return FileDocument.Records(root);
        }

        return TerraformFile.Records(map) ?? CdkRecords(map) ?? (OtherTool(map) is string tool ? throw new FileFormatException(map.Line, tool) : FileDocument.Records(root));
    }

    /// <summary>The files that cdk synth writes beside its templates hold no association, and no error comes of reading them too.</summary>
    private static FileRecord[]? CdkRecords(FileMap map)
    {
        string? what = map.TryGet("artifacts", out object? artifacts) && artifacts is FileMap && map.TryGet("version", out _) ? "the manifest of a CDK app"
            : map.TryGet("tree", out object? tree) && tree is FileMap && map.TryGet("version", out _) ? "the construct tree of a CDK app"
            : map.TryGet("dockerImages", out _) && map.TryGet("files", out _) && map.TryGet("version", out _) ? "the list of assets of a CDK app"
            : null;
        if (what is null)
        {
            return null;
        }

        var record = new FileRecord(map.Line, null);
        record.Notes.Add(new FileNote(false, null, $"This is {what} and holds no association. The templates beside it (*.template.json) do.") { IsInformation = true });
        return [record];
    }

    /// <summary>What to do with the file of a tool whose files are not read.</summary>
    private static string? OtherTool(FileMap map)
    {
        if (map.TryGet("runtime", out _) && map.TryGet("name", out _))
        {
            return "This is a Pulumi project, which is not read here. Export what it made with Get-SsmAssociationEntry, or write its associations as entries.";
        }

        if (map.TryGet("deployment", out object? deployment) && deployment is FileMap state && state.TryGet("resources", out _))
        {
            return "This is the state of a Pulumi stack, which is not read here. Export what it made with Get-SsmAssociationEntry.";
        }

        if (map.TryGet("service", out _) && map.TryGet("provider", out _))
        {
            return "This is a service of the Serverless Framework, which is not read here. Import the template that 'serverless package' writes.";
        }

        if (map.TryGet("apiVersion", out _) && map.TryGet("kind", out _))
        {
            return "This is a manifest of Kubernetes, which is not read here. Write its associations as entries.";
        }

        return map.TryGet("resources", out object? resources) && Declared(resources).Any(IsAssociation)
            ? "The file has resources of another tool, which is not read here. A CloudFormation template has a section Resources, with a capital R."
            : null;
    }

    private static IEnumerable<FileMap> Declared(object? resources) =>
        resources is FileMap map ? map.Select(static pair => pair.Value).OfType<FileMap>() : (resources as FileList ?? []).OfType<FileMap>();

    private static bool IsAssociation(FileMap resource) =>
        resource.TryGet("type", out object? type) && type is string text && text.EndsWith("Association", System.StringComparison.OrdinalIgnoreCase);
}
