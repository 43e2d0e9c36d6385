using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.Terraform;

/// <summary>
/// Writes entries as a Terraform configuration, laid out as <c>terraform fmt</c> lays it out: a resource for each, and before it an
/// import block where the association exists. What aws_ssm_association cannot hold is written as awscc_ssm_association.
/// </summary>
internal sealed class TerraformEntryWriter(Stream stream, FileWriteOptions options) : IEntryFileWriter
{
    private readonly StreamWriter _text = FileEncodings.Open(stream, options);
    private readonly UniqueNames _names = new("_");
    private bool _isFirst = true;
    private long _ofCloudControl;
    private long _withRegion;
    private long _withRole;

    public IReadOnlyList<string> Remarks
    {
        get
        {
            var remarks = new List<string>();
            if (_ofCloudControl > 0)
            {
                remarks.Add($"{Entries(_ofCloudControl)} written as awscc_ssm_association, which needs the provider hashicorp/awscc: aws_ssm_association holds one value for each parameter, no ScheduleOffset and no InstanceId.");
            }

            if (_withRegion > 0)
            {
                remarks.Add($"The Region of {_withRegion} of them is left out: awscc_ssm_association has no argument for it.");
            }

            if (_withRole > 0)
            {
                remarks.Add($"RoleArn of {_withRole} of the entries is left out: the provider says through which role Terraform works.");
            }

            return remarks;
        }
    }

    public string? Refusal(AssociationEntry entry)
    {
        FileMap members = EntryMembers.Of(entry);
        string[] unknown = [.. members.Select(static member => member.Key).Where(static name => name != "RoleArn" && TerraformArguments.ArgumentOf(name) is null)];
        if (unknown.Length > 0)
        {
            return $"Terraform has no argument for {string.Join(" and ", unknown)}. Write the entry to a .csv, .json, .jsonl or .yaml file.";
        }

        return Refusal(members, string.Empty);
    }

    public void Add(AssociationEntry entry, string? associationId)
    {
        FileMap members = EntryMembers.Of(entry);
        bool isCloudControl = IsForCloudControl(members);
        _ofCloudControl += isCloudControl ? 1 : 0;
        _withRole += members.RemoveAll(static member => member.Key == "RoleArn");
        _withRegion += isCloudControl ? members.RemoveAll(static member => member.Key == "Region") : 0;
        string type = isCloudControl ? TerraformArguments.CloudControl : TerraformArguments.Aws;
        string name = _names.Next(Identifier(UniqueNames.Of(entry)));
        var text = new StringBuilder(_isFirst ? string.Empty : "\n");
        _isFirst = false;
        if (associationId is not null)
        {
            string id = members.TryGet("Region", out object? region) ? $"{associationId}@{region}" : associationId;
            text.Append("import {\n  to = ").Append(type).Append('.').Append(name).Append("\n  id = ").Append(Quoted(id)).Append("\n}\n\n");
        }

        text.Append("resource \"").Append(type).Append("\" \"").Append(name).Append("\" {\n");
        Body(text, members, isCloudControl);
        _text.Write(text.Append("}\n").ToString());
    }

    public void Complete() => _text.Flush();

    public void Dispose() => _text.Dispose();

    /// <summary>Arguments of one line come first and are aligned; what has several lines stands apart.</summary>
    private static void Body(StringBuilder text, FileMap members, bool isCloudControl)
    {
        var arguments = new List<KeyValuePair<string, string>>();
        var rest = new List<StringBuilder>();
        foreach (KeyValuePair<string, object?> member in members)
        {
            string name = TerraformArguments.ArgumentOf(member.Key)!;
            switch (member.Key)
            {
                case "Parameters":
                    rest.Add(new StringBuilder("  parameters = {\n"));
                    Aligned(rest[rest.Count - 1], ((FileMap)member.Value!).ConvertAll(pair => new KeyValuePair<string, string>(Key(pair.Key), Parameter(pair.Value, isCloudControl))), "    ");
                    rest[rest.Count - 1].Append("  }\n");
                    break;
                case "Targets" when isCloudControl:
                    rest.Add(new StringBuilder("  targets = [\n"));
                    foreach (object? target in (FileList)member.Value!)
                    {
                        rest[rest.Count - 1].Append("    {\n");
                        Aligned(rest[rest.Count - 1], Target((FileMap)target!), "      ");
                        rest[rest.Count - 1].Append("    },\n");
                    }

                    rest[rest.Count - 1].Append("  ]\n");
                    break;
                case "Targets":
                    foreach (object? target in (FileList)member.Value!)
                    {
                        rest.Add(new StringBuilder("  targets {\n"));
                        Aligned(rest[rest.Count - 1], Target((FileMap)target!), "    ");
                        rest[rest.Count - 1].Append("  }\n");
                    }

                    break;
                case "OutputLocation":
                    rest.Add(Output((FileMap)member.Value!, isCloudControl));
                    break;
                default:
                    arguments.Add(new KeyValuePair<string, string>(name, Value(member.Value)));
                    break;
            }
        }

        Aligned(text, arguments, "  ");
        for (int i = 0; i < rest.Count; i++)
        {
            text.Append(i > 0 || arguments.Count > 0 ? "\n" : string.Empty).Append(rest[i]);
        }
    }

    private static StringBuilder Output(FileMap output, bool isCloudControl)
    {
        output.TryGet("S3Location", out object? value);
        List<KeyValuePair<string, string>> location = (value as FileMap ?? []).ConvertAll(pair => new KeyValuePair<string, string>(
            (pair.Key, isCloudControl) switch
            {
                ("OutputS3BucketName", true) => "output_s3_bucket_name",
                ("OutputS3KeyPrefix", true) => "output_s3_key_prefix",
                ("OutputS3Region", true) => "output_s3_region",
                ("OutputS3BucketName", false) => "s3_bucket_name",
                ("OutputS3KeyPrefix", false) => "s3_key_prefix",
                _ => "s3_region",
            },
            Value(pair.Value)));
        var text = new StringBuilder(isCloudControl ? "  output_location = {\n    s3_location = {\n" : "  output_location {\n");
        Aligned(text, location, isCloudControl ? "      " : "    ");
        return text.Append(isCloudControl ? "    }\n  }\n" : "  }\n");
    }

    private static List<KeyValuePair<string, string>> Target(FileMap target) =>
        target.ConvertAll(static pair => new KeyValuePair<string, string>(pair.Key == "Key" ? "key" : "values", Value(pair.Value)));

    private static string Parameter(object? value, bool isCloudControl) => isCloudControl || value is not FileList { Count: 1 } list ? Value(value) : Value(list[0]);

    /// <summary>The AWS provider takes one value for each parameter, a bucket for each output, and neither of two members.</summary>
    private static bool IsForCloudControl(FileMap members) =>
        members.TryGet("InstanceId", out _) || members.TryGet("ScheduleOffset", out _)
        || (members.TryGet("Parameters", out object? parameters) && ((FileMap)parameters!).Exists(static pair => pair.Value is not FileList { Count: 1 }))
        || (members.TryGet("OutputLocation", out object? output)
            && !(((FileMap)output!).TryGet("S3Location", out object? location) && location is FileMap map && map.TryGet("OutputS3BucketName", out _)));

    private static void Aligned(StringBuilder text, List<KeyValuePair<string, string>> arguments, string indent)
    {
        int width = arguments.Count == 0 ? 0 : arguments.Max(static argument => Width(argument.Key));
        foreach (KeyValuePair<string, string> argument in arguments)
        {
            text.Append(indent).Append(argument.Key).Append(' ', width - Width(argument.Key)).Append(" = ").Append(argument.Value).Append('\n');
        }
    }

    /// <summary>Columns are counted in what a reader sees as one character.</summary>
    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static string Value(object? value) => value switch
    {
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        FileList list => "[" + string.Join(", ", list.Select(Value)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };

    private static string Key(string name) => IsIdentifier(name) && name is not ("for" or "null" or "true" or "false") ? name : Quoted(name);

    private static bool IsIdentifier(string name)
    {
        bool isOne = name.Length > 0 && name[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';
        foreach (char c in name)
        {
            isOne &= c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';
        }

        return isOne;
    }

    private static string Identifier(string name)
    {
        var identifier = new StringBuilder();
        foreach (char c in name)
        {
            identifier.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' ? char.ToLowerInvariant(c) : '_');
        }

        return identifier.Length == 0 || identifier[0] is not ((>= 'a' and <= 'z') or '_') ? "association_" + identifier : identifier.ToString();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '$' or '%' when i + 1 < text.Length && text[i + 1] == '{' => new string(c, 2),
                < ' ' or '\u007F' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF' => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Entries(long count) => count == 1 ? "1 entry is" : count.ToString(CultureInfo.InvariantCulture) + " entries are";

    private static string? Refusal(object? value, string path) => value switch
    {
        null => $"{path} has a null, which Terraform takes for nothing at all.",
        string text when !IsNormal(text) => $"{path} has letters that are put together of several characters; Terraform would change them.",
        FileMap map => map.Select(pair => IsNormal(pair.Key) ? Refusal(pair.Value, path.Length == 0 ? pair.Key : path + "." + pair.Key) : $"{path} has a name that Terraform would change.")
            .FirstOrDefault(static reason => reason is not null),
        FileList list => list.Select((item, i) => Refusal(item, path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]")).FirstOrDefault(static reason => reason is not null),
        _ => null,
    };

    private static bool IsNormal(string text)
    {
        try
        {
            return text.IsNormalized(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair, which no file can hold.
            return false;
        }
    }
}
