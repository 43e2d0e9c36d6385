using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Docs;

/// <summary>The page docs/errors.md says of every code what the module says, and lists no code that there is not.</summary>
public sealed class ErrorsPageTests
{
    private const string Heading = "| Code | Category | Retryable | Meaning | What to do |";

    private static readonly string[] s_lines = File.ReadAllLines(TestData.PathOf("errors.md"));

    [Fact]
    public void The_page_lists_every_code_once_in_the_order_of_the_catalog() =>
        Assert.Equal(ErrorCatalog.All.Select(info => info.Code), Rows().Select(row => row[0].Trim('`')));

    [Fact]
    public void The_page_says_of_each_code_what_the_module_says()
    {
        Dictionary<string, string[]> rows = Rows().ToDictionary(row => row[0].Trim('`'));
        Assert.All(ErrorCatalog.All, info =>
        {
            string[] row = rows[info.Code];
            Assert.Equal(info.Category.ToString(), row[1]);
            Assert.Equal(info.IsRetryable ? "yes" : "no", row[2]);
            Assert.Equal(info.Meaning, row[3]);
            Assert.Equal(info.RecommendedAction, row[4]);
        });
    }

    [Fact]
    public void The_page_lists_every_error_of_files_with_its_category() =>
        Assert.All(ErrorCatalog.OfFiles, info => Assert.Single(
            s_lines,
            line => line.StartsWith($"| `{info.Code}` |", StringComparison.Ordinal) && line.Contains(info.Category.ToString(), StringComparison.Ordinal)));

    [Fact]
    public void Every_error_that_the_API_documents_for_the_operation_is_on_the_page()
    {
        string[] documented =
        [
            "AssociationLimitExceeded", "DuplicateInstanceId", "InternalServerError", "InvalidDocument", "InvalidDocumentVersion", "InvalidInstanceId",
            "InvalidOutputLocation", "InvalidParameters", "InvalidSchedule", "InvalidTarget", "InvalidTargetMaps", "UnsupportedPlatformType",
        ];
        Assert.Equal(documented, Rows().Select(row => row[0].Trim('`')).Take(documented.Length));
    }

    /// <summary>The cells of all tables with the heading above.</summary>
    private static List<string[]> Rows()
    {
        var rows = new List<string[]>();
        for (int i = 0; i < s_lines.Length; i++)
        {
            if (s_lines[i] == Heading)
            {
                // The line below the heading draws the columns.
                for (i += 2; i < s_lines.Length && s_lines[i].StartsWith('|'); i++)
                {
                    rows.Add([.. s_lines[i].Trim('|').Split('|').Select(cell => cell.Trim())]);
                }
            }
        }

        return rows;
    }
}
