using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Model;

/// <summary>The patterns of the API model mean what they mean to the service.</summary>
public sealed class TextPatternTests
{
    [Theory]
    [InlineData("5", true)]
    [InlineData("5\n", false)]
    [InlineData("x5", false)]
    [InlineData("100%", true)]
    [InlineData("101%", false)]
    [InlineData("\u0665%", false)]
    [InlineData("", false)]
    public void The_whole_text_must_match(string text, bool expected) => Assert.Equal(expected, EntrySchema.MaxErrors.Pattern!.Matches(text));

    [Theory]
    [InlineData("i-0123456\u0130")]
    [InlineData("i-0123456\u00e4")]
    [InlineData("i-0123456\uff11")]
    public void A_letter_or_a_digit_of_a_node_id_is_ascii(string id) => Assert.False(EntrySchema.NodeId.Matches(id));

    [Theory]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public void A_dot_is_no_line_break(char lineBreak)
    {
        Assert.True(EntrySchema.AlarmName.Pattern!.Matches("cpu high\u00e4\U0001F600"));
        Assert.False(EntrySchema.AlarmName.Pattern!.Matches("cpu" + lineBreak + "high"));
        Assert.False(EntrySchema.RoleArn.Matches("arn:aws:iam::123456789012:role/a" + lineBreak));
    }

    [Theory]
    [InlineData("tag:Gr\u00f6\u00dfe\u00bd\u2028", true)]
    [InlineData("\U00010400", true)] // Deseret letter, outside the basic plane
    [InlineData("\U0001F600", false)] // a face is no letter
    [InlineData("a*", false)]
    public void A_target_key_is_read_by_scalar_value(string key, bool expected) => Assert.Equal(expected, EntrySchema.TargetKey.Matches(key));

    [Fact]
    public void Half_a_character_is_no_letter()
    {
        Assert.False(EntrySchema.TargetKey.Matches("\ud800"));
        Assert.False(EntrySchema.TargetKey.Matches("a\udc00"));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("a\U0001F600b", 3)]
    public void Length_counts_scalar_values(string text, int expected) => Assert.Equal(expected, TextPatterns.Length(text));

    [Fact]
    public void Half_a_character_counts_once() => Assert.Equal(3, TextPatterns.Length("\ud800\ud800\udc00\udc00"));
}
