namespace SsmAssociationTools.HostileService;

/// <summary>What happened to one content in one account and Region.</summary>
public sealed class Trace
{
    /// <summary>Calls that carried it.</summary>
    public int Sent { get; set; }

    /// <summary>Times that it was created.</summary>
    public int Acted { get; set; }

    /// <summary>A call that carried it had no answer from which its outcome can be read.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>The service acted after every reasonable look-up was over, so that nobody can know.</summary>
    public bool IsVeryLate { get; set; }
}
