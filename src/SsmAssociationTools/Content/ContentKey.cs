using System;

namespace SsmAssociationTools.Content;

/// <summary>
/// 128 bits of a SHA-256 over an entry's canonical content: two entries with equal keys would create the same association.
/// </summary>
internal readonly struct ContentKey : IEquatable<ContentKey>
{
    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Takes the first 16 bytes of a hash.</summary>
#if NET
    public ContentKey(ReadOnlySpan<byte> hash)
    {
        _high = BitConverter.ToUInt64(hash);
        _low = BitConverter.ToUInt64(hash.Slice(sizeof(ulong)));
    }
#else
    public ContentKey(byte[] hash)
    {
        _high = BitConverter.ToUInt64(hash, 0);
        _low = BitConverter.ToUInt64(hash, sizeof(ulong));
    }
#endif

    /// <summary>The first half of the bits, the same for the same content on every machine.</summary>
    public ulong High => _high;

    public bool Equals(ContentKey other) => _high == other._high && _low == other._low;

    public override bool Equals(object? obj) => obj is ContentKey other && Equals(other);

    public override int GetHashCode() => _low.GetHashCode();
}
