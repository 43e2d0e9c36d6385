using System;
using System.Collections.Generic;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>An SSM document that the endpoint knows.</summary>
internal sealed class DocumentInfo
{
    /// <summary>Makes a document.</summary>
    /// <param name="name">Name, or the ARN of a document that another account shares.</param>
    /// <param name="isAmazon">Whether Amazon owns it.</param>
    public DocumentInfo(string name, bool isAmazon)
    {
        Name = name;
        IsAmazon = isAmazon;
    }

    /// <summary>Name, or the ARN of a document that another account shares.</summary>
    public string Name { get; }

    /// <summary>Whether Amazon owns it. Its versions cannot be chosen.</summary>
    public bool IsAmazon { get; }

    /// <summary>Document type, such as Command or Automation.</summary>
    public string Type { get; set; } = "Command";

    /// <summary>Schema version, such as 2.2.</summary>
    public Version SchemaVersion { get; set; } = new(2, 2);

    /// <summary>Schema version as the document writes it.</summary>
    public string SchemaText { get; set; } = "2.2";

    /// <summary>Platforms it runs on (Windows, Linux, MacOS), any case; empty for every platform.</summary>
    public HashSet<string> Platforms { get; set; } = [];

    /// <summary>Versions that exist. Only customer documents have them checked.</summary>
    public List<string> Versions { get; set; } = ["1"];

    /// <summary>The version that runs where none is named.</summary>
    public string DefaultVersion { get; set; } = "1";

    /// <summary>What a change calendar says; null for other documents.</summary>
    public ChangeCalendar? Calendar { get; set; }

    /// <summary>Declared parameters; null when any parameter is accepted.</summary>
    public Dictionary<string, ParameterInfo>? Parameters { get; set; }

    /// <summary>Whether there may be parameters that are not known here, so that only the values of known ones are checked.</summary>
    public bool TakesMoreParameters { get; set; }

    /// <summary>What it does; null where that is not said.</summary>
    public string? Description { get; set; }

    /// <summary>Its content as JSON; null where it is made up from the rest.</summary>
    public string? Content { get; set; }

    /// <summary>Whether its type is not known, so that whatever depends on the type is accepted.</summary>
    public bool IsOfAnyType { get; set; }

    /// <summary>Whether it is an Automation runbook.</summary>
    public bool IsAutomation => Type == "Automation";
}
