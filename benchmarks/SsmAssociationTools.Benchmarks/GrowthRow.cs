using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 10: what ten and a hundred times as much costs for each association, and how large a report gets.</summary>
internal static class GrowthRow
{
    private const int InRegion = 2_000;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(10, "what", "associations or rows", "seconds", "µs for each", "MiB");
        int[] factors = settings.IsQuick ? [1, 10] : [1, 10, 100];
        using var session = new Session();
        foreach (int factor in factors)
        {
            int count = factor * InRegion;
            session.Set("wanted", Enumerable.Range(0, count).Select(SampleEntries.Object).ToArray());
            session.Set("existing", Enumerable.Range(0, count).Select(Existing).ToArray());
            await AddAsync("Compare- with what is given as existing", count, "@($wanted | Compare-SsmAssociationEntry -Existing $existing | Where-Object { $_.Status -eq 'Same' }).Count");
            session.Run("$existing = $null");
        }

        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        try
        {
            session.Set("wanted", Enumerable.Range(0, InRegion).Select(SampleEntries.Object).ToArray());
            foreach (int factor in factors)
            {
                using Endpoint endpoint = await Endpoint.StartAsync(0, keep: 0);
                session.Connect(endpoint.Url);
                session.Set("connection", With(session, factor, Path.Combine(folder, $"{factor}.journal")));
                string sync = "$wanted | Sync-SsmAssociationBatch @connection -Force -WarningAction Ignore";
                int regions = factor;
                await AddAsync($"Sync- of {regions} Regions, all missing", factor * InRegion, $"@({sync} | Where-Object {{ $_.Status -eq 'Created' }}).Count");
                await AddAsync($"Sync- of {regions} Regions with its journal, all there", factor * InRegion, $"@({sync} | Where-Object {{ $_.Status -eq 'Existing' }}).Count");
            }

            foreach (int factor in factors)
            {
                int rows = factor * 1_000;
                string path = Path.Combine(folder, $"{rows}.html");
                session.Set("rows", Enumerable.Range(0, rows).Select(SampleEntries.Object).ToArray());
                session.Run("$rows = $rows | Test-SsmAssociationEntry");
                Pass pass = await Pass.MeasureAsync(rows, () => session.Run($"$rows | Export-SsmAssociationReport -Path '{Session.Quoted(path)}'"));
                Add("Export-SsmAssociationReport of validations", rows, pass, Spread.Text(new FileInfo(path).Length / (1024.0 * 1024)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task AddAsync(string what, int count, string script) =>
            Add(what, count, await Pass.MeasureAsync(count, () => session.Run(script, count)), string.Empty);

        void Add(string what, int count, Pass pass, string size) => table.Add(
            what,
            count.ToString("N0", CultureInfo.InvariantCulture),
            Spread.Text(pass.Seconds),
            Spread.Text(pass.Seconds * 1e6 / count),
            size);
    }

    private static object With(Session session, int regions, string journal)
    {
        string names = string.Join(',', Enumerable.Range(1, regions).Select(static number => $"'us-test-{number}'"));
        return session.Run($"$connection['Region'] = @({names}); $connection['JournalPath'] = '{Session.Quoted(journal)}'; , $connection")[0].BaseObject;
    }

    private static PSObject Existing(int index)
    {
        PSObject entry = SampleEntries.Object(index);
        entry.Properties.Add(new PSNoteProperty("AssociationId", $"{index:x8}-0000-4000-8000-000000000000"));
        entry.Properties.Add(new PSNoteProperty("AssociationVersion", "1"));
        entry.Properties.Add(new PSNoteProperty("Region", "us-east-1"));
        return entry;
    }
}
