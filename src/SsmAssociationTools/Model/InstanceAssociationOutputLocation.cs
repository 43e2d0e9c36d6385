namespace SsmAssociationTools;

/// <summary>Where the output of an association's runs is stored.</summary>
public sealed class InstanceAssociationOutputLocation
{
    /// <summary>The S3 bucket, its Region and the key prefix.</summary>
    public S3OutputLocation? S3Location { get; set; }

    /// <summary>The S3 location as text.</summary>
    /// <returns>Text such as <c>s3://bucket/prefix</c>, or nothing.</returns>
    public override string ToString() => S3Location?.ToString() ?? string.Empty;
}
