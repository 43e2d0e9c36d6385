using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Content;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 3: Test-SsmAssociationEntry against the rules called directly, and against botocore's parameter validation.</summary>
internal static class ValidationRow
{
    private const int Entries = 20_000;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(3, "input of Test-", "against", "pairs", "time of Test- / time of the other", "Test-, entries/s", "other, entries/s");
        using var session = new Session();
        AssociationEntry[] typed = [.. Enumerable.Range(0, Entries).Select(SampleEntries.Typed)];
        PSObject[] bags = [.. Enumerable.Range(0, Entries).Select(SampleEntries.Object)];
        (string Name, object[] Entries)[] inputs =
        [
            ("property bags", [.. bags]),
            ("typed entries", [.. typed]),
        ];
        (string Name, Func<Task<Pass>> Run)[] others =
        [
            ("the rules of one entry, typed entries", () => Pass.MeasureAsync(Entries, () => Validate(typed, withRun: false))),
            ("all rules with content keys, typed entries", () => Pass.MeasureAsync(Entries, () => Validate(typed, withRun: true))),
            ("reading and all rules, property bags", () => Pass.MeasureAsync(Entries, () => ReadAndValidate(bags))),
        ];
        using BotocoreRate? botocore = await BotocoreRate.StartAsync(Entries);
        if (botocore is not null)
        {
            others = [.. others, ($"botocore {botocore.Version}, ParamValidator", botocore.RunAsync)];
        }

        foreach ((string input, object[] entries) in inputs)
        {
            foreach ((string other, Func<Task<Pass>> run) in others)
            {
                session.Set("entries", entries);
                Comparison result = await Comparison.RunAsync(settings.Pairs, 5, () => TestAsync(session), run);
                table.Add(
                    input,
                    other,
                    settings.Pairs.ToString(CultureInfo.InvariantCulture),
                    result.TimeRatio.ToString(),
                    Spread.Text(result.ModuleRate.Median),
                    Spread.Text(result.OtherRate.Median));
            }
        }

        if (botocore is null)
        {
            table.Add("-", "botocore, ParamValidator", "0", "not available: no python3 with botocore here", "-", "-");
        }
    }

    private static async Task<Pass> TestAsync(Session session)
    {
        Pass pass = await Pass.MeasureAsync(Entries, () => session.Run("$results = $entries | Test-SsmAssociationEntry"));
        session.Run("$results | Measure-BenchmarkResult; $results = $null", Entries);
        return pass;
    }

    private static void ReadAndValidate(PSObject[] bags)
    {
        using var intake = new EntryIntake(region: null, strict: false, isExcluded: null, skipRules: false, takesResultRegion: true, takesResultRole: true);
        int valid = bags.Count(bag => EntryIntake.Errors(intake.Take(bag)) is null);
        if (valid != bags.Length)
        {
            throw new InvalidOperationException($"Only {valid} entries are valid.");
        }
    }

    private static void Validate(AssociationEntry[] entries, bool withRun)
    {
        var validator = new EntryValidator(new ValidationOptions());
        var issues = new IssueCollector();
        var run = new RunRules();
        using var canonical = new CanonicalContent();
        int valid = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            validator.Validate(entries[i], issues);
            if (withRun)
            {
                run.Check(i, entries[i], canonical.KeyOf(entries[i]), issues);
            }

            valid += issues.HasErrors ? 0 : 1;
            issues.Take();
        }

        if (valid != entries.Length)
        {
            throw new InvalidOperationException($"Only {valid} entries are valid.");
        }
    }
}
