namespace SsmAssociationTools.Validation;

/// <summary>What a target's key selects by.</summary>
internal enum TargetKeyKind
{
    /// <summary>Not a key that is known.</summary>
    Unknown,

    /// <summary>InstanceIds.</summary>
    InstanceIds,

    /// <summary>tag:NAME.</summary>
    Tag,

    /// <summary>tag-key: the values are names of tags.</summary>
    TagKey,

    /// <summary>resource-groups:Name.</summary>
    ResourceGroupName,

    /// <summary>aws:NoOpAutomationTag: the target of a runbook without targets.</summary>
    NoOpAutomationTag,

    /// <summary>ParameterValues, runbooks only.</summary>
    ParameterValues,

    /// <summary>ResourceGroup, runbooks only.</summary>
    ResourceGroup,

    /// <summary>AWS::EC2::Instance, runbooks only.</summary>
    InstanceType,

    /// <summary>A key of maintenance windows, which associations do not take.</summary>
    MaintenanceWindow,
}
