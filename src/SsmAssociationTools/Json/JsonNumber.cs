namespace SsmAssociationTools.Json;

/// <summary>A number of JSON text as it is written there, so that nothing is lost where text is expected.</summary>
internal sealed class JsonNumber(string text)
{
    /// <summary>The number as written, such as <c>1.10</c>.</summary>
    public override string ToString() => text;
}
