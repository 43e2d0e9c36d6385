using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CsCheck;
using SsmAssociationTools.Json;
using Xunit;
using static SsmAssociationTools.Tests.Input.Reading;

namespace SsmAssociationTools.Tests.Json;

/// <summary>The JSON reader takes what RFC 8259 defines and nothing else.</summary>
public class JsonTextTests
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    [Theory]
    [InlineData("{", 1, 2)]
    [InlineData("{\"a\":1,}", 1, 8)]
    [InlineData("[1,]", 1, 4)]
    [InlineData("{\"a\" 1}", 1, 6)]
    [InlineData("{a:1}", 1, 2)]
    [InlineData("{'a':1}", 1, 2)]
    [InlineData("{\"a\":01}", 1, 7)]
    [InlineData("{\"a\":+1}", 1, 6)]
    [InlineData("{\"a\":--1}", 1, 7)]
    [InlineData("{\"a\":.5}", 1, 6)]
    [InlineData("{\"a\":1.}", 1, 8)]
    [InlineData("{\"a\":1e}", 1, 8)]
    [InlineData("{\"a\":NaN}", 1, 6)]
    [InlineData("{\"a\":-Infinity}", 1, 7)]
    [InlineData("{\"a\":True}", 1, 6)]
    [InlineData("{\"a\":tru}", 1, 6)]
    [InlineData("{\"a\":\"\\x\"}", 1, 7)]
    [InlineData("{\"a\":\"\\u12g4\"}", 1, 7)]
    [InlineData("{\"a\":\"\\ud800\"}", 1, 13)]
    [InlineData("{\"a\":\"x\ny\"}", 1, 8)]
    [InlineData("{\"a\":\"x", 1, 8)]
    [InlineData("{\"a\":1} x", 1, 9)]
    [InlineData("{\"a\":1}{}", 1, 8)]
    [InlineData("{\"a\":1 // c\n}", 1, 8)]
    [InlineData("{\n \"a\":1,\n \"b\":\n}", 4, 1)]
    [InlineData("{\"a\":1}\0", 1, 8)]
    public void Text_that_is_no_JSON_is_refused_with_line_and_column(string text, int line, int column)
    {
        EntryIssue issue = Issue(text);
        Assert.Equal("Input.BadJson", issue.RuleId);
        Assert.Contains($"line {line}, column {column}:", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Name\":\"a\",\"Name\":\"a\"}")]
    [InlineData("{\"Name\":\"a\",\"N\\u0061me\":\"b\"}")]
    public void A_member_given_twice_is_refused(string text)
    {
        Assert.Equal("Input.DuplicateMember", Issue(text).RuleId);
        string many = "{" + string.Join(",", Enumerable.Range(0, 50).Select(i => $"\"m{i}\":1")) + ",\"m7\":1}";
        Assert.Equal("Input.DuplicateMember", Issue(many).RuleId);
    }

    [Fact]
    public void Escapes_and_numbers_keep_their_meaning()
    {
        AssociationEntry entry = Clean("\uFEFF {\"Name\":\"a\\u00e9\\n\\\"\\\\\\/\\b\\f\\r\\t\\ud83d\\ude00z\",\"Parameters\":{\"n\":[1.10,-0,1E+2,12345678901234567890]},\"Duration\":1e0}\r\n");
        Assert.Equal("a\u00e9\n\"\\/\b\f\r\t\ud83d\ude00z", entry.Name);
        Assert.Equal("n=1.10|-0|1E+2|12345678901234567890", Show(entry.Parameters));
        Assert.Equal(1, entry.Duration);
    }

    [Fact]
    public void It_agrees_with_the_reader_of_dotnet_on_any_text()
    {
        // Without the letter d no escape can name half of a surrogate pair, which .NET refuses only later.
        Gen<string> pieces = OneOf("{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\n\"", "1", "-1", "0", "01", "1.5", "1e2", "1E-", ".", "-", "true", "false", "null", "nul", " ", "\n", "\t", "\"", "\\", "\u00a0", "\u0001");
        pieces.Array[0, 14].Select(p => string.Concat(p)).Sample(
            text => Assert.Equal(Accepts(text), JsonText.Read(text, out _, out _) == JsonFault.None),
            iter: 100_000);
    }

    [Fact]
    public void It_reads_what_dotnet_writes()
    {
        Gen.Dictionary(Gen.String, Gen.String.Array[0, 3])[0, 5].Sample(
            map =>
            {
                Dictionary<string, string[]> wellFormed = map.ToDictionary(p => WellFormed(p.Key) + "x" + p.Key.Length.ToString(CultureInfo.InvariantCulture) + Guid.NewGuid(), p => p.Value.Select(WellFormed).ToArray());
                Assert.Equal(JsonFault.None, JsonText.Read(JsonSerializer.Serialize(wellFormed), out object? value, out string? message));
                Assert.Null(message);
                var read = Assert.IsType<JsonObject>(value);
                Assert.Equal(wellFormed.Keys, read.Members.Select(m => m.Key));
                Assert.Equal(wellFormed.Values, read.Members.Select(m => ((List<object?>)m.Value!).Select(v => (string)v!).ToArray()));
            },
            iter: 2_000);
    }

    internal static string WellFormed(string text) => new(text.Where(c => !char.IsSurrogate(c)).ToArray());

    private static bool Accepts(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
