using System.Linq;
using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>What a browser makes of a report: the script under the page's own policy, widths, colours.</summary>
public sealed class ReportInBrowserTests
{
    private const string Visible = "[...page.querySelectorAll('#entries tbody tr')].filter(row => row.offsetParent !== null || row.getClientRects().length).map(row => row.cells[0].textContent).join(' ')";

    [ChromiumFact]
    public void The_script_sorts_filters_and_shows_more()
    {
        string[] said = Chromium.Look(Page(450), 1200, $$"""
            const press = name => [...page.querySelectorAll('#entries th button')].find(button => button.textContent === name).click();
            const heads = () => [...page.querySelectorAll('#entries th')].map(head => head.getAttribute('aria-sort')).join(' ');
            const visible = () => {{Visible}};
            const shown = () => page.getElementById('shown').textContent;
            const filter = async (text, status) => { page.getElementById('filter').value = text; page.getElementById('status').value = status; page.getElementById('filter').dispatchEvent(new Event('input')); await wait(500); };
            say(shown() + ' | ' + visible().split(' ').length + ' | ' + page.getElementById('controls').hidden + ' | ' + page.getElementById('more').textContent);
            page.getElementById('more').click();
            say(shown());
            page.getElementById('more').click();
            say(shown() + ' | ' + page.getElementById('more').parentElement.hidden);
            press('#'); press('#');
            say(heads() + ' | ' + visible().split(' ').slice(0, 3).join(' '));
            await filter('NODE-44 agent', '');
            say(visible());
            await filter('', 'Invalid');
            say(shown());
            press('Next run (UTC)');
            await filter('node-9', '');
            say(visible());
            await filter('nothing like it', '');
            say(shown() + ' | ' + visible());
            """);

        Assert.Equal(
            [
                "200 of 450 shown | 200 | false | Show 200 more",
                "400 of 450 shown",
                "All 450 shown | true",
                "descending none none none none none none | 449 448 447",
                "449 448 447 446 445 444 443 442 441 440 44",
                "3 of 3 shown, of 450 in all",
                "9 90 91 92 93 94 95 96 97 98 99",
                "0 of 0 shown, of 450 in all | ",
            ],
            said);
    }

    [ChromiumFact]
    public void Sort_buttons_take_the_focus_and_the_filter_has_a_name() => Assert.Equal(
        ["7 7 true", "Filter by text"],
        Chromium.Look(Page(3), 1200, """
            const buttons = [...page.querySelectorAll('#entries th[scope=col] > button[type=button]')];
            say(page.querySelectorAll('#entries th').length + ' ' + buttons.length + ' ' + buttons.every(button => { button.focus(); return page.activeElement === button; }));
            say(page.getElementById('filter').labels[0].textContent);
            """));

    [ChromiumFact]
    public void A_phone_needs_no_scrolling_to_the_side()
    {
        string long1 = new('x', 300);
        string page = Written.Text(long1, [new AssociationEntry { Name = long1, AssociationName = long1, ScheduleExpression = "cron(0 2 ? * SUN *)", Targets = [new AssociationTarget { Key = "tag:" + long1, Values = [long1] }] }, .. Entries(40), new AssociationEntry { Name = "Daily", ScheduleExpression = "cron(0 3 ? * * *)", ApplyOnlyAtCronInterval = true }]);

        Assert.Equal(["360 360", "320 320"], [.. Chromium.Look(page, 360, Widths), .. Chromium.Look(page, 320, Widths)]);
    }

    [ChromiumFact]
    public void Long_ids_and_texts_of_outcomes_are_not_cut_into_letters()
    {
        string word = string.Concat(Enumerable.Repeat("NoSpaceInIt", 10));
        var outcome = new AssociationOutcome
        {
            State = OutcomeStatus.Failed,
            Name = "arn:aws:ssm:eu-north-1:111122223333:document/" + word[..60],
            AssociationName = word[..100],
            AssociationId = "9f236be6-a2e4-4c17-b514-9f82d117f58c",
            Nodes = [.. Enumerable.Range(0, 50).Select(number => new AssociationOutcomeNode($"i-{number:x17}") { Status = "Failed", DetailedStatus = word, LastExecutionDate = Written.Now, OutputSourceType = "RunCommand", OutputSourceId = "9f236be6-a2e4-4c17-b514-9f82d117f58c" })],
        };
        string page = Written.Text(null, [outcome]);
        const string Look = """
            const rows = [...page.querySelectorAll('.outcomes tbody tr')];
            say(rows.length + ' ' + rows.every(row => row.getBoundingClientRect().height < 500) + ' ' + (page.documentElement.scrollWidth <= page.documentElement.clientWidth));
            """;

        Assert.Equal(["51 true true", "51 true true", "51 true true"], [.. Chromium.Look(page, 360, Look), .. Chromium.Look(page, 768, Look), .. Chromium.Look(page, 1200, Look)]);
    }

    [ChromiumFact]
    public void Light_and_dark_are_those_of_the_reader() => Assert.Equal(
        ["rgb(244, 246, 248)", "rgb(14, 18, 23)"],
        [.. Chromium.Look(Page(1), 1200, Background), .. Chromium.Look(Page(1), 1200, Background, isDark: true)]);

    private const string Widths = "say(page.documentElement.clientWidth + ' ' + page.documentElement.scrollWidth);";

    private const string Background = "say(frame.getComputedStyle(page.body).backgroundColor);";

    private static string Page(int rows) => Written.Text(null, Entries(rows));

    /// <summary>Entries of which every 150th breaks a rule.</summary>
    private static System.Collections.Generic.IEnumerable<object?> Entries(int count) => Enumerable.Range(0, count).Select(i => (object)new AssociationEntry
    {
        Name = "AWS-UpdateSSMAgent",
        AssociationName = "node-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Targets = [new AssociationTarget { Key = "tag:Node", Values = ["n" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)] }],
        ScheduleExpression = i % 150 == 149 ? "rate(29 minutes)" : "cron(0 2 ? * SUN *)",
    });
}
