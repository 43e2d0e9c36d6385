using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// What stands in the pipeline for a row or a file that could not be read: the output of Import-SsmAssociationEntry in place
/// of the entry. New-SsmAssociationBatch, Test-SsmAssociationEntry and Export-SsmAssociationReport give it a result of its
/// own, Compare-SsmAssociationEntry calls nothing extra after one, and nothing is ever created or removed for it.
/// </summary>
public sealed class UnreadableEntry
{
    internal UnreadableEntry(string errorCode, string message, IReadOnlyList<EntryIssue> issues)
    {
        ErrorCode = errorCode;
        Message = VisibleText.Of(message);
        Issues = issues;
    }

    /// <summary>File and line, such as <c>fleet.csv:12</c>, or the file alone; null where it comes from no file.</summary>
    public string? Source { get; internal set; }

    /// <summary>The file's full path; null where it comes from no file.</summary>
    public string? Path { get; internal set; }

    /// <summary>Line of the file, from 1; 0 for the file as a whole.</summary>
    public long Line { get; internal set; }

    /// <summary>Id of the error, as listed in docs/errors.md, such as <c>EntryNotRead</c> or <c>FileInvalid</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>What is wrong and what to do, in a sentence. Holds no value of <c>Parameters</c>.</summary>
    public string Message { get; }

    /// <summary>Each problem with its member; empty where the file as a whole could not be read.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; }

    /// <summary>The object that could not be read, where it was one of the pipeline; null for a row or a file.</summary>
    public object? InputObject { get; internal set; }

    /// <summary>Place and message in a line.</summary>
    /// <returns>Text such as <c>fleet.csv:12 MaxErrors: This is no number. [Input.WrongType]</c>.</returns>
    public override string ToString() =>
        VisibleText.Of(Source is null || Message.StartsWith(Source, StringComparison.Ordinal) ? Message : $"{Source} {Message}");
}
