using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>What the journal says of a start before it is made.</summary>
public sealed class StartJournalTests
{
    [Fact]
    public void The_first_intent_has_the_services_time_so_that_no_earlier_run_of_the_schedule_is_taken_for_the_one_that_was_started()
    {
        using var service = new HostileEndpoint(1, new Script([]));
        var content = new JsonObject { ["Name"] = "Fleet-Baseline", ["Targets"] = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray("web") }) };
        Association association = service.World.Create(Case.Place, content, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
        string folder = Directory.CreateTempSubdirectory("hostile").FullName;
        try
        {
            string journal = Path.Combine(folder, "start.journal");
            var parameters = new Dictionary<string, object>
            {
                ["EndpointUrl"] = service.Url.ToString(),
                ["Region"] = "eu-north-1",
                ["AccessKey"] = "AKIDEXAMPLE",
                ["SecretKey"] = "secret",
                ["Confirm"] = false,
                ["JournalPath"] = journal,
            };

            Outcome outcome = Campaign.WithSession(session => session.Run("Start-SsmAssociationBatch", parameters, [association.Id], SeedRun.Limit));

            Assert.Equal("Started", Assert.Single(outcome.Results).Status);
            JsonNode intent = File.ReadLines(journal).Select(line => JsonNode.Parse(line)!).First(line => (string?)line["event"] == "intent");
            TimeSpan width = (DateTime)intent["before"]! - (DateTime)intent["after"]!;
            Assert.True(width < TimeSpan.FromMinutes(2), $"{intent}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
