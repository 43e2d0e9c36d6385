namespace SsmAssociationTools.Runs;

/// <summary>What a result means to the run, whatever was done.</summary>
internal enum RunVerdict
{
    /// <summary>Things are as they were wanted.</summary>
    Succeeded,

    /// <summary>It failed, or it is not known: an error of its own.</summary>
    Failed,

    /// <summary>Nothing was tried, because the run was stopped: it shares the error of its destination.</summary>
    Stopped,

    /// <summary>The user or the input did not want it: no error.</summary>
    LeftOut,
}
