using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads the argument of a parameter as the member of an entry is read.</summary>
internal static class SingleValue
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The argument cannot be read; the text says what to write.</exception>
    public static object? Read<T>(object? value, Func<ValueReader, object?, T?> read)
        where T : struct
    {
        var context = new ReadingContext();
        context.Start();
        T? result = read(new ValueReader(context), value);
        if (context.IssueCount == 0)
        {
            return result;
        }

        var issues = new IssueCollector();
        context.Finish(issues);
        IReadOnlyList<EntryIssue> taken = issues.Take();
        throw new ArgumentTransformationMetadataException(VisibleText.Of(taken[0].Value is string shown ? $"'{shown}': {taken[0].Message}" : taken[0].Message));
    }
}
