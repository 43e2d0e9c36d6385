using System;
using System.Collections.Generic;
using System.Text;

namespace SsmAssociationTools.HostileService;

/// <summary>Chance that depends on its key alone, so that the order in which calls arrive changes nothing.</summary>
public sealed class Dice
{
    private ulong _state;

    public Dice(params object?[] key)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        _state = 14695981039346656037UL;
        foreach (byte value in Encoding.UTF8.GetBytes(string.Join('\u001f', key)))
        {
            _state = (_state ^ value) * 1099511628211UL;
        }
    }

    public int Next(int bound) => (int)(Draw() % (ulong)bound);

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int low, int high) => low + Next(high - low + 1);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public List<T> Shuffle<T>(IEnumerable<T> items)
    {
        List<T> list = [.. items];
        for (int i = list.Count - 1; i > 0; i--)
        {
            int other = Next(i + 1);
            (list[i], list[other]) = (list[other], list[i]);
        }

        return list;
    }

    public string Letters(int count)
    {
        // No hexadecimal digit is among them, so they never appear in an id by chance.
        const string Alphabet = "ghjkmnpqrstvwxyz";
        var text = new StringBuilder();
        while (text.Length < count)
        {
            text.Append(Alphabet[Next(Alphabet.Length)]);
        }

        return text.ToString();
    }

    public Guid Id()
    {
        byte[] bytes = new byte[16];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Next(256);
        }

        return new Guid(bytes);
    }

    private ulong Draw()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
