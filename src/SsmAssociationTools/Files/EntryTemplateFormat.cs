namespace SsmAssociationTools.Files;

/// <summary>The form of a starting file.</summary>
public enum EntryTemplateFormat
{
    /// <summary>CSV with comment lines.</summary>
    Csv,

    /// <summary>JSON with comments.</summary>
    Json,
}
