namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>One word of a fault's notation.</summary>
internal readonly struct FaultToken
{
    /// <summary>Makes a word.</summary>
    /// <param name="text">The word, without quotes.</param>
    /// <param name="position">Its place in the line, from 1.</param>
    public FaultToken(string text, int position)
    {
        Text = text;
        Position = position;
    }

    /// <summary>The word, without quotes.</summary>
    public string Text { get; }

    /// <summary>Its place in the line, from 1.</summary>
    public int Position { get; }
}
