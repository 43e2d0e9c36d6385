using System.Linq;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Sessions of one process beside each other.</summary>
public sealed class SessionTests
{
    [NotYetFact]
    public void Many_runspaces_import_the_module_at_the_same_time() => Campaign.ForEach([.. Enumerable.Range(0, 40)], 20, _ =>
    {
        using var session = new Session();
    });
}
