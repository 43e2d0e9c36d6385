namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>By what a missing value is given.</summary>
internal enum TemplateNeedKind
{
    /// <summary>-TemplateParameter.</summary>
    Parameter,

    /// <summary>-TemplateValue.</summary>
    Value,

    /// <summary>-Region.</summary>
    Region,

    /// <summary>-AccountId.</summary>
    AccountId,
}
