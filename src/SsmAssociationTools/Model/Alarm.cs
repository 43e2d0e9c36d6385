using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>A CloudWatch alarm, by name.</summary>
public sealed class Alarm
{
    /// <summary>Name of the alarm (1 to 255 characters, not only white space). Required.</summary>
    public string? Name { get; set; }

    /// <summary>The name of the alarm.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => VisibleText.Of(Name);
}
