using System.Collections.Concurrent;

namespace SsmAssociationTools.Batching;

/// <summary>
/// Ids of associations that are known to belong to an entry of this run or to have been there before it: none of them can
/// be what another entry of unknown outcome created. Safe for concurrent use.
/// </summary>
internal sealed class Claims
{
    private readonly ConcurrentDictionary<string, bool> _ids = new();

    /// <summary>Takes an id.</summary>
    /// <param name="associationId">The id; null is nobody's.</param>
    /// <returns>False where the id was taken before.</returns>
    public bool TryTake(string? associationId) => associationId is null || _ids.TryAdd(associationId, true);

    /// <summary>True where the id was taken.</summary>
    /// <param name="associationId">The id.</param>
    /// <returns>Whether it belongs to an entry.</returns>
    public bool IsTaken(string associationId) => _ids.ContainsKey(associationId);
}
