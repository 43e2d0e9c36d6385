using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// What a Region had when the run began, and what the run has created since. The list is read once, and one of several pages
/// once more before the first entry counts as not there: pages that shift while they are read can leave an association out without
/// a trace. An association is read whole only where its line in the list fits an entry, because lists leave most members out.
/// Safe for concurrent use.
/// </summary>
internal sealed class ExistingAssociations
{
    private readonly AssociationReader _reader;
    private readonly Func<string, bool> _claim;
    private readonly object _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ContentKey, List<string>> _idsByListedContent = [];

    /// <summary>The same by the members in one spelling, which a service that respells them does not change.</summary>
    private readonly Dictionary<string, List<string>> _idsBySpelling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _idsByName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<AssociationRecord?>> _described = new();
    private readonly ConcurrentDictionary<ContentKey, AssociationRecord> _created = new();

    private int _pages;

    /// <summary>The second reading; null before it is needed, and for good where the list is one page.</summary>
    private Task? _secondReading;

    private ExistingAssociations(AssociationReader reader, Func<string, bool> claim)
    {
        _reader = reader;
        _claim = claim;
    }

    /// <summary>Reads the list of the Region.</summary>
    /// <param name="claim">Takes the ids: nothing that was there before belongs to an entry of the run.</param>
    /// <exception cref="GatewayException">The list cannot be read.</exception>
    public static async Task<ExistingAssociations> ReadAsync(AssociationReader reader, Func<string, bool> claim, CancellationToken cancellationToken)
    {
        var existing = new ExistingAssociations(reader, claim);
        await existing.ReadListAsync(cancellationToken).ConfigureAwait(false);
        return existing;
    }

    /// <summary>
    /// Ids of the associations that had the entry's AssociationName when the run began. Where none of them has its content,
    /// the entry is a changed one, and creating it would leave two of one name running side by side.
    /// </summary>
    public IReadOnlyList<string> OfSameName(WorkItem item) => item.Entry!.AssociationName is { Length: > 0 } name ? IdsOf(_idsByName, name) : [];

    /// <summary>Finds the association with an entry's content.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    public async Task<AssociationRecord?> FindAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (_created.TryGetValue(item.Key, out AssociationRecord? created))
        {
            return created;
        }

        if (await FindListedAsync(item, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        if (SecondReading(cancellationToken) is not { } reading)
        {
            return null;
        }

        await reading.ConfigureAwait(false);
        return await FindListedAsync(item, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes note of an association that this run created.</summary>
    public void Add(WorkItem item, AssociationRecord record) => _created[item.Key] = record;

    private async Task<AssociationRecord?> FindListedAsync(WorkItem item, CancellationToken cancellationToken)
    {
        using var canonical = new CanonicalContent();
        foreach (string id in IdsOf(_idsByListedContent, canonical.KeyOf(ContentAgreement.ListMembers(item.Entry!))))
        {
            if (await WholeAsync(id, cancellationToken).ConfigureAwait(false) is { } whole && canonical.KeyOf(whole.Content).Equals(item.Key))
            {
                return whole;
            }
        }

        var sent = new ContentProfile(item.Entry!);
        foreach (string id in IdsOf(_idsBySpelling, new ContentProfile(ContentAgreement.ListMembers(item.Entry!)).Signature()))
        {
            // Defaults that the service fills in make no other content.
            if (await WholeAsync(id, cancellationToken).ConfigureAwait(false) is { } whole
                && Fit.Of(sent, new ContentProfile(whole.Content, id)) is { IsCovered: true } fit
                && fit.FilledIn.TrueForAll(Pairing.IsUsualDefault))
            {
                return whole;
            }
        }

        return null;
    }

    /// <summary>Reads the list once more, where it has several pages.</summary>
    private Task? SecondReading(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _pages > 1 ? _secondReading ??= ReadListAsync(cancellationToken) : null;
        }
    }

    private async Task ReadListAsync(CancellationToken cancellationToken)
    {
        int pages = 0;
        List<AssociationRecord> lines = await _reader.ListAsync(null, null, cancellationToken, () => pages++).ConfigureAwait(false);
        using var canonical = new CanonicalContent();
        lock (_gate)
        {
            _pages = pages;
            foreach (AssociationRecord line in lines)
            {
                if (line.AssociationId is { } id && _ids.Add(id))
                {
                    Add(line, id, canonical);
                }
            }
        }
    }

    private void Add(AssociationRecord line, string id, CanonicalContent canonical)
    {
        _claim(id);
        if (!string.IsNullOrEmpty(line.Content.AssociationName))
        {
            Add(_idsByName, line.Content.AssociationName!, id);
        }

        Add(_idsByListedContent, canonical.KeyOf(ContentAgreement.ListMembers(line.Content)), id);
        Add(_idsBySpelling, new ContentProfile(ContentAgreement.ListMembers(line.Content), id).Signature(), id);
    }

    /// <summary>A copy: another entry may have the list read once more.</summary>
    private List<string> IdsOf<TKey>(Dictionary<TKey, List<string>> all, TKey key)
        where TKey : notnull
    {
        lock (_gate)
        {
            return all.TryGetValue(key, out List<string>? ids) ? [.. ids] : [];
        }
    }

    private Task<AssociationRecord?> WholeAsync(string id, CancellationToken cancellationToken) =>
        _described.GetOrAdd(id, key => _reader.DescribeAsync(key, cancellationToken));

    private static void Add<TKey>(Dictionary<TKey, List<string>> all, TKey key, string id)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out List<string>? ids))
        {
            ids = [];
            all.Add(key, ids);
        }

        ids.Add(id);
    }
}
