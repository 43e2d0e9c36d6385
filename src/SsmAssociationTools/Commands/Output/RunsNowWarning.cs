using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Says in one warning which updates made their associations run at once.</summary>
internal sealed class RunsNowWarning(Cmdlet command)
{
    /// <summary>Associations that are named; a run may change thousands.</summary>
    private const int MaxNames = 10;

    private readonly List<string> _names = [];
    private string? _first;
    private long _count;

    /// <summary>Takes note of a result.</summary>
    public void Take(AssociationResult result)
    {
        if (result.State != AssociationStatus.Updated || result.Issues.FirstOrDefault(static issue => issue.RuleId == UpdateRules.RunsNow.Id) is not { } issue)
        {
            return;
        }

        _count++;
        _first ??= $"{AssociationText.Of(result.AssociationId, result.Name, result.AssociationName, string.Empty)}: {issue.Line}";
        if (_names.Count < MaxNames)
        {
            _names.Add(result.AssociationName ?? result.AssociationId ?? string.Empty);
        }
    }

    /// <summary>Writes the warning, where there is anything to say.</summary>
    public void Finish()
    {
        if (_count == 0)
        {
            return;
        }

        string more = _count > _names.Count ? " and others" : string.Empty;
        command.WriteWarning(VisibleText.Of(_count == 1
            ? _first
            : $"{_count.ToString("#,0", CultureInfo.InvariantCulture)} associations run at once on all their targets, because they were updated: {string.Join(", ", _names)}{more}; see Issues of the results. [{UpdateRules.RunsNow.Id}]"));
        _count = 0;
    }
}
