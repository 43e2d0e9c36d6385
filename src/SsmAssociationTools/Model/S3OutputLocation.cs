using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>An S3 bucket that receives the output of an association's runs.</summary>
public sealed class S3OutputLocation
{
    /// <summary>Region of the bucket (3 to 20 characters).</summary>
    public string? OutputS3Region { get; set; }

    /// <summary>Name of the bucket (3 to 63 characters).</summary>
    public string? OutputS3BucketName { get; set; }

    /// <summary>Folder in the bucket (at most 500 characters; may be empty).</summary>
    public string? OutputS3KeyPrefix { get; set; }

    /// <summary>The location as a URI.</summary>
    /// <returns>Text such as <c>s3://bucket/prefix</c>.</returns>
    public override string ToString() => VisibleText.Of($"s3://{OutputS3BucketName}/{OutputS3KeyPrefix}");
}
