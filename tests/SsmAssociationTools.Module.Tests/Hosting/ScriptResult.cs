using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>All that a script left behind, on every stream and on the host.</summary>
public sealed class ScriptResult
{
    /// <summary>What it wrote to the output, nulls included, also when it ended with an error.</summary>
    public required IReadOnlyList<PSObject?> Output { get; init; }

    /// <summary>Non-terminating errors, in their order.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>The error that ended the script; null when it ran to its end or was stopped.</summary>
    public required ErrorRecord? TerminatingError { get; init; }

    /// <summary>True when the script was stopped, as by Ctrl+C.</summary>
    public required bool WasStopped { get; init; }

    /// <summary>Warnings.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Verbose lines, where the script asked for them.</summary>
    public required IReadOnlyList<string> Verbose { get; init; }

    /// <summary>Debug lines, where the script asked for them.</summary>
    public required IReadOnlyList<string> Debug { get; init; }

    /// <summary>Information records, what Write-Host writes included.</summary>
    public required IReadOnlyList<InformationRecord> Information { get; init; }

    /// <summary>Progress records, in their order.</summary>
    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>Text that went to the host: formatted output and What-if lines.</summary>
    public required string HostText { get; init; }

    /// <summary>Questions that the host was told to ask.</summary>
    public required IReadOnlyList<HostPrompt> Prompts { get; init; }

    /// <summary>The lines that ShouldProcess wrote because of -WhatIf.</summary>
    public IReadOnlyList<string> WhatIf =>
        [.. HostText.Split('\n').Where(line => line.StartsWith("What if:", StringComparison.Ordinal))];

    /// <summary>The base objects of the output that are of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The objects in their order.</returns>
    public IReadOnlyList<T> OutputOf<T>() => [.. Output.Select(item => item?.BaseObject).OfType<T>()];

    /// <summary>Every text of every stream and of the host, for tests that look for what must not be said.</summary>
    /// <returns>The texts, one after the other.</returns>
    public string AllText() => string.Join(
        "\n",
        Errors.Select(error => $"{error} {error.ErrorDetails} {error.CategoryInfo} {error.Exception}")
            .Append(TerminatingError is null ? string.Empty : $"{TerminatingError} {TerminatingError.ErrorDetails} {TerminatingError.CategoryInfo} {TerminatingError.Exception}")
            .Concat(Warnings)
            .Concat(Verbose)
            .Concat(Debug)
            .Concat(Information.Select(record => record.ToString()))
            .Concat(Progress.Select(record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}"))
            .Append(HostText)
            .Concat(Prompts.Select(prompt => $"{prompt.Caption} {prompt.Message}")));

    /// <summary>Demands that nothing went wrong.</summary>
    /// <returns>This result, to go on with.</returns>
    /// <exception cref="InvalidOperationException">The script wrote or ended with an error.</exception>
    public ScriptResult WithoutErrors()
    {
        ErrorRecord? error = TerminatingError ?? (Errors.Count > 0 ? Errors[0] : null);
        return error is null ? this : throw new InvalidOperationException($"The script wrote an error: {error}", error.Exception);
    }
}
