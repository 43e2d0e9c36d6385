using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.Terraform;

/// <summary>A block of Terraform's language, such as <c>resource "aws_ssm_association" "web" { ... }</c>.</summary>
internal sealed class HclBlock(string type, IReadOnlyList<string> labels, FileMap body, long line)
{
    /// <summary>Its type, such as <c>resource</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; } = labels;

    /// <summary>Arguments, and the bodies of nested blocks as lists under the block's type.</summary>
    public FileMap Body { get; } = body;

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; } = line;
}
