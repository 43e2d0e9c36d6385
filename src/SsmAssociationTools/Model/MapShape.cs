namespace SsmAssociationTools.Model;

/// <summary>What the API model says of the maps of a list: how many keys and values they have, and how long those are.</summary>
internal sealed class MapShape
{
    public (int Min, int Max) KeyCount;

    public (int Min, int Max) KeyLength;

    public (int Min, int Max) ValueCount;

    public (int Min, int Max) ValueLength;
}
