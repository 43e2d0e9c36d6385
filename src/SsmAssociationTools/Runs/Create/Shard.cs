using System.Globalization;
using SsmAssociationTools.Content;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// One of the parts that an input is split into, so that several machines can share it without speaking to each other.
/// The content of an entry alone decides, so equal entries are in one part, and every entry is in exactly one.
/// </summary>
internal sealed class Shard
{
    /// <summary>Parts of an input, at most.</summary>
    private const int MaxCount = 100_000;

    private readonly int _number;
    private readonly int _count;

    private Shard(int number, int count)
    {
        _number = number;
        _count = count;
    }

    /// <summary>Reads the notation NUMBER/COUNT.</summary>
    public static Shard? Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && TryParse(parts[0], out int number) && TryParse(parts[1], out int count) && number >= 1 && number <= count && count <= MaxCount
            ? new Shard(number, count)
            : null;
    }

    /// <summary>Says whether an input belongs to this part.</summary>
    /// <param name="key">Key of the entry's content; null where the input could not be read as an entry.</param>
    public bool Has(ContentKey? key, long index) =>
        (key is { } content ? content.High : (ulong)index) % (ulong)_count == (ulong)(_number - 1);

    /// <summary>The notation.</summary>
    public override string ToString() => $"{_number.ToString(CultureInfo.InvariantCulture)}/{_count.ToString(CultureInfo.InvariantCulture)}";

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
