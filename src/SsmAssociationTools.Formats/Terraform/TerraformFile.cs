using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Files;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.Terraform;

/// <summary>
/// Finds the associations in what Terraform and OpenTofu write: a plan or a state as <c>terraform show -json</c> gives it, a state
/// file, and configurations, as far as their values are written out.
/// </summary>
internal static class TerraformFile
{
    private const int MaxDepth = 64;

    private static readonly Regex s_index = new(@"\[[^\]]*\]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>What Terraform knows only after it has created the association, if the configuration does not set it.</summary>
    private static readonly HashSet<string> s_computed = ["id", "arn", "association_id", "tags_all", "region", "document_version", "association_name", "wait_for_success_timeout_seconds", "tags"];

    /// <summary>Finds the associations of a JSON document.</summary>
    /// <returns>Null for a document that is none of Terraform's.</returns>
    /// <exception cref="FileFormatException">There are none.</exception>
    public static IReadOnlyList<FileRecord>? Records(FileMap map)
    {
        List<FileRecord> records;
        string what;
        if (map.TryGet("format_version", out _) && map.TryGet("planned_values", out object? planned))
        {
            what = "plan";
            records = Values(planned, Changes(map), Configured(map));
        }
        else if (map.TryGet("format_version", out _) && (map.TryGet("values", out object? values) || map.TryGet("terraform_version", out _)))
        {
            what = "state";
            map.TryGet("values", out values);
            records = Values(values, null, null);
        }
        else if (map.TryGet("terraform_version", out _) && map.TryGet("resources", out object? resources) && resources is FileList list)
        {
            what = "state";
            records = State(list);
        }
        else if (map.TryGet("resource", out object? blocks) && blocks is FileMap types && types.Exists(static pair => TerraformArguments.IsAssociation(pair.Key)))
        {
            what = "configuration";
            records = JsonBlocks(types);
        }
        else
        {
            return null;
        }

        return records.Count > 0 ? records : throw new FileFormatException(map.Line, NoResource(what));
    }

    /// <summary>Finds the associations of a configuration in Terraform's own language, which is rarely one file: most have none.</summary>
    /// <exception cref="FileFormatException">It cannot be read.</exception>
    public static IReadOnlyList<FileRecord> Configuration(string text)
    {
        var records = new List<FileRecord>();
        foreach (HclBlock block in HclReader.Read(text))
        {
            if (block.Type == "resource" && block.Labels.Count == 2 && TerraformArguments.IsAssociation(block.Labels[0]))
            {
                records.Add(Block(block.Labels[0] + "." + block.Labels[1], block.Body, block.Line));
            }
        }

        return records;
    }

    private static string NoResource(string what) =>
        $"The Terraform {what} has no resource of the type aws_ssm_association or awscc_ssm_association.";

    private static List<FileRecord> Values(object? values, Dictionary<string, object?>? unknown, Dictionary<string, FileMap>? configured)
    {
        var records = new List<FileRecord>();
        if (values is FileMap map && map.TryGet("root_module", out object? root) && root is FileMap module)
        {
            Module(module, unknown, configured, records, 0);
        }

        return records;
    }

    private static void Module(FileMap module, Dictionary<string, object?>? unknown, Dictionary<string, FileMap>? configured, List<FileRecord> records, int depth)
    {
        foreach (FileMap resource in Maps(module, "resources"))
        {
            if (Text(resource, "mode") is null or "managed" && TerraformArguments.IsAssociation(Text(resource, "type")))
            {
                string address = Text(resource, "address") ?? Text(resource, "type") + "." + Text(resource, "name");
                object? after = null;
                unknown?.TryGetValue(address, out after);
                FileMap? set = null;
                configured?.TryGetValue(s_index.Replace(address, string.Empty), out set);
                var values = (resource.TryGet("values", out object? value) ? value as FileMap : null) ?? new FileMap { Line = resource.Line };
                HashSet<string>? sensitive = resource.TryGet("sensitive_values", out object? marked) ? Marked(marked) : null;
                records.Add(Planned(address, resource.Line, values, sensitive, after as FileMap, set));
            }
        }

        foreach (FileMap child in depth < MaxDepth ? Maps(module, "child_modules") : [])
        {
            Module(child, unknown, configured, records, depth + 1);
        }
    }

    private static FileRecord Planned(string address, long line, FileMap values, HashSet<string>? sensitive, FileMap? unknown, FileMap? configured)
    {
        var notes = new List<FileNote>();
        var missing = new List<string>();
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> argument in unknown ?? [])
        {
            // What nobody sets is filled in by the service; an entry leaves it out.
            bool isSet = configured is null ? !s_computed.Contains(argument.Key) : configured.TryGet(argument.Key, out _);
            if (isSet && TerraformArguments.MemberOf(argument.Key) is string member)
            {
                int before = missing.Count;
                Unknown(argument.Value, member, missing, 0);
                if (missing.Count > before)
                {
                    leftOut.Add(argument.Key);
                }
            }
        }

        if (missing.Count > 0)
        {
            notes.Add(new FileNote(true, null, $"Terraform knows {Listed(missing)} only after it has applied the plan. Apply it and import the state (terraform show -json), or write the entry with the value."));
        }

        var known = new FileMap { Line = values.Line };
        known.AddRange(values.Where(pair => !leftOut.Contains(pair.Key)));
        return Record(address, line, known, sensitive, notes);
    }

    private static FileRecord Record(string address, long line, FileMap values, HashSet<string>? sensitive, List<FileNote> notes)
    {
        FileMap members = TerraformArguments.MembersOf(values, notes);
        var record = new FileRecord(line, members) { Name = "resource " + address, Sensitive = sensitive };
        record.Notes.AddRange(notes);
        return record;
    }

    private static void Unknown(object? value, string path, List<string> missing, int depth)
    {
        switch (value)
        {
            case true:
                missing.Add(path);
                break;
            case FileMap map when depth < MaxDepth:
                foreach (KeyValuePair<string, object?> pair in map)
                {
                    Unknown(pair.Value, path + "." + (path == "Parameters" ? pair.Key : TerraformArguments.PartOf(pair.Key)), missing, depth + 1);
                }

                break;
            case FileList list when depth < MaxDepth:
                for (int i = 0; i < list.Count; i++)
                {
                    Unknown(list[i], path == "OutputLocation" ? path : path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", missing, depth + 1);
                }

                break;
        }
    }

    /// <summary>What is unknown after the plan, by the address of the resource.</summary>
    private static Dictionary<string, object?> Changes(FileMap plan)
    {
        var changes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (FileMap change in Maps(plan, "resource_changes"))
        {
            if (Text(change, "address") is string address && change.TryGet("change", out object? what) && what is FileMap map && map.TryGet("after_unknown", out object? unknown)
                && TerraformArguments.IsAssociation(Text(change, "type")))
            {
                changes[address] = unknown;
            }
        }

        return changes;
    }

    /// <summary>What the configuration sets, by the address without its indices.</summary>
    private static Dictionary<string, FileMap>? Configured(FileMap plan)
    {
        if (!plan.TryGet("configuration", out object? value) || value is not FileMap configuration || !configuration.TryGet("root_module", out object? root) || root is not FileMap module)
        {
            return null;
        }

        var configured = new Dictionary<string, FileMap>(StringComparer.Ordinal);
        Configured(module, string.Empty, configured, 0);
        return configured;
    }

    private static void Configured(FileMap module, string prefix, Dictionary<string, FileMap> configured, int depth)
    {
        foreach (FileMap resource in Maps(module, "resources"))
        {
            if (Text(resource, "address") is string address && resource.TryGet("expressions", out object? expressions) && expressions is FileMap map)
            {
                configured[prefix + address] = map;
            }
        }

        if (depth < MaxDepth && module.TryGet("module_calls", out object? value) && value is FileMap calls)
        {
            foreach (KeyValuePair<string, object?> call in calls)
            {
                if (call.Value is FileMap one && one.TryGet("module", out object? inner) && inner is FileMap child)
                {
                    Configured(child, prefix + "module." + call.Key + ".", configured, depth + 1);
                }
            }
        }
    }

    private static List<FileRecord> State(FileList resources)
    {
        var records = new List<FileRecord>();
        foreach (FileMap resource in resources.OfType<FileMap>())
        {
            if (Text(resource, "mode") is not (null or "managed") || !TerraformArguments.IsAssociation(Text(resource, "type")))
            {
                continue;
            }

            string address = (Text(resource, "module") is string module ? module + "." : string.Empty) + Text(resource, "type") + "." + Text(resource, "name");
            foreach (FileMap instance in Maps(resource, "instances"))
            {
                string index = instance.TryGet("index_key", out object? key) && key is not null ? key is string name ? $"[\"{name}\"]" : $"[{key}]" : string.Empty;
                HashSet<string>? sensitive = instance.TryGet("sensitive_attributes", out object? paths) ? Marked(paths) : null;
                FileMap values = (instance.TryGet("attributes", out object? attributes) ? attributes as FileMap : null) ?? [];
                records.Add(Record(address + index, instance.Line, values, sensitive, []));
            }
        }

        return records;
    }

    /// <summary>The members that are marked as sensitive, or hold something that is: an object of truth values, or paths.</summary>
    private static HashSet<string>? Marked(object? value)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> pair in value as FileMap ?? [])
        {
            if (TerraformArguments.MemberOf(pair.Key) is string member && HasTrue(pair.Value, 0))
            {
                members.Add(member);
            }
        }

        foreach (object? path in value as FileList ?? [])
        {
            object? first = path is FileList { Count: > 0 } steps ? steps[0] : path;
            if (first is FileMap step && Text(step, "value") is string name && TerraformArguments.MemberOf(name) is string member)
            {
                members.Add(member);
            }
        }

        return members.Count > 0 ? members : null;
    }

    private static bool HasTrue(object? value, int depth) => value switch
    {
        bool flag => flag,
        FileMap map when depth < MaxDepth => map.Exists(pair => HasTrue(pair.Value, depth + 1)),
        FileList list when depth < MaxDepth => list.Exists(item => HasTrue(item, depth + 1)),
        _ => false,
    };

    private static List<FileRecord> JsonBlocks(FileMap types)
    {
        var records = new List<FileRecord>();
        foreach (KeyValuePair<string, object?> type in types)
        {
            if (TerraformArguments.IsAssociation(type.Key) && type.Value is FileMap resources)
            {
                foreach (KeyValuePair<string, object?> resource in resources)
                {
                    if ((resource.Value is FileList { Count: 1 } list ? list[0] : resource.Value) is FileMap body)
                    {
                        records.Add(Block(type.Key + "." + resource.Key, (FileMap)WithExpressions(body, 0)!, body.Line));
                    }
                }
            }
        }

        return records;
    }

    /// <summary>In a configuration of JSON, text with <c>${</c> or <c>%{</c> is an expression.</summary>
    private static object? WithExpressions(object? value, int depth)
    {
        switch (value)
        {
            case FileMap map when depth < MaxDepth:
                var members = new FileMap { Line = map.Line };
                members.AddRange(map.Select(pair => new KeyValuePair<string, object?>(pair.Key, WithExpressions(pair.Value, depth + 1))));
                return members;
            case FileList list when depth < MaxDepth:
                var items = new FileList { Line = list.Line };
                items.AddRange(list.Select(item => WithExpressions(item, depth + 1)));
                return items;
            case string text when text.IndexOf("${", StringComparison.Ordinal) >= 0 || text.IndexOf("%{", StringComparison.Ordinal) >= 0:
                string plain = text.Replace("$${", "\0").Replace("%%{", "\u0001");
                return plain.IndexOf("${", StringComparison.Ordinal) >= 0 || plain.IndexOf("%{", StringComparison.Ordinal) >= 0
                    ? new FileFunction("${...}", null, 0)
                    : plain.Replace("\0", "${").Replace("\u0001", "%{");
            default:
                return value;
        }
    }

    private static FileRecord Block(string address, FileMap body, long line)
    {
        var notes = new List<FileNote>();
        var expressions = new List<string>();
        var values = new FileMap { Line = line };
        foreach (KeyValuePair<string, object?> argument in body)
        {
            if (argument.Key is "count" or "for_each" or "dynamic")
            {
                notes.Add(new FileNote(true, argument.Key, "It makes several associations or blocks of one text, which only Terraform does. Import the plan instead: terraform show -json PLAN."));
                continue;
            }

            int before = expressions.Count;
            if (argument.Key is not ("lifecycle" or "depends_on" or "provider" or "tags" or "provisioner" or "connection"))
            {
                string member = TerraformArguments.MemberOf(argument.Key) ?? argument.Key;
                Expressions(argument.Value, member, expressions, 0);
            }

            if (expressions.Count == before)
            {
                values.Add(argument);
            }
        }

        if (expressions.Count > 0)
        {
            notes.Insert(0, new FileNote(true, null, $"What stands for {Listed(expressions)} is an expression, which only Terraform works out. Write the value itself, or import the plan: terraform show -json PLAN."));
        }

        return Record(address, line, values, null, notes);
    }

    private static void Expressions(object? value, string path, List<string> found, int depth)
    {
        switch (value)
        {
            case FileFunction function:
                found.Add(function.Line > 0 ? $"{path} ({function.Name}, line {function.Line.ToString(CultureInfo.InvariantCulture)})" : $"{path} ({function.Name})");
                break;
            case FileMap map when depth < MaxDepth:
                foreach (KeyValuePair<string, object?> pair in map)
                {
                    Expressions(pair.Value, path + "." + (path == "Parameters" ? pair.Key : TerraformArguments.PartOf(pair.Key)), found, depth + 1);
                }

                break;
            case FileList list when depth < MaxDepth:
                for (int i = 0; i < list.Count; i++)
                {
                    Expressions(list[i], path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", found, depth + 1);
                }

                break;
        }
    }

    private static string Listed(List<string> names) => names.Count switch
    {
        1 => names[0],
        <= 10 => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1],
        _ => string.Join(", ", names.Take(9)) + $" and {(names.Count - 9).ToString(CultureInfo.InvariantCulture)} more",
    };

    private static IEnumerable<FileMap> Maps(FileMap map, string name) => map.TryGet(name, out object? value) && value is FileList list ? list.OfType<FileMap>() : [];

    private static string? Text(FileMap map, string name) => map.TryGet(name, out object? value) ? value as string ?? (value as JsonNumber)?.ToString() : null;
}
