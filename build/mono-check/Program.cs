using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Isolation;
using SsmAssociationTools.Rehearsal;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.MonoCheck;

/// <summary>Says in lines of text what the module makes of entries, schedules, files and calls. Equal builds say the same.</summary>
internal static class Program
{
    private const string Formats = "SsmAssociationTools.Formats";
    private const string Adapter = "SsmAssociationTools.Aws";
    private const string Endpoint = "SsmAssociationTools.LocalEndpoint";

    private static readonly DateTime s_now = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly InputReader s_reader = new();
    private static readonly CanonicalContent s_content = new();
    private static readonly StringBuilder s_text = new();

    /// <summary>Writes the lines into a file.</summary>
    /// <param name="args">The folder of the repository, the file to write, and files of further entries, one a line.</param>
    /// <returns>0.</returns>
    public static async Task<int> Main(string[] args)
    {
        string root = args[0];
        string data = Path.Combine(root, "tests", "SsmAssociationTools.Tests", "Data");
        foreach (string path in new[] { Path.Combine(root, "samples", "fleet.jsonl"), Path.Combine(data, "real-entries.jsonl") }.Concat(args.Skip(2)))
        {
            int number = 0;
            foreach (string line in File.ReadAllLines(path))
            {
                Entry($"{Path.GetFileName(path)}:{++number}", Unwrapped(line));
            }
        }

        int row = 0;
        foreach (string line in File.ReadAllLines(Path.Combine(data, "schedules.csv")).Skip(1))
        {
            string expression = line[0] == '"' ? line.Substring(1, line.IndexOf('"', 1) - 1) : line.Substring(0, line.IndexOf(','));
            Entry($"schedule {++row}", new Dictionary<string, object?> { ["Name"] = "AWS-UpdateSSMAgent", ["Targets"] = "tag:A=b", ["ScheduleExpression"] = expression });
        }

        string files = Path.Combine(Path.GetDirectoryName(args[1])!, "files");
        var formats = PrivateAssemblies.Create<IEntryFileFormats>(Formats, Formats + ".FileFormats");
#if NET
        ReportedFiles.WriteTo(files, data);
        foreach (EntryTemplateFormat template in Enum.GetValues<EntryTemplateFormat>())
        {
            File.WriteAllText(Path.Combine(files, $"start.{template}"), formats.Template(template));
        }

#endif
        foreach (string path in Directory.GetFiles(files).Concat(Directory.GetFiles(Path.Combine(data, "Templates"))).Where(static path => Path.GetFileName(path) != "cases.jsonl").OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            if (EntryFileFormats.Of(path) is { } format)
            {
                ReadFile(formats, Path.GetFileName(path), File.ReadAllBytes(path), format);
            }
        }

        await CallAsync("clean").ConfigureAwait(false);
        await CallAsync("throttled", "CreateAssociationBatch first 1 throttle").ConfigureAwait(false);
        await CallAsync("denied", "CreateAssociationBatch always error code=AccessDeniedException message=\"no\"").ConfigureAwait(false);
        await CallAsync("cut off", "CreateAssociationBatch first 1 reset acted=yes").ConfigureAwait(false);

        File.WriteAllText(args[1], s_text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return 0;
    }

    /// <summary>The real entries stand beside their source.</summary>
    private static string Unwrapped(string line) =>
        line.StartsWith("{\"entry\": ", StringComparison.Ordinal) ? line.Substring(10, line.LastIndexOf(", \"source\"", StringComparison.Ordinal) - 10) : line;

    private static void Entry(string name, object? input)
    {
        var issues = new IssueCollector();
        InputFacts facts = s_reader.Read(input, issues);
        string key = "none";
        if (facts.Entry is { } entry)
        {
            new EntryValidator(new ValidationOptions { Region = "eu-north-1" }, static () => s_now).Validate(entry, issues);
            ArraySegment<byte> bytes = s_content.BytesOf(entry);
            using var sha = SHA256.Create();
            key = string.Concat(sha.ComputeHash(bytes.Array!, bytes.Offset, bytes.Count).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
        }

        Say($"{name} {key}");
        foreach (EntryIssue issue in issues.Take())
        {
            Say("   " + issue);
        }
    }

    private static void ReadFile(IEntryFileFormats formats, string name, byte[] bytes, EntryFileFormat format)
    {
        var options = new FileReadOptions { Format = format, Templates = new TemplateInputs { Region = "eu-north-1", AccountId = "012345678901" } };
        try
        {
            foreach (ImportedEntry read in new EntryImport(formats, strict: false).Read(new MemoryStream(bytes), name, options))
            {
                if (read.Entry is null)
                {
                    Say($"{name} line {read.Line} none");
                }
                else
                {
                    Entry($"{name} line {read.Line}", read.Entry);
                }

                foreach (string text in read.Errors.Concat(read.Warnings.Select(static warning => warning.Text)))
                {
                    Say("   " + text);
                }
            }
        }
        catch (FileFormatException problem)
        {
            Say($"{name}: {problem.Message}");
        }
    }

    /// <summary>Real calls over HTTP: ids and times differ from run to run, so what they say of themselves is left out.</summary>
    private static async Task CallAsync(string name, params string[] faults)
    {
        var launcher = PrivateAssemblies.Create<ILocalEndpointLauncher>(Endpoint, Endpoint + ".LocalEndpointLauncher");
        using ILocalEndpointServer server = launcher.Start(new LocalEndpointOptions { Region = "eu-north-1", Faults = faults });
        using var factory = PrivateAssemblies.Create<IGatewayFactory>(Adapter, Adapter + ".AwsGatewayFactory");
        using IFleetGateway gateway = factory.Connect(new ConnectionSettings { Region = "eu-north-1", AccessKey = "local", SecretKey = "local", EndpointUrl = server.Url, MaxConnections = 4 });

        AssociationEntry[] entries = [.. Enumerable.Range(0, 5).Select(static number => new AssociationEntry
        {
            Name = number == 3 ? "No-Such-Document" : "AWS-RunPatchBaseline",
            AssociationName = "patch-" + number,
            Targets = [new AssociationTarget { Key = "tag:Gr\u00f6\u00dfe", Values = ["\ud83d\ude00"] }],
            Parameters = new ParameterMap { ["Operation"] = ["Scan"] },
            ScheduleExpression = "rate(1 day)",
        })];
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            try
            {
                CreateBatchAnswer answer = await gateway.CreateAssociationBatchAsync(new CreateBatchRequest(entries, null), CancellationToken.None).ConfigureAwait(false);
                Say($"{name} {attempt}: {answer.Successful.Count} created, {string.Join("; ", answer.Failed.Select(static failed => $"{failed.Fault} {failed.Message}"))}");
            }
            catch (GatewayException problem)
            {
                Say($"{name} {attempt}: {problem.Kind} {problem.ErrorCode} {problem.StatusCode}");
            }
        }

        ListAnswer list = await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None).ConfigureAwait(false);
        foreach (AssociationRecord line in list.Associations)
        {
            AssociationRecord? whole = await gateway.DescribeAssociationAsync(line.AssociationId!, CancellationToken.None).ConfigureAwait(false);
            Entry($"{name} read back", whole!.Content);
            Say($"   deleted {await gateway.DeleteAssociationAsync(line.AssociationId!, CancellationToken.None).ConfigureAwait(false)}");
        }

        Say($"{name}: {server.RequestCount} calls, {server.AssociationCount} left");
    }

    private static void Say(string line) => s_text.Append(line.Replace("\n", "\\n")).Append('\n');
}
