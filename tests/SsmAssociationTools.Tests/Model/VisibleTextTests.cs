using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using Xunit;

namespace SsmAssociationTools.Tests.Model;

/// <summary>What a text hides is written as what it is; everything else stays.</summary>
public sealed class VisibleTextTests
{
    private const string Hostile = "a\u001B[31mb\u0007\u009B2J\r\nCreated ok\u202Egnp\u200B\u2028c\u00ADd\uFEFF";

    [Theory]
    [InlineData("", "")]
    [InlineData("AWS-RunPatchBaseline \u00E9\u4E2D\u05D0 \u2026 \U0001F600", "AWS-RunPatchBaseline \u00E9\u4E2D\u05D0 \u2026 \U0001F600")]
    [InlineData("\u001B[31m", "\\u{1B}[31m")]
    [InlineData("a\tb\r\nc\0", "a\\u{9}b\\u{D}\\u{A}c\\u{0}")]
    [InlineData("\u007F\u0085\u009B", "\\u{7F}\\u{85}\\u{9B}")]
    [InlineData("\u202E\u2066\u200F", "\\u{202E}\\u{2066}\\u{200F}")]
    [InlineData("\u200B\u200D\u2060\uFEFF\u00AD\u3164", "\\u{200B}\\u{200D}\\u{2060}\\u{FEFF}\\u{AD}\\u{3164}")]
    [InlineData("\u2028\u2029", "\\u{2028}\\u{2029}")]
    [InlineData("\U000E0041\U000E0001", "\\u{E0041}\\u{E0001}")]
    public void A_text_is_written_as_what_it_is(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void Half_of_a_pair_is_written_as_what_it_is() =>
        Assert.Equal("\\u{D83D}x\\u{DE00}\\u{D83D}", VisibleText.Of("\uD83Dx\uDE00\uD83D"));

    [Fact]
    public void No_character_that_hides_is_left()
    {
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            string text = code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code);
            string shown = VisibleText.Of("a" + text + "b");
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(shown, 1);
            Assert.False(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator, code.ToString("X", CultureInfo.InvariantCulture));
            Assert.True(shown == "a" + text + "b" || shown == $"a\\u{{{code:X}}}b");
        }
    }

    [Fact]
    public void Every_object_that_is_written_as_text_is_safe()
    {
        var entry = new AssociationEntry
        {
            Name = Hostile,
            AssociationName = Hostile,
            InstanceId = Hostile,
            Parameters = new ParameterMap { [Hostile] = ["x"] },
            Targets = [new AssociationTarget { Key = Hostile, Values = [Hostile] }],
            Source = Hostile,
        };
        var withTargets = new AssociationEntry { Targets = entry.Targets };
        var issue = new EntryIssue("R.Id", IssueSeverity.Error, Hostile, Hostile, Hostile, "s") { EntrySource = Hostile };
        var collector = new IssueCollector();
        collector.Add(ReadingRules.WrongType, Hostile, Hostile, Hostile);
        EntryIssue collected = collector.Take(Hostile).Single();
        var result = new AssociationFailure { Entry = entry, Message = Hostile, State = AssociationStatus.Failed };
        var existing = new ExistingAssociation(Hostile, entry);
        var texts = new List<string>
        {
            entry.ToString(),
            entry.Parameters.ToString(),
            entry.Targets[0].ToString(),
            new TargetMap { [Hostile] = [Hostile] }.ToString(),
            new TargetLocation { Accounts = [Hostile], Regions = [Hostile] }.ToString(),
            new Alarm { Name = Hostile }.ToString(),
            new AlarmConfiguration { Alarms = [new Alarm { Name = Hostile }] }.ToString(),
            new S3OutputLocation { OutputS3BucketName = Hostile, OutputS3KeyPrefix = Hostile }.ToString(),
            new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = Hostile } }.ToString(),
            issue.ToString(),
            collected.Message,
            collected.Path,
            result.ToString(),
            result.Target,
            new AssociationFailure { Entry = withTargets }.Target,
            existing.ToString(),
            new AssociationComparison(ComparisonStatus.Changed, entry, existing, [new MemberDifference(Hostile, Hostile, Hostile)]).ToString(),
            new MemberDifference(Hostile, Hostile, Hostile).ToString(),
            new EntryValidation(0, entry, null, [issue]).ToString(),
            new AssociationRemoval { Name = Hostile, AssociationName = Hostile, AssociationId = Hostile, Message = Hostile }.ToString(),
            new AssociationBatchException("c", Hostile, []).Message,
            new AssociationRemovalException("c", Hostile, []).Message,
            new GatewayException(GatewayErrorKind.Rejected, "c", Hostile).Message,
            new Destination(Hostile, null).ToString(),
            MessageText.Of(Hostile),
        };

        Assert.All(texts, text => Assert.Equal(text, VisibleText.Of(text)));
        Assert.All(texts, text => Assert.Contains("\\u{1B}[31m", text, StringComparison.Ordinal));

        // Data stay what they are.
        Assert.Equal((Hostile, Hostile, Hostile), (result.Name, entry.Targets[0].Key, collected.Value));
    }

    [Theory]
    [InlineData("33858bec-0c55-4547-a054", "'33858bec-0c55-4547-a054'")]
    [InlineData("", "An empty text")]
    [InlineData("very-secret", "The text")]
    [InlineData("\"Parameters\":{\"pw\":[\"very-secret\"]}", "The text")]
    public void Only_what_can_be_a_mistyped_id_is_quoted(string text, string expected) => Assert.Equal(expected, MessageText.Id(text));
}
