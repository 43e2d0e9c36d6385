using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Patterns of documents, which are regular expressions of Java.</summary>
public sealed class DocumentPatternTests
{
    [Theory]
    [InlineData(@"^\p{Alpha}+$", "abcXYZ", true)]
    [InlineData(@"^\p{Alpha}+$", "abc1", false)]
    [InlineData(@"[\p{Alnum}_]+", "a_1", true)]
    [InlineData(@"[\p{Alnum}_]+", "a-1", false)]
    [InlineData(@"\P{Digit}+", "abc", true)]
    [InlineData(@"\P{Digit}+", "a1", false)]
    [InlineData(@"[\p{Punct}]+", "!/:@[]\\^_`{|}~-", true)]
    [InlineData(@"\p{Punct}", "a", false)]
    [InlineData(@"\p{Print}+", "a b", true)]
    [InlineData(@"\p{Print}+", "a\tb", false)]
    [InlineData(@"\p{Lu}", "A", true)]
    public void Posix_classes_mean_what_they_mean_in_Java(string pattern, string text, bool expected) =>
        Assert.Equal(expected, JavaPattern.OfDocument(pattern).Matches(text));

    [Theory]
    [InlineData(@"\p{javaLowerCase}+")]
    [InlineData(@"[\P{Alpha}]+")]
    [InlineData(@"a++")]
    [InlineData("(")]
    public async Task A_pattern_that_cannot_be_read_is_kept_and_accepts_any_text(string pattern)
    {
        string escaped = pattern.Replace(@"\", @"\\");
        using var file = new TestEndpoint.TemporaryFile(
            "{\"documents\":[{\"name\":\"odd\",\"parameters\":{\"A\":{\"allowedPattern\":\"" + escaped + "\"}}}]}");
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        string? content = (string?)(await endpoint.CallAsync("GetDocument", """{"Name":"odd"}""")).Json["Content"];

        Assert.Equal(pattern, (string?)System.Text.Json.Nodes.JsonNode.Parse(content!)!["parameters"]!["A"]!["allowedPattern"]);
        Assert.True(JavaPattern.OfDocument(pattern).Matches("any text"));
    }
}
