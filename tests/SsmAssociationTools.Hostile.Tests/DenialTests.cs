using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>A caller that may not list.</summary>
public sealed class DenialTests
{
    [Theory]
    [InlineData("Start-SsmAssociationBatch", "Started")]
    [InlineData("Update-SsmAssociationBatch", "Updated")]
    [InlineData("Remove-SsmAssociationBatch", "Removed")]
    [InlineData("Get-SsmAssociationOutcome", "Success")]
    public void What_goes_by_ids_needs_no_list(string command, string expected)
    {
        using var service = new HostileEndpoint(1, new Script([]) { Denied = new HashSet<string> { "ListAssociations" } });
        var input = new List<JsonObject>();
        for (int number = 0; number < 12; number++)
        {
            var content = new JsonObject { ["Name"] = "Fleet-Baseline", ["AssociationName"] = $"a{number}", ["Targets"] = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray("web") }) };
            Association association = service.World.Create(Case.Place, content, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
            DateTimeOffset begun = DateTimeOffset.UtcNow.AddMinutes(-30);
            service.World.Start(association, new Execution(service.World.NewId(), 1, begun, 0) { Begun = begun, Phases = [new Phase(TimeSpan.Zero, "Success", [("i-1", "Success")])] });
            var asked = new JsonObject { ["AssociationId"] = association.Id };
            if (command.StartsWith("Update", StringComparison.Ordinal))
            {
                asked["MaxErrors"] = "7";
            }

            input.Add(asked);
        }

        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["ErrorAction"] = ActionPreference.Continue,
        };
        if (!command.StartsWith("Get", StringComparison.Ordinal))
        {
            parameters["Confirm"] = false;
        }

        Outcome outcome = Campaign.WithSession(session => session.Run(command, parameters, input.Select(Shell.ToObject), SeedRun.Limit));

        Assert.All(outcome.Results, result => Assert.Equal(expected, result.Status));
        Assert.Equal(input.Count, outcome.Results.Count);
        Assert.Empty(outcome.Errors);
    }
}
