using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// The associations that exist, by every key that lookups and filters use. Callers hold <see cref="Gate"/> around every
/// use, so that a check and the creation that rests on it are one step.
/// </summary>
internal sealed class AssociationStore : IDisposable
{
    private readonly Dictionary<string, StoredAssociation> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, StoredAssociation> _unique = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssociationSequence> _indexes = new(StringComparer.Ordinal);
    private readonly AssociationSequence _all = new();
    private readonly StateFile? _file;
    private readonly int _keep;

    /// <summary>From the oldest; used only where the oldest are forgotten.</summary>
    private readonly Queue<StoredAssociation> _byAge = new();
    private long _nextSequence;

    /// <summary>Opens the store.</summary>
    /// <param name="statePath">File that keeps the associations; null for memory alone.</param>
    /// <param name="reader">Reads descriptions.</param>
    /// <param name="keep">How many associations are remembered, the youngest ones; 0 for all.</param>
    public AssociationStore(string? statePath, DescriptionReader reader, int keep = 0)
    {
        _keep = keep;
        if (statePath is not null)
        {
            _file = new StateFile(statePath, reader, out List<byte[]> descriptions);
            foreach (byte[] description in descriptions)
            {
                // Older than any list call of this process, so that no listing lags behind it.
                StoredAssociation association = reader.Read(description);
                if (Find(association.Id) is StoredAssociation earlier)
                {
                    Change(earlier, association, int.MinValue);
                }
                else
                {
                    Insert(association, int.MinValue);
                }
            }
        }
    }

    /// <summary>Called with each association that goes, deleted or forgotten.</summary>
    public Action<StoredAssociation>? Removed { get; set; }

    /// <summary>All associations, in order of creation.</summary>
    public IEnumerable<StoredAssociation> All => _all.After(-1);

    /// <summary>Held around every use.</summary>
    public object Gate { get; } = new();

    /// <summary>How many exist.</summary>
    public int Count => _all.Count;

    /// <summary>Finds by id.</summary>
    /// <param name="id">Association id, any case.</param>
    /// <returns>The association, or null.</returns>
    public StoredAssociation? Find(string id) => _byId.TryGetValue(id, out StoredAssociation? found) ? found : null;

    /// <summary>Finds by what only one may have.</summary>
    /// <param name="key">A unique key.</param>
    /// <returns>The association, or null.</returns>
    public StoredAssociation? FindUnique(string key) => _unique.TryGetValue(key, out StoredAssociation? found) ? found : null;

    /// <summary>Adds an association and keeps it in the file. The caller flushes when the call is done.</summary>
    /// <param name="association">One whose id and unique key are new.</param>
    /// <param name="listCalls">How many list calls have been answered.</param>
    public void Add(StoredAssociation association, long listCalls)
    {
        _file?.AppendCreated(association.Description);
        Insert(association, listCalls);
    }

    /// <summary>Changes an association and keeps the change in the file. The caller flushes when the call is done.</summary>
    /// <param name="association">One that exists.</param>
    /// <param name="next">Its next version, as an association of its own.</param>
    /// <param name="listCalls">How many list calls have been answered.</param>
    public void Update(StoredAssociation association, StoredAssociation next, long listCalls)
    {
        _file?.AppendCreated(next.Description);
        Change(association, next, listCalls);
    }

    /// <summary>Deletes an association.</summary>
    /// <param name="association">One that exists.</param>
    public void Remove(StoredAssociation association)
    {
        _file?.AppendDeleted(association.Id);
        association.IsDeleted = true;
        Removed?.Invoke(association);
        _byId.Remove(association.Id);
        if (association.UniqueKey is string key)
        {
            _unique.Remove(key);
        }

        _all.NoteDeleted();
        foreach (string index in IndexKeys(association))
        {
            AssociationSequence sequence = _indexes[index];
            sequence.NoteDeleted();
            if (sequence.Count == 0)
            {
                _indexes.Remove(index);
            }
        }
    }

    /// <summary>Hands what was appended to the operating system, so that it survives this process.</summary>
    public void Flush() => _file?.Flush();

    /// <summary>The shortest list that holds everything a set of filters can match.</summary>
    /// <param name="filters">Filter keys and values; all of them must match.</param>
    /// <returns>The list.</returns>
    public AssociationSequence Narrow(IEnumerable<(string Key, string Value)> filters)
    {
        AssociationSequence best = _all;
        foreach ((string key, string value) in filters)
        {
            if (key is "Name" or "InstanceId" or "AssociationName" or "ResourceGroupName")
            {
                AssociationSequence candidate = _indexes.TryGetValue(IndexKey(key, value), out AssociationSequence? found) ? found : new AssociationSequence();
                best = candidate.Count < best.Count ? candidate : best;
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Gate)
        {
            _file?.Dispose();
        }
    }

    private static string IndexKey(string key, string value) => key + "=" + value;

    private static IEnumerable<string> IndexKeys(StoredAssociation association)
    {
        yield return IndexKey("Name", association.Name);
        if (association.AssociationName is string name)
        {
            yield return IndexKey("AssociationName", name);
        }

        foreach (string node in association.Nodes.Distinct())
        {
            yield return IndexKey("InstanceId", node);
        }

        foreach (string group in association.ResourceGroups.Distinct())
        {
            yield return IndexKey("ResourceGroupName", group);
        }
    }

    private void Insert(StoredAssociation association, long listCalls)
    {
        association.NoteVersion(listCalls);
        association.Sequence = _nextSequence++;
        _byId.Add(association.Id, association);
        if (association.UniqueKey is string key)
        {
            _unique[key] = association;
        }

        _all.Add(association);
        foreach (string index in IndexKeys(association))
        {
            Index(index).Add(association);
        }

        if (_keep > 0)
        {
            _byAge.Enqueue(association);
            ForgetOldest();
        }
    }

    private AssociationSequence Index(string key)
    {
        if (!_indexes.TryGetValue(key, out AssociationSequence? sequence))
        {
            _indexes.Add(key, sequence = new AssociationSequence());
        }

        return sequence;
    }

    private void Change(StoredAssociation association, StoredAssociation next, long listCalls)
    {
        string[] before = [.. IndexKeys(association)];
        string[] after = [.. IndexKeys(next)];
        foreach (string key in before.Except(after))
        {
            _indexes[key].Remove(association);
            if (_indexes[key].Count == 0)
            {
                _indexes.Remove(key);
            }
        }

        foreach (string key in after.Except(before))
        {
            Index(key).Insert(association);
        }

        if (association.UniqueKey is string old && old != next.UniqueKey)
        {
            _unique.Remove(old);
        }

        association.TakeOver(next);
        association.NoteVersion(listCalls);
        if (association.UniqueKey is string unique)
        {
            _unique[unique] = association;
        }
    }

    private void ForgetOldest()
    {
        while (_byAge.Count > _keep)
        {
            StoredAssociation oldest = _byAge.Dequeue();
            if (!oldest.IsDeleted)
            {
                Remove(oldest);
            }
        }
    }
}
