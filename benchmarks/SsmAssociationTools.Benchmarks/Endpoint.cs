using System;
using System.Globalization;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>The local endpoint in a process of its own.</summary>
internal sealed class Endpoint : IDisposable
{
    private readonly ChildProcess _process;

    private Endpoint(ChildProcess process, string url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>Starts an endpoint that takes any number of associations.</summary>
    /// <param name="latency">Milliseconds that it waits before each answer.</param>
    /// <param name="inventory">Path of a file with its nodes; null for its own.</param>
    /// <param name="keep">How many of the youngest it remembers; 0 for all.</param>
    /// <returns>The endpoint.</returns>
    public static async Task<Endpoint> StartAsync(int latency, string? inventory = null, int keep = 10_000)
    {
        string[] options = ["endpoint", "--limit", "0", "--keep", keep.ToString(CultureInfo.InvariantCulture), "--latency", latency.ToString(CultureInfo.InvariantCulture)];
        ChildProcess process = ChildProcess.Self(inventory is null ? options : [.. options, "--inventory", inventory]);
        return new Endpoint(process, await process.ReadLineAsync());
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
