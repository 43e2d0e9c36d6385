using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>What may not leave: secrets to another host, values into a text, control characters to a terminal.</summary>
public sealed class SecretTests
{
    [Fact] // V4
    public void A_redirect_is_not_followed_whatever_its_status_and_the_call() => Verdict.OfEach(
        [.. new[] { 301, 302, 303, 307, 308 }.SelectMany(status => new[] { "CreateAssociationBatch", "ListAssociations", "DescribeAssociation" }.Select(operation => (status, operation)))],
        item =>
        {
            var script = new Script
            {
                RedirectStatus = item.status,
                Override = call => call.Operation == item.operation ? Fate.Of(call.IsWrite ? Mischief.Redirect : Mischief.ReadRedirected)
                    : call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(Mischief.ResetAfter) : null,
            };
            var done = new Case(script);
            done.Parameters["SessionToken"] = "the-session-token";
            done.Parameters["MaxAttempt"] = 2;
            done.Parameters["RetryTimeout"] = 5;
            return done.Run(Case.Entry("alpha"));
        },
        (_, done) => Verdict.NothingBroken(done));

    [Fact] // V21
    public void Values_that_the_service_spells_otherwise_are_hidden_all_the_same() => Verdict.OfEach(
        [.. Enumerable.Range(0, 36).Select(number => (number, failsAlone: number % 2 == 0))],
        item => new Case(new Script(Mischief.ChangedSecretsInMessages)
        {
            RefusesWholeCall = !item.failsAlone,
            Override = _ => new Fate { Dice = new Dice("spelt", item.number) },
        }).Run([.. new[] { "one", "two", "three" }.Select(name =>
        {
            var entry = (JsonObject)Case.Entry(name + item.number);
            entry["Name"] = "Missing-" + name;
            entry["Parameters"] = new JsonObject { ["Password"] = new JsonArray($"pa$$ <{Case.Secret(name + item.number)}> \"x\" \\end") };
            return (JsonNode)entry;
        })]),
        (_, done) => Verdict.NothingBroken(done));

    [Fact] // V13
    public void Control_and_direction_characters_of_the_service_are_made_visible() => Verdict.OfEach(
        [.. Enumerable.Range(0, 14)],
        number => new Case(new Script(Mischief.ControlCharacters) { RefusesWholeCall = number % 2 == 0, Override = _ => new Fate { Dice = new Dice("raw", number) } })
            .Run(JsonNode.Parse("""{"Name":"Missing-one","Targets":[{"Key":"tag:a","Values":["b"]}]}""")!),
        (_, done) => Verdict.NothingBroken(done));
}
