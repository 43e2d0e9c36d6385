namespace SsmAssociationTools.Files;

/// <summary>What a JSON or YAML file is as a whole.</summary>
public enum EntryDocumentShape
{
    /// <summary>A list of entries.</summary>
    Array,

    /// <summary>The document of the AWS CLI: <c>{"Entries":[...]}</c>, for --cli-input-json and --cli-input-yaml.</summary>
    Entries,

    /// <summary>A CloudFormation template with a resource of the type AWS::SSM::Association for each entry.</summary>
    CloudFormation,
}
