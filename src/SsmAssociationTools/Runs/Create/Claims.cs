using System.Collections.Generic;
using SsmAssociationTools.Content;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Ids of associations that are known to belong to an entry of this run or to have been there before it: none of them can
/// be what another entry of unknown outcome created. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A run may create any number of associations and must not forget one, so an id takes 8 bytes here (9 to 11 with the
/// free places): a <see cref="TextHash"/>. The ids are random UUIDs. Were a new one taken for an old one, its entry would
/// count as not created.
/// </remarks>
internal sealed class Claims
{
    /// <summary>Parts that grow one by one. A power of two.</summary>
    private const int PartCount = 1024;

    private readonly Part[] _parts = new Part[PartCount];

    public Claims()
    {
        for (int i = 0; i < PartCount; i++)
        {
            _parts[i] = new Part();
        }
    }

    /// <summary>Takes an id of a place.</summary>
    /// <param name="place">The Region, and the account where it is known.</param>
    /// <returns>False where it was taken before, or is none.</returns>
    public bool TryTake(string place, string? associationId)
    {
        if (string.IsNullOrWhiteSpace(associationId))
        {
            return false;
        }

        if (Contains(TextHash.Of(associationId!)))
        {
            return false;
        }

        ulong hash = HashOf(place, associationId!);
        return _parts[hash % PartCount].Add(hash);
    }

    /// <summary>Takes an id that an earlier run of the journal knows, whatever its place.</summary>
    public void Take(ulong idHash)
    {
        ulong hash = NotZero(idHash);
        _parts[hash % PartCount].Add(hash);
    }

    /// <summary>True where the id was taken.</summary>
    public bool IsTaken(string place, string associationId) =>
        Contains(HashOf(place, associationId)) || Contains(TextHash.Of(associationId));

    private bool Contains(ulong idHash)
    {
        ulong hash = NotZero(idHash);
        return _parts[hash % PartCount].Contains(hash);
    }

    private static ulong HashOf(string place, string associationId) => NotZero((TextHash.Of(associationId) * 31) + TextHash.Of(place));

    /// <summary>Zero marks a free place.</summary>
    private static ulong NotZero(ulong hash) => hash == 0 ? 1 : hash;

    /// <summary>
    /// A part of the hashes. It grows by tables of one size and never copies one: what is copied leaves garbage behind that
    /// lives as long as the run.
    /// </summary>
    private sealed class Part
    {
        private const int FirstSize = 32;
        private const int Size = 256;

        private readonly object _gate = new();
        private readonly List<ulong[]> _tables = [new ulong[FirstSize]];

        /// <summary>Hashes in the last table.</summary>
        private int _count;

        public bool Add(ulong hash)
        {
            lock (_gate)
            {
                if (Has(hash))
                {
                    return false;
                }

                ulong[] last = _tables[_tables.Count - 1];
                if (_count >= last.Length / 8 * 7)
                {
                    last = new ulong[Size];
                    _tables.Add(last);
                    _count = 0;
                }

                last[Find(last, hash)] = hash;
                _count++;
                return true;
            }
        }

        public bool Contains(ulong hash)
        {
            lock (_gate)
            {
                return Has(hash);
            }
        }

        private bool Has(ulong hash)
        {
            foreach (ulong[] table in _tables)
            {
                if (table[Find(table, hash)] == hash)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The hash's place, or the next free one after it. A table is never full, so there is one.</summary>
        private static int Find(ulong[] table, ulong hash)
        {
            int place = (int)(hash / PartCount % (uint)table.Length);
            while (table[place] != 0 && table[place] != hash)
            {
                place = place + 1 == table.Length ? 0 : place + 1;
            }

            return place;
        }
    }
}
