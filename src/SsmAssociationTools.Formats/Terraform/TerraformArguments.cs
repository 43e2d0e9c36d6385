using System;
using System.Collections.Generic;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.Terraform;

/// <summary>
/// The arguments of Terraform's resources for associations, <c>aws_ssm_association</c> and <c>awscc_ssm_association</c>, and the
/// members of an entry that they are.
/// </summary>
internal static class TerraformArguments
{
    /// <summary>The resource of the AWS provider. It holds one value for each parameter.</summary>
    public const string Aws = "aws_ssm_association";

    /// <summary>The resource of the AWS Cloud Control provider, which has the properties of CloudFormation.</summary>
    public const string CloudControl = "awscc_ssm_association";

    /// <summary>What the provider makes of itself, and what Terraform has for every resource; no part of an entry.</summary>
    private static readonly HashSet<string> s_own = ["id", "arn", "association_id", "tags_all", "timeouts", "lifecycle", "depends_on", "provisioner", "connection"];

    private static readonly Dictionary<string, string> s_members = new(StringComparer.Ordinal)
    {
        ["name"] = "Name",
        ["association_name"] = "AssociationName",
        ["instance_id"] = "InstanceId",
        ["document_version"] = "DocumentVersion",
        ["automation_target_parameter_name"] = "AutomationTargetParameterName",
        ["schedule_expression"] = "ScheduleExpression",
        ["schedule_offset"] = "ScheduleOffset",
        ["apply_only_at_cron_interval"] = "ApplyOnlyAtCronInterval",
        ["calendar_names"] = "CalendarNames",
        ["max_concurrency"] = "MaxConcurrency",
        ["max_errors"] = "MaxErrors",
        ["compliance_severity"] = "ComplianceSeverity",
        ["sync_compliance"] = "SyncCompliance",
        ["targets"] = "Targets",
        ["parameters"] = "Parameters",
        ["output_location"] = "OutputLocation",
        ["region"] = "Region",
    };

    private static readonly Dictionary<string, string> s_parts = new(StringComparer.Ordinal)
    {
        ["key"] = "Key",
        ["values"] = "Values",
        ["s3_location"] = "S3Location",
        ["s3_bucket_name"] = "OutputS3BucketName",
        ["s3_key_prefix"] = "OutputS3KeyPrefix",
        ["s3_region"] = "OutputS3Region",
        ["output_s3_bucket_name"] = "OutputS3BucketName",
        ["output_s3_key_prefix"] = "OutputS3KeyPrefix",
        ["output_s3_region"] = "OutputS3Region",
    };

    /// <summary>The member that an argument is; null for one that is none.</summary>
    public static string? MemberOf(string argument) => s_members.TryGetValue(argument, out string? member) ? member : null;

    /// <summary>The argument that a member is; null for a member that Terraform does not have.</summary>
    public static string? ArgumentOf(string member)
    {
        foreach (KeyValuePair<string, string> pair in s_members)
        {
            if (pair.Value == member)
            {
                return pair.Key;
            }
        }

        return null;
    }

    /// <summary>The part of a member that a nested argument is.</summary>
    public static string PartOf(string argument) => s_parts.TryGetValue(argument, out string? part) ? part : argument;

    /// <summary>Says whether a type of resource is one of these.</summary>
    public static bool IsAssociation(object? type) => type is Aws or CloudControl;

    /// <summary>Makes an entry's members of the values of a resource.</summary>
    public static FileMap MembersOf(FileMap values, List<FileNote> notes)
    {
        var members = new FileMap { Line = values.Line };
        foreach (KeyValuePair<string, object?> argument in values)
        {
            if (IsAbsent(argument.Value) || s_own.Contains(argument.Key))
            {
                continue;
            }

            if (MemberOf(argument.Key) is string member)
            {
                members.Add(member, Member(member, argument.Value, values.Line));
            }
            else
            {
                notes.Add(new FileNote(false, argument.Key, argument.Key switch
                {
                    "tags" => "The call that creates associations cannot tag them; the tags are left out. Tag afterwards.",
                    "wait_for_success_timeout_seconds" => "Terraform waits so long for a first success; an entry has no such member, and it is left out.",
                    "association_dispatch_assume_role" => "This role belongs to the whole call and is left out: give it to New-SsmAssociationBatch as -AssociationDispatchAssumeRole.",
                    "provider" => "The provider decides the Region and the account; an entry names none, so give them to the command that sends it.",
                    _ => "An entry has no such member, and it is left out.",
                }));
            }
        }

        return members;
    }

    /// <summary>Terraform has empty values where nothing is set.</summary>
    private static bool IsAbsent(object? value) => value is null or "" or FileList { Count: 0 } or FileMap { Count: 0 };

    private static object? Member(string member, object? value, long line)
    {
        switch (member)
        {
            case "Parameters" when value is FileMap parameters:
                var map = new FileMap { Line = line };
                foreach (KeyValuePair<string, object?> parameter in parameters)
                {
                    map.Add(parameter.Key, parameter.Value is FileList or null ? parameter.Value : new FileList { parameter.Value });
                }

                return map;
            case "Targets":
                var targets = new FileList { Line = line };
                foreach (object? target in value as FileList ?? [value])
                {
                    targets.Add(target is FileMap one ? Renamed(one) : target);
                }

                return targets;
            case "OutputLocation":
                if ((value is FileList { Count: 1 } list ? list[0] : value) is not FileMap location)
                {
                    return value;
                }

                FileMap renamed = Renamed(location);
                return renamed.TryGet("S3Location", out _) ? renamed : new FileMap { { "S3Location", renamed } };
            default:
                return value;
        }
    }

    private static FileMap Renamed(FileMap map)
    {
        var renamed = new FileMap { Line = map.Line };
        foreach (KeyValuePair<string, object?> pair in map)
        {
            if (pair.Value is not (null or ""))
            {
                renamed.Add(PartOf(pair.Key), pair.Value is FileMap inner ? Renamed(inner) : pair.Value);
            }
        }

        return renamed;
    }
}
