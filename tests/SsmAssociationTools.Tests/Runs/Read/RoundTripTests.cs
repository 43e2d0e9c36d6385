using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using CsCheck;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.LocalEndpoint;
using SsmAssociationTools.Rehearsal;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Read;
using SsmAssociationTools.Tests.Files;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Read;

/// <summary>What was created reads back with the content that was asked for, and goes through a file and a second creation unchanged.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly ILocalEndpointServer _server = ((ILocalEndpointLauncher)new LocalEndpointLauncher()).Start(new LocalEndpointOptions { Seed = 1, Documents = ["*"], AssociationLimit = 0 });
    private readonly IAssociationGateway _gateway;
    private readonly CanonicalContent _canonical = new();

    public RoundTripTests() => _gateway = new AwsGatewayFactory().Connect(new ConnectionSettings
    {
        Region = "us-east-1",
        AccessKey = "AKIDEXAMPLE",
        SecretKey = "secret",
        EndpointUrl = _server.Url,
        CallTimeout = TimeSpan.FromSeconds(60),
        MaxConnections = 4,
    });

    [Fact]
    public void Every_real_entry_that_the_service_takes_comes_back_as_it_was_asked_for()
    {
        List<AssociationEntry> created = [];
        foreach (string line in File.ReadLines(TestData.PathOf("real-entries.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            AssociationEntry? entry = new EntryReader().Read(document.RootElement.GetProperty("entry").GetRawText(), new IssueCollector());
            if (entry is not null && Create(entry))
            {
                created.Add(entry);
            }
        }

        Assert.True(created.Count >= 35, $"Only {created.Count} were created.");
        Check(created);
    }

    [Fact]
    public void Entries_of_every_kind_come_back_as_they_were_asked_for()
    {
        int number = 0;
        List<AssociationEntry> created = [];
        Gen<string> text = Gen.String[Gen.Char["abcXYZ019-_."], 3, 8];
        Gen<string> value = Gen.OneOf(text, Gen.String[Gen.Char["ab \"'{}[],;=\\\u00e9\n"], 1, 8]);
        Gen.Select(
            Gen.Int[0, 3],
            Gen.Select(value.Array[1, 3], value.Array[1, 2], text),
            Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 3]),
            Gen.Bool)
            .Sample(
            (kind, texts, choices, flag) =>
            {
                var entry = new AssociationEntry
                {
                    Name = kind == 0 ? "AWS-UpdateSSMAgent" : "customer-" + (++number % 5),
                    AssociationName = flag ? "n-" + texts.Item3 : null,
                    InstanceId = kind == 0 ? $"i-{++number:x8}" : null,
                    Targets = kind is 1 or 2 ? [new AssociationTarget { Key = "tag:" + texts.Item3, Values = ["x", texts.Item3] }, new AssociationTarget { Key = "tag:b", Values = ["y"] }] : null,
                    Parameters = kind == 0 ? null : new ParameterMap { ["commands"] = texts.Item1, [texts.Item3.Replace(".", "", StringComparison.Ordinal) + "p"] = texts.Item2 },
                    MaxErrors = choices.Item1 switch { 0 => "0", 1 => "10%", _ => null },
                    MaxConcurrency = choices.Item2 == 0 ? "25%" : null,
                    ScheduleExpression = choices.Item2 switch { 1 => "cron(0 2 ? * SUN *)", 2 => "rate(1 day)", _ => null },
                    ApplyOnlyAtCronInterval = choices.Item2 switch { 1 => true, 2 => false, _ => null },
                    ScheduleOffset = choices.Item2 == 1 && flag ? 2 : null,
                    ComplianceSeverity = choices.Item3 switch { 0 => "UNSPECIFIED", 1 => "HIGH", _ => null },
                    SyncCompliance = choices.Item3 == 2 ? "AUTO" : null,
                    DocumentVersion = choices.Item1 switch { 2 => "$DEFAULT", 3 => "$LATEST", _ => null },
                    OutputLocation = flag && choices.Item1 == 4 ? new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "bucket-one", OutputS3KeyPrefix = "p" } } : null,
                    AlarmConfiguration = choices.Item1 == 5 ? new AlarmConfiguration { Alarms = [new Alarm { Name = "alarm" }], IgnorePollAlarmFailure = flag } : null,
                };
                if (Create(entry))
                {
                    created.Add(entry);
                }
            },
            iter: 150,
            threads: 1);

        Assert.True(created.Count >= 75, $"Only {created.Count} were created.");
        Check(created);
    }

    public void Dispose()
    {
        _canonical.Dispose();
        _gateway.Dispose();
        _server.Dispose();
    }

    private void Check(List<AssociationEntry> created)
    {
        ContentKey[] keys = [.. created.Select(_canonical.KeyOf)];
        AssociationEntry[] read = [.. Read()];
        for (int i = 0; i < Math.Max(read.Length, created.Count); i++)
        {
            Assert.True(keys[i].Equals(_canonical.KeyOf(read[i])), $"{created[i]} of {TargetText.Of(created[i])} is {read[i]} of {TargetText.Of(read[i])}");
            Assert.Null(read[i].Region);
        }

        foreach (EntryFileFormat format in new[] { EntryFileFormat.Jsonl, EntryFileFormat.Json, EntryFileFormat.Csv })
        {
            IReadOnlyList<ImportedEntry> imported = FileText.Import(FileText.Export(read, new FileWriteOptions { Format = format }), format);
            Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
            Assert.Equal(keys, imported.Select(item => _canonical.KeyOf(item.Entry!)));
        }

        // Sent again, whatever may exist twice makes the same once more.
        AssociationEntry[] repeatable = [.. read.Where(entry => entry.InstanceId is null && Create(entry))];
        Assert.Equal(repeatable.Select(_canonical.KeyOf), Read().Skip(created.Count).Select(_canonical.KeyOf));
        Assert.True(repeatable.Length > created.Count / 2);
    }

    private bool Create(AssociationEntry entry)
    {
        try
        {
            return _gateway.CreateAssociationBatchAsync(new CreateBatchRequest([entry], null), CancellationToken.None).GetAwaiter().GetResult().Successful.Count == 1;
        }
        catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected)
        {
            return false;
        }
    }

    private List<AssociationEntry> Read()
    {
        using var fleet = new FleetReader(new AssociationReader(_gateway, new RunOptions(), new SystemClock(), new Backoff(new Random(1))), 4, () => { }, CancellationToken.None);
        return [.. fleet.ReadList(new ListRequest(), _ => true, id => Assert.Fail(id)).Select(record => ReadBackContent.Of(record.Content, record.AssociationId))];
    }
}
