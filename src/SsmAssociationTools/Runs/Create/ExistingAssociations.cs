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
/// What a Region had when the run began, and what the run has created since. The list is read once; an association is
/// read whole only where its line in the list fits an entry, because lists leave most members out.
/// Safe for concurrent use.
/// </summary>
internal sealed class ExistingAssociations
{
    private readonly AssociationReader _reader;
    private readonly Dictionary<ContentKey, List<string>> _idsByListedContent = [];

    /// <summary>The same by the members in one spelling, which a service that respells them does not change.</summary>
    private readonly Dictionary<string, List<string>> _idsBySpelling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _idsByName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<AssociationRecord?>> _described = new();
    private readonly ConcurrentDictionary<ContentKey, AssociationRecord> _created = new();

    private ExistingAssociations(AssociationReader reader) => _reader = reader;

    /// <summary>Reads the list of the Region.</summary>
    /// <param name="claim">Takes the ids: nothing that was there before belongs to an entry of the run.</param>
    /// <exception cref="GatewayException">The list cannot be read.</exception>
    public static async Task<ExistingAssociations> ReadAsync(AssociationReader reader, Func<string, bool> claim, CancellationToken cancellationToken)
    {
        var existing = new ExistingAssociations(reader);
        using var canonical = new CanonicalContent();
        foreach (AssociationRecord line in await reader.ListAsync(null, null, cancellationToken).ConfigureAwait(false))
        {
            if (line.AssociationId is not { } id)
            {
                continue;
            }

            claim(id);
            if (!string.IsNullOrEmpty(line.Content.AssociationName))
            {
                Add(existing._idsByName, line.Content.AssociationName!, id);
            }

            ContentKey key = canonical.KeyOf(ContentAgreement.ListMembers(line.Content));
            Add(existing._idsByListedContent, key, id);
            Add(existing._idsBySpelling, new ContentProfile(ContentAgreement.ListMembers(line.Content), id).Signature(), id);
        }

        return existing;
    }

    /// <summary>
    /// Ids of the associations that had the entry's AssociationName when the run began. Where none of them has its content,
    /// the entry is a changed one, and creating it would leave two of one name running side by side.
    /// </summary>
    public IReadOnlyList<string> OfSameName(WorkItem item) =>
        item.Entry!.AssociationName is { Length: > 0 } name && _idsByName.TryGetValue(name, out List<string>? ids) ? ids : [];

    /// <summary>Finds the association with an entry's content.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    public async Task<AssociationRecord?> FindAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (_created.TryGetValue(item.Key, out AssociationRecord? created))
        {
            return created;
        }

        using var canonical = new CanonicalContent();
        if (_idsByListedContent.TryGetValue(canonical.KeyOf(ContentAgreement.ListMembers(item.Entry!)), out List<string>? ids))
        {
            foreach (string id in ids)
            {
                if (await WholeAsync(id, cancellationToken).ConfigureAwait(false) is { } whole && canonical.KeyOf(whole.Content).Equals(item.Key))
                {
                    return whole;
                }
            }
        }

        if (_idsBySpelling.TryGetValue(new ContentProfile(ContentAgreement.ListMembers(item.Entry!)).Signature(), out ids))
        {
            var sent = new ContentProfile(item.Entry!);
            foreach (string id in ids)
            {
                // Defaults that the service fills in make no other content.
                if (await WholeAsync(id, cancellationToken).ConfigureAwait(false) is { } whole
                    && Fit.Of(sent, new ContentProfile(whole.Content, id)) is { IsCovered: true } fit
                    && fit.FilledIn.TrueForAll(Pairing.IsUsualDefault))
                {
                    return whole;
                }
            }
        }

        return null;
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

    /// <summary>Takes note of an association that this run created.</summary>
    public void Add(WorkItem item, AssociationRecord record) => _created[item.Key] = record;
}
