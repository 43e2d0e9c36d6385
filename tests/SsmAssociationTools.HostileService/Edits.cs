using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>UpdateAssociation, and the others who edit at the same time.</summary>
internal sealed class Edits(World world, Script script)
{
    public (string Code, string Message)? Refusal(ApiCall call, Fate fate, Association? association)
    {
        if (association is null)
        {
            return ("AssociationDoesNotExist", "The specified association does not exist.");
        }

        if (fate.Has(Mischief.UpdateThrottled))
        {
            return ("TooManyUpdates", "There are concurrent updates for a resource that supports one update at a time.");
        }

        if (fate.Has(Mischief.OtherEditor))
        {
            // Somebody was faster, after the caller had read.
            var other = (JsonObject)association.Content.DeepClone();
            other["MaxErrors"] = $"{90 + (association.Versions.Count % 9)}%";
            world.Update(association, null, other, DateTimeOffset.UtcNow, 0);
        }

        return Expected(call) is { } expected && expected != association.Latest.Number
            ? fate.Dice.Chance(50)
                ? ("InvalidAssociationVersion", "The version you specified is not valid. Use ListAssociationVersions to view all versions of an association.")
                : ("InvalidUpdate", "The update is not valid.")
            : null;
    }

    public bool Act(ApiCall call, Association association, DateTimeOffset now)
    {
        var content = new JsonObject();
        foreach ((string name, JsonNode? value) in association.Content)
        {
            bool stays = script.Reading == UpdateReading.KeepsAll || (script.Reading == UpdateReading.AsInSamples && name is "Name" or "Targets");
            if (stays && value is not null)
            {
                content[name] = value.DeepClone();
            }
        }

        foreach ((string name, JsonNode? value) in call.Body.Where(member => member.Key is not ("AssociationId" or "AssociationVersion")))
        {
            content.Remove(name);
            if (value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
            {
                content[name] = value.DeepClone();
            }
        }

        return world.Update(association, Expected(call), content, now, call.Number);
    }

    private static int? Expected(ApiCall call) => int.TryParse((string?)call.Body["AssociationVersion"], out int version) ? version : null;
}
