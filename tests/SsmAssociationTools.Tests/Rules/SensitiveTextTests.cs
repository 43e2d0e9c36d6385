using System;
using System.Linq;
using System.Text;
using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Rules;

/// <summary>Values of Parameters in texts of the service are hidden in every spelling that can be told.</summary>
public sealed class SensitiveTextTests
{
    private const string Secret = "Hunter2 & \"So\"/n";

    [Theory]
    [InlineData("Value 'Hunter2 & \"So\"/n' is bad.")]
    [InlineData("Value 'HUNTER2 & \"SO\"/N' is bad.")]
    [InlineData("Value 'hunter2 & \"so\"/n' is bad.")]
    [InlineData("Value 'Hunter2%20%26%20%22So%22%2Fn' is bad.")]
    [InlineData("Value 'Hunter2+%26+%22So%22/n' is bad.")]
    [InlineData("Value 'Hunter2 &amp; &quot;So&quot;/n' is bad.")]
    [InlineData("Value 'Hunter2&#32;&#38;&#x20;&#34;So&#34;/n' is bad.")]
    [InlineData("""Value 'Hunter2 \u0026 \"So\"\/n' is bad.""")]
    [InlineData("""Value 'Hunter2\u{20}& \"So\"/n' is bad.""")]
    [InlineData("""Value 'Hunter2 & \\\"So\\\"/n' is bad.""")]
    [InlineData("Value 'Hunter2%2520%2526%2520%2522So%2522/n' is bad.")]
    [InlineData("Value 'Hunter2   &\r\n\"So\"/n' is bad.")]
    [InlineData("Value 'SHVudGVyMiAmICJTbyIvbg==' is bad.")]
    public void A_value_in_another_spelling_is_hidden(string text) =>
        Assert.Equal("Value '[parameter value]' is bad.", Hide(text, Secret).Replace("[parameter value]==", "[parameter value]", StringComparison.Ordinal));

    [Theory]
    [InlineData("The value Hunter2 & \"S... is too long", "The value [parameter value]... is too long")]
    [InlineData("The value Hunter2 &\u2026", "The value [parameter value]\u2026")]
    [InlineData("The value HUNTER2%20%26... is too long", "The value [parameter value]... is too long")]
    [InlineData("The value ...er2 & \"So\"/n is too long", "The value ...[parameter value] is too long")]
    [InlineData("The value \u2026\"So\"/n", "The value \u2026[parameter value]")]
    [InlineData("The value Hunter2 & \"S", "The value [parameter value]")]
    public void A_value_that_was_cut_is_hidden(string text, string expected) => Assert.Equal(expected, Hide(text, Secret));

    [Theory]
    [InlineData("Wait 10 seconds...", "1")]
    [InlineData("Instance not found...", "no")]
    [InlineData("The hunters... left", "Hunter2")]
    [InlineData("SubInstaller is missing", "Install")]
    [InlineData("100%", "100")]
    [InlineData("50% of &nodes; \\ and %zz &#99999999; \\u12", "secret")]
    public void Ordinary_words_stay(string text, string value) => Assert.Equal(text, Hide(text, value));

    [Theory]
    [InlineData("[parameter value]")]
    [InlineData("parameter value")]
    [InlineData("value]")]
    [InlineData("    ")]
    [InlineData("...")]
    [InlineData("%")]
    [InlineData("\uD800abc")]
    public void Any_value_comes_to_an_end(string value) =>
        Assert.NotNull(Hide($"'{value}' and {value}... and \u2026{value} [parameter value]...", value));

    [Fact]
    public void A_value_of_several_lines_is_hidden_after_it_was_made_visible()
    {
        string text = SsmAssociationTools.Model.VisibleText.Of("Line 'first\r\nsecond\u001B[0m' is bad.");

        Assert.Equal("Line '[parameter value]' is bad.", Hide(text, "first\r\nsecond\u001B[0m"));
    }

    [Fact]
    public void Every_cut_of_a_long_value_in_a_long_text_is_hidden()
    {
        string value = new('a', 100_000);
        string text = string.Concat(Enumerable.Repeat("aaaa... ", 500));

        Assert.DoesNotContain("aaaa", Hide(text, value), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_spellings_of_random_values_are_hidden()
    {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++)
        {
            string value = new([.. Enumerable.Range(0, random.Next(6, 30)).Select(_ => "abcXYZ019-_/:&%\"'\\ "[random.Next(19)])]);
            if (value.Trim().Length < 6 || value.Contains("  ", StringComparison.Ordinal) || !value.Any(char.IsLetterOrDigit))
            {
                continue;
            }

            foreach (string spelled in new[] { value.ToUpperInvariant(), Uri.EscapeDataString(value), System.Net.WebUtility.HtmlEncode(value), System.Text.Json.JsonSerializer.Serialize(value), Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) })
            {
                string hidden = Hide($"before ({spelled}) after", value);

                Assert.Contains("[parameter value]", hidden, StringComparison.Ordinal);
            }
        }
    }

    private static string Hide(string text, string value) =>
        SensitiveText.Hide(text, new AssociationEntry { Parameters = new ParameterMap { ["p"] = [value] } })!;
}
