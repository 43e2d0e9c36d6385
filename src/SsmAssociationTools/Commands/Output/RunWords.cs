using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <summary>How a command speaks of its inputs and results.</summary>
internal sealed class RunWords<TResult>
{
    public RunWords(
        string inputs,
        string succeeded,
        string others,
        Func<TResult, IReadOnlyList<TResult>, ErrorRecord> failed,
        Func<StopReason, Destination?, long, IReadOnlyList<TResult>, ErrorRecord> stopped,
        Func<TResult, FailureFacts> facts,
        Func<string, string, Exception> exception)
    {
        Inputs = inputs;
        Succeeded = succeeded;
        Others = others;
        Failed = failed;
        Stopped = stopped;
        Facts = facts;
        Exception = exception;
    }

    /// <summary>The inputs in the plural: <c>entries</c>.</summary>
    public string Inputs { get; }

    /// <summary>What became of those that succeeded: <c>created</c>.</summary>
    public string Succeeded { get; }

    /// <summary>What became of the others: <c>failed or not sent</c>.</summary>
    public string Others { get; }

    /// <summary>Makes the error of a failure; takes the results that it carries.</summary>
    public Func<TResult, IReadOnlyList<TResult>, ErrorRecord> Failed { get; }

    /// <summary>Makes the error of a stop; takes the place or null for all, how many were not attempted, and the results that it carries.</summary>
    public Func<StopReason, Destination?, long, IReadOnlyList<TResult>, ErrorRecord> Stopped { get; }

    /// <summary>What tells failures of one kind.</summary>
    public Func<TResult, FailureFacts> Facts { get; }

    /// <summary>Makes the exception of an error that stands for several; takes its id and message.</summary>
    public Func<string, string, Exception> Exception { get; }
}
