namespace SsmAssociationTools.Files;

/// <summary>The form of a file of entries.</summary>
public enum EntryFileFormat
{
    /// <summary>Rows of cells with a heading, RFC 4180 with any delimiter.</summary>
    Csv,

    /// <summary>JSON: a list, one entry, the document of the AWS CLI, or a CloudFormation template.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>YAML: a list, one entry, or a CloudFormation template.</summary>
    Yaml,

    /// <summary>A sheet of an Excel workbook, read as a table like CSV. It is not written.</summary>
    Xlsx,

    /// <summary>Terraform configuration: resources of the type aws_ssm_association, or awscc_ssm_association.</summary>
    Terraform,
}
