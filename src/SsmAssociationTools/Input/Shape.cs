namespace SsmAssociationTools.Input;

/// <summary>What kind of value the pipeline gave, whatever class carries it.</summary>
internal enum Shape
{
    /// <summary>Nothing: null in one of its forms.</summary>
    Absent,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number, a truth value, a date, a constant: one value that has a text form.</summary>
    Scalar,

    /// <summary>Items in order.</summary>
    List,

    /// <summary>Named values that somebody wrote: a dictionary, a property bag, a JSON object, dotted columns.</summary>
    Bag,

    /// <summary>Any other object, readable through its properties.</summary>
    Object,

    /// <summary>An object whose properties say nothing of an entry: a script block, a protected string, a stream, XML.</summary>
    Opaque,
}
