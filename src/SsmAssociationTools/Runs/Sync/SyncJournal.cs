using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>
/// A record on disk of which version of an association had which wanted content, so that the next run need not read whole
/// what the list shows to be unchanged, and of what was sent to be created, so that a run that was killed makes nothing twice
/// where the list lags behind. It holds ids, versions and keyed hashes, and no content. Used by one thread, but for
/// <see cref="Creations"/>.
/// </summary>
internal sealed class SyncJournal : IPlacedJournal
{
    private const int HashBytes = 16;

    private readonly JournalFile _file;
    private readonly HMACSHA256 _hash;
    private readonly CanonicalContent _canonical = new();

    /// <summary>Version and hash of the content by place and id.</summary>
    private readonly Dictionary<(string Place, Guid Id), (string Version, string Content)> _known = [];

    private SyncJournal(JournalFile file, byte[] key, string path)
    {
        _file = file;
        _hash = new HMACSHA256(key);
        Creations = new Create.Journal(file, key, new JournalPlaces(path));
    }

    /// <summary>The entries that are sent to be created, in the same file.</summary>
    public Create.Journal Creations { get; }

    public JournalPlaces Places => Creations.Places;

    /// <summary>How many associations the journal knows from earlier runs.</summary>
    public int KnownAssociations => _known.Count;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <exception cref="JournalException">In use, no journal, one of another command, damaged, of another version, without its key, or not writable.</exception>
    public static SyncJournal Open(string path) =>
        JournalFile.OpenKeyed(path, JournalPurpose.Sync, (file, key) => new SyncJournal(file, key, path));

    /// <summary>Whether an earlier run left this version of the association with this content.</summary>
    public bool Knows(string place, string associationId, string? version, AssociationEntry content, string? role) =>
        version is not null
        && Guid.TryParse(associationId, out Guid id)
        && _known.TryGetValue((place, id), out (string Version, string Content) known)
        && known.Version == version
        && known.Content == HashOf(content, role);

    private void Note(StringBuilder lines, string place, string associationId, string version, AssociationEntry content, string? role, DateTime at)
    {
        if (Knows(place, associationId, version, content, role))
        {
            return;
        }

        lines.Append("{\"event\":\"known\",\"at\":\"").Append(JournalFile.Text(at)).Append('"');
        JournalFile.Member(lines, "place", place);
        JournalFile.Member(lines, "association", associationId);
        JournalFile.Member(lines, "version", version);
        JournalFile.Member(lines, "content", HashOf(content, role));
        lines.Append("}\n");
    }

    /// <summary>Takes note of all that is as wanted after a run.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void Note(IEnumerable<SyncItem> items, string? role, DateTime at)
    {
        var lines = new StringBuilder();
        foreach (SyncItem item in items)
        {
            // A result that was left as it is (-IfChanged Skip) is Existing too, and has another content.
            bool isSame = item.Result is { State: AssociationStatus.Created or AssociationStatus.Updated }
                || (item.Result?.State == AssociationStatus.Existing && item.Planned?.Action == SyncAction.Nothing);
            if (isSame && item.Result is { AssociationId: { } id, AssociationVersion: { } version })
            {
                Note(lines, item.Destination.Place, id, version, item.Planned!.Content, role, at);
            }
        }

        Write(lines);
    }

    private void Write(StringBuilder lines)
    {
        if (lines.Length > 0)
        {
            _file.Append(Places.Announce() + lines);
        }
    }

    public void Dispose()
    {
        _hash.Dispose();
        _canonical.Dispose();
        Creations.Dispose();
    }

    private string HashOf(AssociationEntry content, string? role)
    {
        ArraySegment<byte> bytes = _canonical.BytesOf(content);
        byte[] tail = Encoding.UTF8.GetBytes("\0" + role);
        byte[] all = new byte[bytes.Count + tail.Length];
        Buffer.BlockCopy(bytes.Array!, bytes.Offset, all, 0, bytes.Count);
        Buffer.BlockCopy(tail, 0, all, bytes.Count, tail.Length);
        return Convert.ToBase64String(_hash.ComputeHash(all), 0, HashBytes);
    }

    public bool TakeLine(JournalLine line, long at)
    {
        switch (line.Text("event"))
        {
            case "known" when line.Text("place") is { } place
                && Guid.TryParse(line.Text("association"), out Guid id)
                && line.Text("version") is { } version
                && line.Text("content") is { } content:
                _known[(place, id)] = (version, content);
                return true;

            default:
                return Creations.TakeLine(line, at);
        }
    }
}
