using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands;

/// <summary>Reads the associations that exist, whole and as entries that can be sent, stored and compared again.</summary>
[Cmdlet(VerbsCommon.Get, "SsmAssociationEntry", DefaultParameterSetName = ListSet, HelpUri = HelpUris.GetSsmAssociationEntry)]
[OutputType(typeof(ExistingAssociation))]
public sealed class GetSsmAssociationEntryCommand : ReadBackCommand
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    private readonly List<OpenPlace> _places = [];

    /// <summary>Documents of the associations to read; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = ListSet)]
    [Alias("DocumentName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Descriptive names of the associations to read; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? AssociationName { get; set; }

    /// <summary>Status of the associations to read, such as Pending, Success or Failed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AssociationStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Ids of the associations to read, also of objects of the pipeline that have one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? AssociationId { get; set; }

    /// <summary>The version to read, from 1. Without it, the latest one. A version has all members, as DescribeAssociation gives them.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Version { get; set; }

    private string? VersionText => Version == 0 ? null : Version.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        IReadOnlyList<Destination> destinations = KnownDestinations();
        foreach (Destination destination in destinations)
        {
            _places.Add(Open(destination, destinations.Count == 1));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != IdSet)
        {
            return;
        }

        foreach (string? given in AssociationId ?? [null])
        {
            string id = given?.Trim() ?? string.Empty;
            if (id.Length == 0)
            {
                WriteVerbose("An input without an AssociationId is passed over.");
            }
            else if (!Guid.TryParseExact(id, "D", out _))
            {
                Errors.Add(ErrorRecords.InvalidParameter(nameof(AssociationId), id, $"{MessageText.Id(id)} is no id of an association. Give one such as 33858bec-0c55-4547-a054-eb5fc0000000."), id);
            }
            else
            {
                foreach (OpenPlace place in _places)
                {
                    place.Fleet.Add(id, VersionText);
                }
            }
        }

        WriteById(isLast: false);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == IdSet)
        {
            WriteById(isLast: true);
        }
        else
        {
            WriteList();
        }

        EndReading();
    }

    private void WriteById(bool isLast) => UnlessStopped(() =>
    {
        while (_places[0].Fleet.IsReady(isLast))
        {
            string id = string.Empty;
            bool isFound = false;
            bool isRefused = false;
            foreach (OpenPlace place in _places)
            {
                try
                {
                    if (place.Fleet.Take(out id) is { } record)
                    {
                        isFound = true;
                        WriteObject(place.Existing(record));
                    }
                }
                catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected)
                {
                    isRefused = true;
                    Errors.Add(ErrorRecords.AssociationNotRead(id, place.Destination, error), id);
                }
                catch (GatewayException error)
                {
                    ThrowTerminatingError(ErrorRecords.AssociationNotRead(id, place.Destination, error));
                }
            }

            if (!isFound && !isRefused)
            {
                Errors.Add(ErrorRecords.AssociationNotThere(id, VersionText, _places.Select(static place => place.Destination)), id);
            }
        }

        return true;
    });

    private void WriteList()
    {
        var names = new TextFilter(Name);
        var associationNames = new TextFilter(AssociationName);
        var statuses = new TextFilter(Status);
        var filter = new ListRequest
        {
            Name = names.Exact,
            AssociationName = associationNames.Exact,
            Status = AssociationStatusCompleter.Known(statuses.Exact),
        };
        foreach (OpenPlace place in _places)
        {
            ReadList(
                place,
                filter,
                line => names.Fits(line.Content.Name) && associationNames.Fits(line.Content.AssociationName) && (line.Status is null || statuses.Fits(line.Status)),
                existing =>
                {
                    // The status may have changed since the list was made.
                    if (statuses.Fits(existing.Status))
                    {
                        WriteObject(existing);
                    }
                });
        }
    }
}
