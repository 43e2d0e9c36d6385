using System;
using System.Linq;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CsCheck;
using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>Names are written by anybody. Whatever they hold, the page has the elements and attributes that it has without them.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] s_hostile =
    [
        "</script><img src=x onerror=alert(1)>",
        "</style><style>*{display:none}</style>",
        "</title><script>alert(1)</script>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)",
        "<!--",
        "--><b>",
        "<![CDATA[",
        "]]>",
        "&lt;b&gt; &amp;amp; &#60;",
        "</td></tr></table><h1>",
        "</bdi></p></li>",
        "<base href=//evil.example>",
        "javascript:alert(1)",
        "=HYPERLINK(\"http://evil.example\")",
        "\u202Egnp.exe\u202C \u2066x\u2069",
        "a\0b\u0001\u0008\u001B[31m\u007F\u0085\u009F",
        "line 1\r\nline 2\tend",
        "\uD800 \uDC00 \uDFFF\uD800",
        "\uFFFE\uFFFF\uFDD0\uFDEF",
        "\U0001FFFE\U0010FFFF \U0001F600",
        "{{7*7}} ${7*7} `x`",
        new string('<', 5000),
        new string('a', 999) + "\U0001F600 and more",
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, s_hostile.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void No_text_becomes_markup(int number) => AssertHarmless(s_hostile[number]);

    [Fact]
    public void No_random_text_becomes_markup() => Gen.OneOf(Gen.Int[0, s_hostile.Length - 1].Select(i => s_hostile[i]), Gen.String[Gen.Char, 0, 30], Gen.String[Gen.Char["<>&\"'=/!-`\0\n\uD83D\uDE00\u202E abc"], 0, 40])
        .List[1, 4]
        .Sample(parts => AssertHarmless(string.Concat(parts)), iter: 150);

    [Fact]
    public void What_is_shown_of_a_text_is_the_text()
    {
        const string Name = "</script><img src=x onerror=alert(1)> & \"quoted\" 'too'";
        IHtmlDocument page = Page(Name);

        Assert.Equal(Name, page.Title);
        Assert.Contains(Name, page.QuerySelector("#entries tbody td:nth-child(3)")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith(Name + ": 2 runs", page.QuerySelectorAll(".bars.one")[0].GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u202Eb", "a[U+202E]b")]
    [InlineData("a\u2069b", "a[U+2069]b")]
    [InlineData("a\0b\u001Bc\u0085d", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("a\r\n\tb", "a   b")]
    [InlineData("\uFDD0\uFFFF", "\uFFFD\uFFFD")]
    [InlineData("\U0001F600\U0001FFFF", "\U0001F600\uFFFD")]
    [InlineData("\u05D0\u200F \u0627", "\u05D0\u200F \u0627")]
    public void Characters_that_mislead_or_that_HTML_may_not_hold_are_made_visible(string text, string expected) =>
        Assert.Equal(expected, Page(text).QuerySelector("#entries tbody td:nth-child(3) b")!.TextContent);

    /// <summary>Not a theory: a test runner could not pass a half of a pair on as it is.</summary>
    [Fact]
    public void Halves_of_pairs_are_replaced() =>
        Assert.Equal("\uFFFDx\uFFFD", Page("\uD800x\uDC00").QuerySelector("#entries tbody td:nth-child(3) b")!.TextContent);

    [Fact]
    public void A_long_text_is_cut_between_two_characters()
    {
        string shown = Page(new string('a', 999) + "\U0001F600").QuerySelector("#entries tbody td:nth-child(3) b")!.TextContent;

        Assert.Equal(new string('a', 999) + "…", shown);
    }

    private static void AssertHarmless(string text) => Assert.Equal(Structure(Page("harmless")), Structure(Page(text.Length == 0 ? "harmless" : text)));

    /// <summary>A page in which a text stands everywhere a text can stand.</summary>
    private static IHtmlDocument Page(string text)
    {
        var entry = new AssociationEntry
        {
            Name = text,
            AssociationName = text,
            Targets = [new AssociationTarget { Key = "tag:" + text, Values = [text] }],
            Parameters = new ParameterMap { [text] = ["value"] },
            ScheduleExpression = "cron(0 2 ? * SUN *)",
            Region = text,
            Source = text + ":1",
        };
        EntryIssue[] issues = [new EntryIssue(text, IssueSeverity.Error, text, text, text, text), new EntryIssue(text, IssueSeverity.Warning, text, text, text, text)];
        return Written.Parse(Written.Text(text,
        [
            new EntryValidation(0, entry, null, issues),
            new EntryValidation(1, entry, null, []),
            new AssociationSuccess { Index = 2, State = AssociationStatus.Created, Entry = new AssociationEntry { Name = "Doc", ScheduleExpression = text }, AssociationId = text, Region = text, AccountId = text, RequestId = text },
            new AssociationFailure { Index = 3, State = AssociationStatus.Failed, Entry = entry, ErrorCode = text, Message = text, RecommendedAction = text, Region = text, AccountId = text, RequestId = text },
        ]));
    }

    /// <summary>All elements with their attributes' names, and the values of those that act. Text and labels are left out.</summary>
    private static string Structure(IHtmlDocument page)
    {
        var text = new StringBuilder();
        foreach (IElement element in page.All)
        {
            text.Append(element.ParentElement?.LocalName).Append('>').Append(element.LocalName);
            foreach (IAttr attribute in element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))
            {
                text.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Name == "aria-label" ? string.Empty : attribute.Value);
            }

            text.Append('\n');
        }

        foreach (INode comment in page.Descendants<IComment>())
        {
            text.Append("comment ").Append(comment.TextContent).Append('\n');
        }

        return text.ToString();
    }
}
