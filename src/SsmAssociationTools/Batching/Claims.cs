namespace SsmAssociationTools.Batching;

/// <summary>
/// Ids of associations that are known to belong to an entry of this run or to have been there before it: none of them can
/// be what another entry of unknown outcome created. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A run may create any number of associations and must not forget one, so an id takes 8 bytes here (11 to 16 with the
/// free places): a <see cref="TextHash"/>. The ids are random UUIDs. Were a new one taken for an old one, its entry would
/// count as not created.
/// </remarks>
internal sealed class Claims
{
    /// <summary>Parts that grow one by one, so that growing never needs the whole memory twice. A power of two.</summary>
    private const int PartCount = 64;

    private readonly Part[] _parts = new Part[PartCount];

    /// <summary>Makes an empty set.</summary>
    public Claims()
    {
        for (int i = 0; i < PartCount; i++)
        {
            _parts[i] = new Part();
        }
    }

    /// <summary>Takes an id.</summary>
    /// <param name="associationId">The id; null is nobody's.</param>
    /// <returns>False where the id was taken before.</returns>
    public bool TryTake(string? associationId)
    {
        if (associationId is null)
        {
            return true;
        }

        ulong hash = HashOf(associationId);
        return _parts[hash % PartCount].Add(hash);
    }

    /// <summary>True where the id was taken.</summary>
    /// <param name="associationId">The id.</param>
    /// <returns>Whether it belongs to an entry.</returns>
    public bool IsTaken(string associationId)
    {
        ulong hash = HashOf(associationId);
        return _parts[hash % PartCount].Contains(hash);
    }

    /// <summary>Zero marks a free place.</summary>
    private static ulong HashOf(string associationId) => TextHash.Of(associationId) is var hash && hash != 0 ? hash : 1;

    /// <summary>A part of the hashes, each at its place or at the next free one after it.</summary>
    private sealed class Part
    {
        private readonly object _gate = new();
        private ulong[] _places = new ulong[8];
        private int _count;

        public bool Add(ulong hash)
        {
            lock (_gate)
            {
                int place = Find(_places, hash);
                if (_places[place] == hash)
                {
                    return false;
                }

                _places[place] = hash;
                if (++_count > _places.Length / 4 * 3)
                {
                    Grow();
                }

                return true;
            }
        }

        public bool Contains(ulong hash)
        {
            lock (_gate)
            {
                return _places[Find(_places, hash)] == hash;
            }
        }

        private static int Find(ulong[] places, ulong hash)
        {
            int place = (int)(hash / PartCount % (uint)places.Length);
            while (places[place] != 0 && places[place] != hash)
            {
                place = place + 1 == places.Length ? 0 : place + 1;
            }

            return place;
        }

        private void Grow()
        {
            var places = new ulong[_places.Length / 2 * 3];
            foreach (ulong hash in _places)
            {
                if (hash != 0)
                {
                    places[Find(places, hash)] = hash;
                }
            }

            _places = places;
        }
    }
}
