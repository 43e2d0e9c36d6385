using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>
/// Writes entries as a CloudFormation template, a resource for each. One that is of an association that exists has the attributes
/// that an import of existing resources into a stack asks for, and the id of the association.
/// </summary>
internal sealed class TemplateEntryWriter : IEntryFileWriter
{
    private readonly StreamWriter _text;
    private readonly JsonValues? _json;
    private readonly UniqueNames _names = new(string.Empty);
    private bool _isFirst = true;
    private long _withDestination;

    /// <summary>Begins a file.</summary>
    public TemplateEntryWriter(Stream stream, FileWriteOptions options)
    {
        _json = options.Format == EntryFileFormat.Json ? new JsonValues(isIndented: true) : null;
        _text = FileEncodings.Open(stream, options);
        _text.Write(_json is null ? "AWSTemplateFormatVersion: '2010-09-09'\nResources:" : "{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {");
    }

    public IReadOnlyList<string> Remarks =>
        _withDestination == 0 ? [] : [$"Region and RoleArn of {_withDestination} entries are left out: a template says nothing of where its stack goes."];

    public string? Refusal(AssociationEntry entry)
    {
        FileMap members = EntryMembers.Of(entry);
        string[] unknown = [.. members.Select(static member => member.Key).Where(static name => name is "TargetLocations" or "TargetMaps" or "Duration" or "AlarmConfiguration")];
        if (unknown.Length > 0)
        {
            return $"CloudFormation has no property for {string.Join(" and ", unknown)}. Write the entry to a .csv, .json, .jsonl or .yaml file.";
        }

        return Refusal(members, string.Empty);
    }

    public void Add(AssociationEntry entry, string? associationId)
    {
        FileMap members = EntryMembers.Of(entry);
        _withDestination += members.RemoveAll(static member => EntryMembers.IsOfDestination(member.Key)) > 0 ? 1 : 0;
        var resource = new FileMap { { "Type", "AWS::SSM::Association" } };
        if (associationId is not null)
        {
            resource.Add("DeletionPolicy", "Retain");
            resource.Add("Metadata", new FileMap { { "AssociationId", associationId } });
        }

        resource.Add("Properties", members);
        string name = _names.Next(LogicalId(UniqueNames.Of(entry)));
        if (_json is null)
        {
            var text = new StringBuilder("\n  ");
            YamlText.Members(text, new FileMap { { name, resource } }, "  ");
            text.Length--;
            _text.Write(text.ToString());
        }
        else
        {
            _text.Write(_isFirst ? "\n    \"" : ",\n    \"");
            _text.Write(name);
            _text.Write("\": ");
            _text.Write(_json.Text(resource).Replace("\n", "\n    "));
        }

        _isFirst = false;
    }

    public void Complete()
    {
        _text.Write(_json is null ? _isFirst ? " {}\n" : "\n" : _isFirst ? "}\n}\n" : "\n  }\n}\n");
        _text.Flush();
    }

    public void Dispose()
    {
        _text.Dispose();
        _json?.Dispose();
    }

    /// <summary>Finds what CloudFormation would take for something else, or not at all. No value is named.</summary>
    private static string? Refusal(object? value, string path)
    {
        switch (value)
        {
            case null:
                return $"{path} has a null, which CloudFormation does not take.";
            case string text when text.Contains("{{resolve:"):
                return $"{path} has a text with {{{{resolve:, which CloudFormation would look up.";
            case FileMap map:
                if (map.Count == 1 && (TemplateTree.IsFunction(map[0].Key) || map[0].Key == "Condition"))
                {
                    return $"{path} has the one member {map[0].Key}, which is a function to CloudFormation.";
                }

                return map.Select(pair => pair.Key.StartsWith("Fn::", System.StringComparison.Ordinal)
                    ? $"{path} has the member {pair.Key}, which is a function to CloudFormation."
                    : Refusal(pair.Value, TemplateTree.Join(path, pair.Key))).FirstOrDefault(static reason => reason is not null);
            case FileList list:
                return list.Select((item, i) => Refusal(item, TemplateTree.Item(path, i))).FirstOrDefault(static reason => reason is not null);
            default:
                return null;
        }
    }

    /// <summary>Letters and digits of a name, each part beginning with a capital letter.</summary>
    private static string LogicalId(string name)
    {
        var id = new StringBuilder();
        bool isStart = true;
        foreach (char c in name)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                id.Append(isStart ? char.ToUpperInvariant(c) : c);
                isStart = false;
            }
            else
            {
                isStart = true;
            }
        }

        return id.Length == 0 || char.IsDigit(id[0]) ? "Association" + id : id.ToString();
    }
}
