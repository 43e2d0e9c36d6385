using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>
/// The entries of all rows: four kinds in turn, each with its own name, as a fleet file has them. Every form of an entry
/// is made of the same typed one, so that all sides work on the same content.
/// </summary>
internal static class SampleEntries
{
    /// <summary>Property bags, of which one in a hundred may have another MaxErrors than it has by itself.</summary>
    /// <param name="entries">How many.</param>
    /// <param name="maxErrors">The other MaxErrors; null for none.</param>
    /// <returns>The bags.</returns>
    public static PSObject[] Bags(int entries, string? maxErrors)
    {
        PSObject[] bags = [.. Enumerable.Range(0, entries).Select(Object)];
        foreach (PSObject bag in maxErrors is null ? [] : bags.Where(static (_, index) => IsChanged(index)))
        {
            bag.Properties["MaxErrors"].Value = maxErrors;
        }

        return bags;
    }

    /// <summary>The same as entries of the SDK.</summary>
    /// <param name="entries">How many.</param>
    /// <param name="maxErrors">The other MaxErrors; null for none.</param>
    /// <returns>The entries.</returns>
    public static List<CreateAssociationBatchRequestEntry> Sdks(int entries, string? maxErrors)
    {
        List<CreateAssociationBatchRequestEntry> typed = [.. Enumerable.Range(0, entries).Select(Sdk)];
        foreach (CreateAssociationBatchRequestEntry entry in maxErrors is null ? [] : typed.Where(static (_, index) => IsChanged(index)))
        {
            entry.MaxErrors = maxErrors;
        }

        return typed;
    }

    /// <summary>How many of so many entries are changed.</summary>
    /// <param name="entries">How many there are.</param>
    /// <returns>The number.</returns>
    public static int Changed(int entries) => Enumerable.Range(0, entries).Count(IsChanged);

    private static bool IsChanged(int index) => index % 100 == 1;

    /// <summary>An entry as it is after reading.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>The entry.</returns>
    public static AssociationEntry Typed(int index)
    {
        string number = index.ToString("D7", CultureInfo.InvariantCulture);
        return (index % 4) switch
        {
            0 => new AssociationEntry
            {
                Name = "AWS-UpdateSSMAgent",
                AssociationName = "agent-" + number,
                Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web-" + number, "db-" + number] }],
                ScheduleExpression = "rate(14 days)",
                ComplianceSeverity = "MEDIUM",
            },
            1 => new AssociationEntry
            {
                Name = "AWS-RunPatchBaseline",
                AssociationName = "patch-" + number,
                Targets = [new AssociationTarget { Key = "tag:PatchGroup", Values = ["ring-" + number] }],
                Parameters = new ParameterMap { ["Operation"] = ["Scan"], ["RebootOption"] = ["NoReboot"] },
                ScheduleExpression = "cron(0 2 ? * SUN *)",
                MaxConcurrency = "25%",
                MaxErrors = "10%",
                ComplianceSeverity = "CRITICAL",
                OutputLocation = new InstanceAssociationOutputLocation
                {
                    S3Location = new S3OutputLocation { OutputS3Region = "us-east-1", OutputS3BucketName = "fleet-logs", OutputS3KeyPrefix = "patch/" + number },
                },
            },
            2 => new AssociationEntry
            {
                Name = "AWS-RunShellScript",
                AssociationName = "script-" + number,
                Targets = [new AssociationTarget { Key = "InstanceIds", Values = ["i-0123456789" + number, "i-0123456788" + number, "i-0123456787" + number] }],
                Parameters = new ParameterMap { ["commands"] = ["systemctl is-active web", "df -h /"], ["executionTimeout"] = ["600"] },
                ScheduleExpression = "rate(6 hours)",
                MaxConcurrency = "50",
                MaxErrors = "5",
            },
            _ => new AssociationEntry
            {
                Name = "AWS-ConfigureAWSPackage",
                AssociationName = "package-" + number,
                DocumentVersion = "$LATEST",
                Targets = [new AssociationTarget { Key = "tag:Team", Values = ["team-" + number] }, new AssociationTarget { Key = "tag:Stage", Values = ["prod"] }],
                Parameters = new ParameterMap { ["action"] = ["Install"], ["name"] = ["AmazonCloudWatchAgent"] },
                ScheduleExpression = "cron(30 4 ? * * *)",
                ApplyOnlyAtCronInterval = true,
                SyncCompliance = "AUTO",
            },
        };
    }

    /// <summary>An entry as ConvertFrom-Json makes it.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>A property bag.</returns>
    public static PSObject Object(int index) => Bag(Members(Typed(index)));

    /// <summary>An entry as @{ ... } makes it.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>A hashtable.</returns>
    public static object Table(int index) => Table(Members(Typed(index)));

    /// <summary>An entry in the AWS CLI's form.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>JSON in one line.</returns>
    public static string Json(int index) => JsonSerializer.Serialize(Members(Typed(index)));

    /// <summary>An entry of a batch request of the AWS SDK.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>The entry.</returns>
    public static CreateAssociationBatchRequestEntry Sdk(int index)
    {
        AssociationEntry entry = Typed(index);
        return new CreateAssociationBatchRequestEntry
        {
            Name = entry.Name,
            AssociationName = entry.AssociationName,
            DocumentVersion = entry.DocumentVersion,
            Targets = Targets(entry),
            Parameters = Parameters(entry),
            ScheduleExpression = entry.ScheduleExpression,
            MaxConcurrency = entry.MaxConcurrency,
            MaxErrors = entry.MaxErrors,
            ComplianceSeverity = entry.ComplianceSeverity,
            SyncCompliance = entry.SyncCompliance,
            ApplyOnlyAtCronInterval = entry.ApplyOnlyAtCronInterval,
            OutputLocation = Output(entry),
        };
    }

    /// <summary>A request of the AWS SDK for one association.</summary>
    /// <param name="index">Its place.</param>
    /// <returns>The request.</returns>
    public static CreateAssociationRequest SdkSingle(int index)
    {
        CreateAssociationBatchRequestEntry entry = Sdk(index);
        return new CreateAssociationRequest
        {
            Name = entry.Name,
            AssociationName = entry.AssociationName,
            DocumentVersion = entry.DocumentVersion,
            Targets = entry.Targets,
            Parameters = entry.Parameters,
            ScheduleExpression = entry.ScheduleExpression,
            MaxConcurrency = entry.MaxConcurrency,
            MaxErrors = entry.MaxErrors,
            ComplianceSeverity = entry.ComplianceSeverity,
            SyncCompliance = entry.SyncCompliance,
            ApplyOnlyAtCronInterval = entry.ApplyOnlyAtCronInterval,
            OutputLocation = entry.OutputLocation,
        };
    }

    private static List<Target>? Targets(AssociationEntry entry) =>
        entry.Targets?.Select(static target => new Target { Key = target.Key, Values = [.. target.Values!] }).ToList();

    private static Dictionary<string, List<string>>? Parameters(AssociationEntry entry) =>
        entry.Parameters?.ToDictionary(static pair => pair.Key, static pair => pair.Value!.Select(static value => value!).ToList());

    private static Amazon.SimpleSystemsManagement.Model.InstanceAssociationOutputLocation? Output(AssociationEntry entry) =>
        entry.OutputLocation?.S3Location is not { } s3 ? null : new()
        {
            S3Location = new()
            {
                OutputS3Region = s3.OutputS3Region,
                OutputS3BucketName = s3.OutputS3BucketName,
                OutputS3KeyPrefix = s3.OutputS3KeyPrefix,
            },
        };

    /// <summary>The members that are set, as plain maps, arrays and values.</summary>
    private static Dictionary<string, object> Members(AssociationEntry entry)
    {
        var members = new Dictionary<string, object>();
        void Add(string name, object? value)
        {
            if (value is not null)
            {
                members.Add(name, value);
            }
        }

        Add("Name", entry.Name);
        Add("AssociationName", entry.AssociationName);
        Add("DocumentVersion", entry.DocumentVersion);
        Add("Targets", entry.Targets?.Select(static target => (object)new Dictionary<string, object> { ["Key"] = target.Key!, ["Values"] = List(target.Values) }).ToArray());
        Add("Parameters", entry.Parameters?.ToDictionary(static pair => pair.Key, static pair => (object)List(pair.Value)));
        Add("ScheduleExpression", entry.ScheduleExpression);
        Add("MaxConcurrency", entry.MaxConcurrency);
        Add("MaxErrors", entry.MaxErrors);
        Add("ComplianceSeverity", entry.ComplianceSeverity);
        Add("SyncCompliance", entry.SyncCompliance);
        Add("ApplyOnlyAtCronInterval", entry.ApplyOnlyAtCronInterval);
        Add("OutputLocation", entry.OutputLocation?.S3Location is not { } s3 ? null : new Dictionary<string, object>
        {
            ["S3Location"] = new Dictionary<string, object>
            {
                ["OutputS3Region"] = s3.OutputS3Region!,
                ["OutputS3BucketName"] = s3.OutputS3BucketName!,
                ["OutputS3KeyPrefix"] = s3.OutputS3KeyPrefix!,
            },
        });
        return members;
    }

    private static object[] List(string?[]? values) => Array.ConvertAll(values!, static value => (object)value!);

    private static Hashtable Table(Dictionary<string, object> members)
    {
        var table = new Hashtable(StringComparer.CurrentCultureIgnoreCase);
        foreach ((string name, object value) in members)
        {
            table.Add(name, value switch
            {
                Dictionary<string, object> map => Table(map),
                object[] list => Array.ConvertAll(list, static item => item is Dictionary<string, object> map ? Table(map) : item),
                _ => value,
            });
        }

        return table;
    }

    private static PSObject Bag(Dictionary<string, object> members)
    {
        var bag = new PSObject();
        foreach ((string name, object value) in members)
        {
            bag.Properties.Add(new PSNoteProperty(name, value switch
            {
                Dictionary<string, object> map => Bag(map),
                object[] list => Array.ConvertAll(list, static item => item is Dictionary<string, object> map ? Bag(map) : item),
                _ => value,
            }));
        }

        return bag;
    }
}
