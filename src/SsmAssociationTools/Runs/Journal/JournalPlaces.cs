using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>
/// The places that a journal belongs to: it answers for no other. They are learned from the file, entered as connections
/// are made, and written before the first thing that is done there. Safe for concurrent use.
/// </summary>
internal sealed class JournalPlaces
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly List<JournalPlace> _known = [];
    private readonly List<JournalPlace> _entered = [];

    /// <summary>True once a place of the journal was entered: what is new beside it is more of the same work.</summary>
    private bool _isAdmitted;

    public JournalPlaces(string path) => _path = path;

    /// <summary>Takes a line of an earlier run.</summary>
    public bool Take(JournalLine line)
    {
        if (line.Text("endpoint") is not { } endpoint || line.Text("region") is not { } region)
        {
            return false;
        }

        _known.Add(new JournalPlace(endpoint, region, line.Text("accountId"), line.Text("accessKey")));
        return true;
    }

    /// <summary>The account that the journal knows a place to be in, so that nobody need be asked; null for none.</summary>
    public string? AccountOf(JournalPlace place) =>
        _known.Find(known => known.AccountId is not null && known.AccessKey is not null && known.AccessKey == place.AccessKey && known.IsOfService(place))?.AccountId;

    /// <summary>The Regions in which earlier runs worked, each once.</summary>
    public IReadOnlyList<string> Regions()
    {
        lock (_gate)
        {
            return _known.Select(static place => place.Region).Distinct(StringComparer.Ordinal).ToList();
        }
    }

    /// <summary>Takes note of where a run works.</summary>
    /// <param name="places">All that the command names, or one that an input names.</param>
    /// <param name="isNamedByInput">True where an input names the place, and the command perhaps none.</param>
    /// <exception cref="JournalException">The journal belongs to other places.</exception>
    public void Enter(IReadOnlyList<JournalPlace> places, bool isNamedByInput)
    {
        lock (_gate)
        {
            foreach (JournalPlace place in places)
            {
                List<JournalPlace> known = _known.FindAll(one => one.IsOfService(place));
                if (_known.Count > 0 && known.Count == 0)
                {
                    throw Other(place);
                }

                _isAdmitted |= _known.Count == 0 || known.Exists(one => (one.Region == place.Region || isNamedByInput) && one.IsOfAccount(place));
            }

            foreach (JournalPlace place in places)
            {
                if (!_isAdmitted)
                {
                    throw Other(place);
                }

                if (!_known.Contains(place) && !_entered.Contains(place))
                {
                    _entered.Add(place);
                }
            }
        }
    }

    /// <summary>The lines that say where the run works, to be written before what is done there; empty once they are.</summary>
    public string Announce()
    {
        lock (_gate)
        {
            var lines = new StringBuilder();
            foreach (JournalPlace place in _entered)
            {
                lines.Append("{\"event\":\"place\"");
                JournalFile.Member(lines, "endpoint", place.Endpoint);
                JournalFile.Member(lines, "region", place.Region);
                JournalFile.Member(lines, "accountId", place.AccountId);
                JournalFile.Member(lines, "accessKey", place.AccessKey);
                lines.Append("}\n");
            }

            _known.AddRange(_entered);
            _entered.Clear();
            return lines.ToString();
        }
    }

    private JournalException Other(JournalPlace place) => new(
        ErrorCodes.JournalOfOtherPlace,
        $"The journal '{_path}' belongs to {string.Join("; ", _known.Select(static known => known.ToString()).Distinct(StringComparer.Ordinal))}, and says nothing of {place}. Give another -JournalPath.{(place.AccountId is null ? " Where the account is the same: AWS_ACCOUNT_ID names it where it cannot be asked for." : string.Empty)}");
}
