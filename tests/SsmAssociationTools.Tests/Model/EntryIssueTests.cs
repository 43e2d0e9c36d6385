using Xunit;

namespace SsmAssociationTools.Tests.Model;

/// <summary>An issue in a line.</summary>
public sealed class EntryIssueTests
{
    [Theory]
    [InlineData("fleet.csv:2", "", "This is no entry.", "Error fleet.csv:2: This is no entry. [R]")]
    [InlineData("fleet.csv:2", "Name", "Required.", "Error fleet.csv:2 Name: Required. [R]")]
    [InlineData("fleet.csv:1", "", "fleet.csv:1: The column 'Targets' stands in the heading twice.", "Error: fleet.csv:1: The column 'Targets' stands in the heading twice. [R]")]
    [InlineData(null, "", "This is no entry.", "Error: This is no entry. [R]")]
    public void A_place_is_named_once(string? place, string path, string message, string expected)
    {
        var issue = new EntryIssue("R", IssueSeverity.Error, path, message, null, string.Empty) { EntrySource = place };

        Assert.Equal(expected, issue.ToString());
    }
}
