namespace SsmAssociationTools.ScaleStudy;

/// <summary>Associations of an ordinary size: about half a kilobyte of JSON each.</summary>
internal static class Entries
{
    /// <summary>Makes one.</summary>
    /// <param name="number">What tells it from others.</param>
    /// <returns>The entry.</returns>
    public static AssociationEntry Make(int number) => new()
    {
        Name = "AWS-RunPatchBaseline",
        AssociationName = $"patch-{number:d5}",
        Parameters = new ParameterMap { ["Operation"] = ["Install"], ["RebootOption"] = ["NoReboot"] },
        Targets = [new AssociationTarget { Key = "tag:PatchGroup", Values = [$"group-{number:d5}"] }, new AssociationTarget { Key = "tag:Environment", Values = ["production", "staging"] }],
        ScheduleExpression = "cron(0 2 ? * SUN#2 *)",
        ApplyOnlyAtCronInterval = true,
        MaxConcurrency = "10%",
        MaxErrors = "5%",
        ComplianceSeverity = "HIGH",
    };
}
