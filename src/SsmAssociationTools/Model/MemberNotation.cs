namespace SsmAssociationTools.Model;

/// <summary>What a text that is not JSON means where a structure, a map or a list of them is expected.</summary>
internal enum MemberNotation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>KEY=VALUE,VALUE; KEY=VALUE as targets.</summary>
    Targets,

    /// <summary>NAME=VALUE; NAME=VALUE as parameters.</summary>
    Parameters,

    /// <summary>NAME=VALUE,VALUE; NAME=VALUE as one map.</summary>
    TargetMap,

    /// <summary>s3://bucket/prefix.</summary>
    S3Uri,

    /// <summary>The name of an alarm.</summary>
    AlarmName,
}
