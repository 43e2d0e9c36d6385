using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>botocore's parameter validation in a Python process, over the same entries.</summary>
internal sealed class BotocoreRate : IDisposable
{
    private const string Script = "botocore_rate.py";

    private readonly ChildProcess _process;
    private readonly string _folder;
    private readonly int _entries;

    private BotocoreRate(ChildProcess process, string folder, int entries, string version)
    {
        _process = process;
        _folder = folder;
        _entries = entries;
        Version = version;
    }

    /// <summary>Version of botocore.</summary>
    public string Version { get; }

    /// <summary>Starts Python.</summary>
    /// <param name="entries">Entries of a pass.</param>
    /// <returns>The process; null where there is no python3 that has botocore.</returns>
    public static async Task<BotocoreRate?> StartAsync(int entries)
    {
        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        string script = Path.Combine(folder, Script);
        string file = Path.Combine(folder, "entries.jsonl");
        await using (Stream source = typeof(BotocoreRate).Assembly.GetManifestResourceStream(Script)!)
        await using (Stream target = File.Create(script))
        {
            await source.CopyToAsync(target);
        }

        await File.WriteAllLinesAsync(file, Enumerable.Range(0, entries).Select(SampleEntries.Json));
        ChildProcess? process = null;
        try
        {
            process = ChildProcess.Of("python3", script, file);
            return new BotocoreRate(process, folder, entries, await process.ReadLineAsync());
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or EndOfStreamException)
        {
            process?.Dispose();
            Directory.Delete(folder, recursive: true);
            return null;
        }
    }

    /// <summary>Runs a pass.</summary>
    /// <returns>What it took, by Python's own clock.</returns>
    public async Task<Pass> RunAsync() => new(_entries, await _process.AskAsync(), 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
