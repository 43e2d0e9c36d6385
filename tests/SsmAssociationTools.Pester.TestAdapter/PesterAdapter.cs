using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace SsmAssociationTools.Pester.TestAdapter;

/// <summary>Makes each spec of tests/Pester a test of the test platform, once for each version of Pester.</summary>
[FileExtension(".dll")]
[Category("managed")]
[DefaultExecutorUri(ExecutorUri)]
[ExtensionUri(ExecutorUri)]
public sealed class PesterAdapter : ITestDiscoverer, ITestExecutor, IDisposable
{
    private const string ExecutorUri = "executor://SsmAssociationTools/Pester";

    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc/>
    public void DiscoverTests(IEnumerable<string> sources, IDiscoveryContext discoveryContext, IMessageLogger logger, ITestCaseDiscoverySink discoverySink)
    {
        foreach (string source in sources.Where(IsThisAssembly))
        {
            foreach (TestCase test in List(source))
            {
                discoverySink.SendTestCase(test);
            }
        }
    }

    /// <inheritdoc/>
    public void RunTests(IEnumerable<string>? sources, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        foreach (string source in (sources ?? []).Where(IsThisAssembly))
        {
            ITestCaseFilterExpression? filter = runContext?.GetTestCaseFilter([nameof(TestCase.FullyQualifiedName)], _ => TestCaseProperties.FullyQualifiedName);
            if (filter is null)
            {
                Run(source, SpecShell.SpecFiles, SpecShell.PesterVersions, _ => true, frameworkHandle!);
            }
            else
            {
                Run(List(source).Where(test => filter.MatchTestCase(test, _ => test.FullyQualifiedName)), frameworkHandle!);
            }
        }
    }

    /// <inheritdoc/>
    public void RunTests(IEnumerable<TestCase>? tests, IRunContext? runContext, IFrameworkHandle? frameworkHandle) =>
        Run(tests ?? [], frameworkHandle!);

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private static bool IsThisAssembly(string source) =>
        Path.GetFileName(source) == Path.GetFileName(typeof(PesterAdapter).Assembly.Location);

    private static TestCase ToTestCase(SpecRecord spec, string version, string source, HashSet<string> taken)
    {
        string file = Path.GetFileName(spec.File).Replace(".Tests.ps1", string.Empty, StringComparison.Ordinal);
        string name = $"{file} [Pester {version}]: {spec.Name}";
        for (int copy = 2; !taken.Add(name); copy++)
        {
            name = $"{file} [Pester {version}]: {spec.Name} ({copy})";
        }

        return new TestCase(name, new Uri(ExecutorUri), source) { DisplayName = name, CodeFilePath = spec.File, LineNumber = spec.Line };
    }

    private List<TestCase> List(string source)
    {
        var found = new List<TestCase>();
        foreach (string version in SpecShell.PesterVersions)
        {
            var taken = new HashSet<string>();
            SpecShell.List(version, spec => found.Add(ToTestCase(spec, version, source, taken)), _stop.Token);
        }

        return found;
    }

    private void Run(IEnumerable<TestCase> tests, IFrameworkHandle output)
    {
        foreach (IGrouping<string, TestCase> source in tests.GroupBy(test => test.Source))
        {
            var wanted = source.Select(test => test.FullyQualifiedName).ToHashSet();
            string[] versions = [.. SpecShell.PesterVersions.Where(version => wanted.Any(name => name.Contains($"[Pester {version}]", StringComparison.Ordinal)))];
            Run(source.Key, source.Select(test => test.CodeFilePath!).Distinct(), versions, wanted.Contains, output);
        }
    }

    /// <summary>Each version has shells of its own, and all run side by side: most of their time is waiting for shells that the specs start.</summary>
    private void Run(string source, IEnumerable<string> files, IReadOnlyList<string> versions, Func<string, bool> isWanted, IFrameworkHandle output) =>
        Task.WaitAll(versions.Select(version => Task.Run(() =>
        {
            var taken = new HashSet<string>();
            try
            {
                SpecShell.Run(version, files, spec => Report(ToTestCase(spec, version, source, taken), spec, isWanted, output), _stop.Token);
                if (taken.Count == 0)
                {
                    throw new InvalidOperationException("No spec was found.");
                }
            }
            catch (InvalidOperationException problem) when (!_stop.IsCancellationRequested)
            {
                // A run that broke off must not look like one that had fewer specs.
                var broken = new SpecRecord(SpecShell.SpecFiles[0], "the run comes to its end", 1, "Failed", 0, problem.Message);
                Report(ToTestCase(broken, version, source, taken), broken, _ => true, output);
            }
        })).ToArray());

    private static void Report(TestCase test, SpecRecord spec, Func<string, bool> isWanted, IFrameworkHandle output)
    {
        // A failure is told even where only others were asked for: the spec that was may not have run because of it.
        if (!isWanted(test.FullyQualifiedName) && spec.Result != "Failed")
        {
            return;
        }

        var outcome = spec.Result switch
        {
            "Passed" => TestOutcome.Passed,
            "Skipped" or "NotRun" or "Inconclusive" => TestOutcome.Skipped,
            _ => TestOutcome.Failed,
        };
        output.RecordStart(test);
        output.RecordEnd(test, outcome);
        output.RecordResult(new TestResult(test)
        {
            DisplayName = test.DisplayName,
            Outcome = outcome,
            Duration = TimeSpan.FromSeconds(spec.Seconds),
            ErrorMessage = spec.Error.Length > 0 ? spec.Error : null,
        });
    }
}
