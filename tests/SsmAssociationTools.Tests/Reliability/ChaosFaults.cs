using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Every fault that the embedded endpoint has, mixed: a fifth of the calls of each operation fails, each in one of many ways.</summary>
internal static class ChaosFaults
{
    /// <summary>Faults that take the place of an answer. A call that acted and one that did not look the same from outside.</summary>
    private static readonly string[] s_insteadOfAnswer =
    [
        "throttle",
        "throttle status=400 code=RequestLimitExceeded",
        "throttle status=429",
        "throttle status=503 retry-after=1",
        "throttle status=503",
        "server-error",
        "server-error acted=yes",
        "server-error acted=yes status=502",
        "server-error status=503",
        "reset",
        "reset acted=yes",
        "delay seconds=1",
        "delay seconds=1 acted=no",
        "truncate",
        "truncate acted=no",
        "malformed",
        "malformed acted=no",
        "empty",
        "empty acted=no",
        "wrong-type",
        "wrong-type acted=no",
    ];

    /// <summary>The faults of one run.</summary>
    /// <param name="withoutTexts">
    /// Whether texts are missing now and then. The only sign of an entry that was throttled is its text, so such failures are
    /// left out then: without a text they are refusals like any other.
    /// </param>
    /// <param name="share">Share of calls whose answer a fault takes the place of, from 0 to 1; as many meet each fault that changes an answer.</param>
    /// <returns>Faults in the endpoint's notation.</returns>
    public static IReadOnlyList<string> All(bool withoutTexts, double share)
    {
        // A percentage is drawn for each fault by itself, and the first that hits counts.
        double each = 1 - Math.Pow(1 - share, 1.0 / s_insteadOfAnswer.Length);
        var faults = new List<string>();
        foreach (string operation in new[] { "CreateAssociationBatch", "ListAssociations", "DescribeAssociation" })
        {
            faults.AddRange(s_insteadOfAnswer.Select(effect => $"{operation} {Percent(each)} {effect}"));
        }

        faults.Add($"CreateAssociationBatch {Percent(share)} reorder");
        faults.Add($"CreateAssociationBatch {Percent(share / 2)} omit share=20%");
        faults.Add($"CreateAssociationBatch {Percent(share / 2)} omit share=20% acted=no");
        faults.Add($"CreateAssociationBatch {Percent(share / 4)} null-lists");
        faults.Add($"CreateAssociationBatch {Percent(share)} null-lists lists=empty");
        faults.Add($"CreateAssociationBatch {Percent(share / 2)} fail-entries share=10% fault=Server");
        faults.Add(withoutTexts
            ? $"CreateAssociationBatch {Percent(share)} no-message"
            : $"CreateAssociationBatch {Percent(share / 2)} fail-entries share=10% code=ThrottlingException message=\"Rate exceeded\" fault=Client");
        faults.Add($"ListAssociations {Percent(share)} reorder");
        faults.Add($"ListAssociations {Percent(share)} null-lists lists=empty");
        faults.Add($"ListAssociations {Percent(share)} lag calls=2");
        faults.Add($"DescribeAssociation {Percent(share)} lag calls=2");
        return faults;
    }

    private static string Percent(double share) => (share * 100).ToString("0.######", CultureInfo.InvariantCulture) + "%";
}
