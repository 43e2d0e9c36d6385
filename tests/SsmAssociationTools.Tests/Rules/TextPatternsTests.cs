using System;
using System.Text.RegularExpressions;
using CsCheck;
using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Rules;

/// <summary>The hand-written checks against the patterns of the API model, on texts near the border.</summary>
public sealed class TextPatternsTests
{
    /// <summary>Characters that the patterns name, and some that look like them.</summary>
    private static readonly Gen<char> s_character = Gen.OneOf(
        Gen.Char["0123456789%$-"],
        Gen.Char["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"],
        Gen.Char["_-.:/=@+, \t\n\r\f\v*"],
        // Without the dotted capital I, which .NET takes for a word character even in its ASCII mode.
        Gen.Char["\u0661\u00e4\u00df\u2160\u00bd\u00a0\u2028\u2029\u0085\uff11\u0300"]);

    public static TheoryData<string> Names() =>
        ["Document", "Association", "InstanceId", "DocumentVersion", "MaxErrors", "MaxConcurrency", "TargetKey", "RoleName", "ExcludeAccount", "AlarmName", "RoleArn"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_check_is_true_for_exactly_what_the_pattern_matches(string name)
    {
        (Func<string, bool> check, Regex pattern, Gen<string> likely) = Pair(name);
        Gen<string> near = Gen.Select(likely, Gen.Int[0, 3], Gen.Int[0, 1000], s_character, static (text, change, place, c) => Change(text, change, place, c));
        Gen<string> any = s_character.Array[0, 20].Select(static c => new string(c));
        Gen.OneOf(near, any).Sample(
            text =>
            {
                bool expected = pattern.IsMatch(text);
                Assert.True(check(text) == expected, $"{name}: '{Regex.Escape(text)}' should be {expected}");
            },
            iter: 50_000,
            threads: 1);
    }

    [Theory]
    [InlineData("\U00010400", true)] // Deseret letter, outside the basic plane
    [InlineData("\U0001F600", false)] // a face is no letter
    public void A_target_key_is_read_by_scalar_value(string key, bool expected) => Assert.Equal(expected, TextPatterns.IsTargetKey(key));

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("a\U0001F600b", 3)]
    public void Length_counts_scalar_values(string text, int expected) => Assert.Equal(expected, TextPatterns.Length(text));

    [Fact]
    public void Half_a_character_counts_once_and_is_no_letter()
    {
        Assert.Equal(3, TextPatterns.Length("\ud800\ud800\udc00\udc00"));
        Assert.False(TextPatterns.IsTargetKey("\ud800"));
        Assert.False(TextPatterns.IsTargetKey("a\udc00"));
    }

    private static string Change(string text, int change, int place, char c)
    {
        int at = place % (text.Length + 1);
        return change switch
        {
            0 => text,
            1 => text.Insert(at, c.ToString()),
            2 when at < text.Length => text.Remove(at, 1),
            _ when at < text.Length => text.Remove(at, 1).Insert(at, c.ToString()),
            _ => text + c,
        };
    }

    private static (Func<string, bool> Check, Regex Pattern, Gen<string> Likely) Pair(string name) => name switch
    {
        // The lengths of names have a rule of their own; so the oracle leaves them out.
        "Document" => (TextPatterns.IsDocumentText, Ecma(@"[a-zA-Z0-9_\-.:/]*"), Gen.Const("arn:aws:ssm:us-east-1:123456789012:document/A_b-1.0")),
        "Association" => (TextPatterns.IsAssociationText, Ecma(@"[a-zA-Z0-9_\-.]*"), Gen.Const("Patch_Sunday-1.0")),
        "InstanceId" => (
            TextPatterns.IsNodeId,
            Ecma(@"(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)"),
            OneOf("i-01234567", "i-0123456789abcdef0", "mi-0123456789abcdef0", "mi-01234567")),
        "DocumentVersion" => (TextPatterns.IsDocumentVersion, Ecma("([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)"), OneOf("$LATEST", "$DEFAULT", "1", "10")),
        "MaxErrors" => (
            TextPatterns.IsMaxErrors,
            Ecma("^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$"),
            OneOf("0", "0%", "5%", "50%", "100%", "100", "9999999")),
        "MaxConcurrency" => (
            TextPatterns.IsMaxConcurrency,
            Ecma("^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$"),
            OneOf("0", "0%", "5%", "50%", "100%", "100", "9999999")),
        "TargetKey" => (
            TextPatterns.IsTargetKey,
            new Regex(@"\A(?:^[\p{L}\p{Z}\p{N}_.:/=\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name)\z", RegexOptions.CultureInvariant),
            OneOf("tag:Patch Group", "resource-groups:Name", "InstanceIds", "tag:Größe½")),
        "RoleName" => (TextPatterns.IsRoleName, Ecma(@"[\w+=,.@/-]+"), OneOf("AWS-Role", "a", string.Empty)),
        "ExcludeAccount" => (
            TextPatterns.IsAccountOrUnit,
            Ecma(@"^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})|(\d{12})$"),
            Gen.OneOf(
                OneOf("123456789012", "ou-ab12-cdef3456", "ou-abc-cdef3456", "ou-ab12-cdef345"),
                Gen.Select(Gen.Int[2, 34], Gen.Int[6, 34], static (a, b) => "ou-" + new string('a', a) + "-" + new string('b', b)))),

        // The service reads the pattern as Java does, where a dot matches no line break of Unicode.
        "AlarmName" => (TextPatterns.IsAlarmName, Ecma(@"(?!\s*$)[^\n\r\u0085\u2028\u2029]+"), OneOf("cpu high", "  ", "a", string.Empty)),
        "RoleArn" => (
            TextPatterns.IsRoleArn,
            Ecma(@"arn:aws(-[^:]+)?:iam::[0-9]{12}:role/[^\n\r\u0085\u2028\u2029]+"),
            OneOf("arn:aws:iam::123456789012:role/a", "arn:aws-cn:iam::123456789012:role/path/a", "arn:aws-:iam::123456789012:role/a")),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static Regex Ecma(string pattern) => new(@"\A(?:" + pattern + @")\z", RegexOptions.ECMAScript);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
