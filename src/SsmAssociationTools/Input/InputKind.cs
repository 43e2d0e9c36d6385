namespace SsmAssociationTools.Input;

/// <summary>What came through the pipeline, whatever class, file or session it came from.</summary>
internal enum InputKind
{
    /// <summary>An entry, or something to be read as one: also what turns out not to be one.</summary>
    Entry,

    /// <summary>The id of an association, and nothing else.</summary>
    Id,

    /// <summary>An association that exists, as this module, the AWS SDK or the AWS CLI describes it.</summary>
    Existing,

    /// <summary>A verdict of Test-SsmAssociationEntry.</summary>
    Validation,

    /// <summary>A comparison of Compare-SsmAssociationEntry.</summary>
    Comparison,

    /// <summary>A result of New-SsmAssociationBatch.</summary>
    Result,

    /// <summary>A result of Remove-SsmAssociationBatch.</summary>
    Removal,

    /// <summary>A result of Start-SsmAssociationBatch.</summary>
    Start,

    /// <summary>An outcome of Get-SsmAssociationOutcome.</summary>
    Outcome,

    /// <summary>What stands for a row or a file that could not be read.</summary>
    Unreadable,
}
