namespace SsmAssociationTools.Content;

/// <summary>
/// A hash of text for sets that must stay small: 8 bytes in place of the text. Not made against texts that somebody
/// chooses to collide; of a million texts, a new one has the hash of another with a probability below 10 to the power of -13.
/// </summary>
internal static class TextHash
{
    /// <summary>FNV-1a over the characters, with the last step of MurmurHash3 so that every bit depends on every other.</summary>
    public static ulong Of(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1_099_511_628_211;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
