using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>A process that is started for a measurement and spoken to in lines.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>Starts this program again for another job.</summary>
    /// <param name="args">Its arguments.</param>
    /// <returns>The process.</returns>
    public static ChildProcess Self(params string[] args) => new(SelfProgram.Running.Start(args));

    /// <summary>Starts another program.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="args">Its arguments.</param>
    /// <returns>The process.</returns>
    public static ChildProcess Of(string program, params string[] args) => new(new ProcessStartInfo(program, args));

    /// <summary>Runs this program again for another job, to its end.</summary>
    /// <param name="args">Its arguments.</param>
    /// <returns>What it wrote, without white space at the ends.</returns>
    public static Task<string> RunSelfAsync(params string[] args) => RunAsync(SelfProgram.Running, args);

    /// <summary>Runs a copy of this program for a job, to its end.</summary>
    /// <param name="program">The copy.</param>
    /// <param name="args">Its arguments.</param>
    /// <returns>What it wrote, without white space at the ends.</returns>
    public static async Task<string> RunAsync(SelfProgram program, params string[] args)
    {
        using var child = new ChildProcess(program.Start(args));
        string text = await child._process.StandardOutput.ReadToEndAsync();
        await child._process.WaitForExitAsync();
        return child._process.ExitCode == 0 ? text.Trim() : throw new InvalidOperationException($"The job {args[0]} ended with {child._process.ExitCode}.");
    }

    /// <summary>Reads a line.</summary>
    /// <returns>The line.</returns>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException("The process ended: " + _process.StartInfo.FileName);

    /// <summary>Asks for something and reads the number that is the answer.</summary>
    /// <returns>The number.</returns>
    public async Task<double> AskAsync()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        return double.Parse(await ReadLineAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Ends its input, at which every process of the benchmarks ends.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
