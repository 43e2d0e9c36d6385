using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint;

/// <summary>
/// Runs an endpoint in a process of its own, without PowerShell: a console program's Main only has to call
/// <see cref="Run"/>. Benchmarks do, so that the endpoint's work is not measured with the client's.
/// </summary>
public static class LocalEndpointConsole
{
    private const string Usage =
        "Options: --port N, --region NAME, --account ID, --limit N, --keep N, --latency MILLISECONDS, --document NAME, --inventory PATH, --state PATH, --fault TEXT, --fault-file PATH, --seed N, --omitted AsSeen|Reset|Keep, --clock TIME, --clock-speed NUMBER; --document and --fault may be repeated.";

    /// <summary>Starts an endpoint, writes its address as one line, and runs until the input ends.</summary>
    /// <param name="args">Names and values, such as --port 8080.</param>
    /// <param name="input">Its end stops the endpoint, so that the endpoint ends with the process that started it.</param>
    /// <param name="output">Gets the address.</param>
    /// <param name="error">Gets what is wrong with the arguments.</param>
    /// <returns>0; 2 when the arguments are wrong or the endpoint cannot be started.</returns>
    public static int Run(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error)
    {
        ArgumentNotNull(args, nameof(args));
        ArgumentNotNull(input, nameof(input));
        ArgumentNotNull(output, nameof(output));
        ArgumentNotNull(error, nameof(error));
        try
        {
            using var server = new LocalEndpointServer(Read(args));
            output.WriteLine(server.Url);
            output.Flush();
            while (input.ReadLine() is not null)
            {
            }

            return 0;
        }
        catch (Exception exception) when (exception is LocalEndpointException or FormatException)
        {
            error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static void ArgumentNotNull(object value, string name)
    {
        if (value is null)
        {
            throw new ArgumentNullException(name);
        }
    }

    private static LocalEndpointOptions Read(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> documents = [];
        List<string> faults = [];
        for (int i = 0; i < args.Count; i += 2)
        {
            string value = i + 1 < args.Count ? args[i + 1] : throw new FormatException($"{args[i]} has no value. {Usage}");
            switch (args[i])
            {
                case "--document":
                    documents.Add(value);
                    break;
                case "--fault":
                    faults.Add(value);
                    break;
                case "--port" or "--region" or "--account" or "--limit" or "--keep" or "--latency" or "--inventory" or "--state" or "--fault-file" or "--seed"
                    or "--omitted" or "--clock" or "--clock-speed":
                    values[args[i]] = value;
                    break;
                default:
                    throw new FormatException($"{args[i]} is not an option. {Usage}");
            }
        }

        string? Text(string name) => values.TryGetValue(name, out string? value) ? value : null;
        int? Number(string name) => Text(name) is not string text ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
            : throw new FormatException($"{name} {text}: a whole number is expected. {Usage}");
        double speed = 1;
        DateTime start = default;
        OmittedMember omitted = default;
        if (Text("--omitted") is string mode && !(Enum.TryParse(mode, ignoreCase: true, out omitted) && omitted is OmittedMember.AsSeen or OmittedMember.Reset or OmittedMember.Keep))
        {
            throw new FormatException($"--omitted {mode}: AsSeen, Reset or Keep is expected. {Usage}");
        }

        if (Text("--clock") is string time
            && !DateTime.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out start))
        {
            throw new FormatException($"--clock {time}: a time such as 2027-01-01T00:00:00Z is expected. {Usage}");
        }

        if (Text("--clock-speed") is string factor && !(double.TryParse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed <= 31_536_000))
        {
            throw new FormatException($"--clock-speed {factor}: a number from 0 to 31536000 is expected. {Usage}");
        }

        var defaults = new LocalEndpointOptions();
        return new LocalEndpointOptions
        {
            Port = Number("--port") ?? defaults.Port,
            Region = Text("--region") ?? defaults.Region,
            AccountId = Text("--account") ?? defaults.AccountId,
            AssociationLimit = Number("--limit") ?? defaults.AssociationLimit,
            Keep = Number("--keep") ?? defaults.Keep,
            Latency = TimeSpan.FromMilliseconds(Number("--latency") ?? 0),
            Documents = documents,
            InventoryPath = Text("--inventory"),
            StatePath = Text("--state"),
            Faults = faults,
            FaultPath = Text("--fault-file"),
            Seed = Number("--seed"),
            OmittedMember = omitted,
            ClockStart = Text("--clock") is null ? null : start,
            ClockSpeed = speed,
        };
    }
}
