namespace SsmAssociationTools.Validation;

/// <summary>Type of a document, as far as the rules care.</summary>
internal enum DocumentType
{
    /// <summary>Not known without asking the service.</summary>
    Unknown,

    /// <summary>Runs commands on nodes; Policy documents behave the same way here.</summary>
    Command,

    /// <summary>A runbook.</summary>
    Automation,

    /// <summary>Starts sessions; cannot be associated.</summary>
    Session,

    /// <summary>A package of Distributor; cannot be associated.</summary>
    Package,

    /// <summary>Another type that cannot be associated, such as ChangeCalendar.</summary>
    Other,
}
