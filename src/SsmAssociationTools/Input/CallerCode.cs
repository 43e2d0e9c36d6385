using System;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>Exceptions of code that the input brings along: script properties, getters, enumerators.</summary>
internal static class CallerCode
{
    /// <summary>True for what is a problem of the input; false for what must end the pipeline.</summary>
    public static bool IsProblem(Exception problem)
    {
        for (Exception? inner = problem; inner is not null; inner = inner.InnerException)
        {
            if (inner is PipelineStoppedException or OutOfMemoryException)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The message of an issue. The exception's own text may quote a parameter value and is left out.</summary>
    public static string Describe(Exception problem)
    {
        Exception cause = problem;
        while (cause.InnerException is Exception inner)
        {
            cause = inner;
        }

        return "Reading this value threw " + cause.GetType().FullName
            + ". Read the property by itself to see the whole error, or replace it by a plain value.";
    }
}
