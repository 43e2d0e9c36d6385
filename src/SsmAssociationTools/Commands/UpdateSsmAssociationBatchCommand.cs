using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Content;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Update;
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Changes State Manager associations and returns exactly one result for every input, in input order. Every member is sent,
/// and only against the version that was read, so that no member is lost and nobody's change is overwritten.
/// </summary>
[Cmdlet(VerbsData.Update, "SsmAssociationBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.UpdateSsmAssociationBatch)]
[OutputType(typeof(AssociationSuccess), typeof(AssociationFailure))]
public sealed class UpdateSsmAssociationBatchCommand : EntryRunCommand
{
    private static readonly RunWords<AssociationResult> s_words = new(
        "associations",
        "updated or the same",
        "failed or not updated",
        ErrorRecords.Entry,
        ErrorRecords.Stopped,
        FailureFacts.Of,
        static (code, message) => new AssociationBatchException(code, message, []));

    private UpdateReader? _reader;
    private AssociationRoute? _route;
    private UpdateRun? _run;
    private RunsNowWarning? _runsNow;

    /// <summary>
    /// What is to be changed: comparisons of Compare-SsmAssociationEntry that are Changed, associations of
    /// Get-SsmAssociationEntry whose Entry was edited, or anything with a member AssociationId and the members to change. With
    /// -Revert, results of an update.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>Members to empty in every association of the input. A member that an input gives a value for gets that value.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ClearedMemberCompleter))]
    public string[] Clear { get; set; } = [];

    /// <summary>Puts Parameters onto the existing ones key by key. Without it, Parameters of an input replace all of them.</summary>
    [Parameter]
    public SwitchParameter MergeParameter { get; set; }

    /// <summary>
    /// Puts the change on top of what somebody else changed since the input was made. Without it, such an association is
    /// left as it is, and the result is Failed with the code AssociationChanged.
    /// </summary>
    [Parameter]
    public SwitchParameter Overwrite { get; set; }

    /// <summary>Gives associations that an earlier update changed the content of the version before, with all members.</summary>
    [Parameter]
    public SwitchParameter Revert { get; set; }

    /// <summary>
    /// ARN of the IAM role with which State Manager dispatches the associations. Not given, each keeps the one it has; an
    /// empty text takes it away.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? AssociationDispatchAssumeRole { get; set; }

    private protected override string NotDone => "Not updated";

    private protected override string HowToGoOn => "Run the same input again: what was changed is known by its content.";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Func<string, bool>? isExcluded = ReadExcludedRules();
        if (Array.Find(Clear, static name => !ClearedMemberCompleter.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Clear), unknown, $"{MessageText.Of(unknown)} is no member that an update can empty. These are: {string.Join(", ", ClearedMemberCompleter.Names)}."));
        }

        base.BeginProcessing();
        bool hasRole = MyInvocation.BoundParameters.ContainsKey(nameof(AssociationDispatchAssumeRole));
        _route = new AssociationRoute(Destinations, isRegionGiven: Region is not null);
        _reader = new UpdateReader(new HashSet<string>(Clear, StringComparer.OrdinalIgnoreCase), Revert, hasRole, Strict, isExcluded);
        UpdateJournal? journal = OpenJournal(UpdateJournal.Open, static journal => journal.KnownChanges, "changes");
        Func<string, KnownDocument?>? documents = DocumentFiles.Read(this, DocumentPath);
        var update = new UpdateOptions(region => new UpdateRules(new ValidationOptions { Region = region, Documents = documents }, SkipValidation || Revert, Strict, isExcluded))
        {
            MergesParameters = MergeParameter,
            Overwrites = Overwrite,
            HasDispatchRole = hasRole,
            DispatchRole = string.IsNullOrEmpty(AssociationDispatchAssumeRole) ? null : AssociationDispatchAssumeRole,
        };
        _runsNow = new RunsNowWarning(this);
        var report = new RunReport<AssociationResult>(this, StopsOnFailure, s_words, Closing) { Seen = _runsNow.Take };
        _run = Begin(report, control => new UpdateRun(GatewayOf, Options(), update, control, journal, new SystemClock(), new Random(), report));
    }

    private protected override void TakeInput()
    {
        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            Take(input);
        }
    }

    private protected override void BeforeEnd()
    {
        CompleteRun();
        _runsNow!.Finish();
    }

    private void Take(PSObject? input)
    {
        UpdateItem item = _reader!.Read(input);
        if (item.Refusal is { } refusal)
        {
            _run!.Decline(item, refusal.ErrorCode, refusal.Message, () => _run.Outcome.Refused(item, refusal));
            return;
        }

        if (_route!.Find(item.Destination.Region, item.AccountId, item.Destination.RoleArn, out (string Code, string Text)? problem) is not { } destination)
        {
            string reason = "Not updated: " + problem!.Value.Text;
            _run!.Decline(item, problem.Value.Code, reason, () => _run.Outcome.NotAttempted(item, problem.Value.Code, reason));
            return;
        }

        item.Destination = destination;
        Add(_run!, item, () => Describe(item), message => _run!.Outcome.NotAttempted(item, ErrorCodes.NotConfirmed, message));
    }

    private string Describe(UpdateItem item)
    {
        AssociationEntry? entry = item.Whole ?? item.Changes;
        string what = AssociationText.Of(item.AssociationId, entry?.Name, entry?.AssociationName, TargetText.Of(entry));
        string how = item.RestoredVersion is { } version ? " back to version " + version : ChangesOf(item);
        return $"Update association {what} in {item.Destination}{how}; {RunOf(item)}";
    }

    private string ChangesOf(UpdateItem item)
    {
        if (item.Whole is not null)
        {
            return (item.InputObject as PSObject)?.BaseObject is AssociationComparison comparison
                ? ": " + string.Join("; ", comparison.Differences.Select(static difference => difference.ToChange()))
                : string.Empty;
        }

        IEnumerable<string> set = EntryOverlay.MembersOf(item.Changes!);
        string text = string.Join(", ", set.Select(static member => "set " + member).Concat(Clear.Except(set, StringComparer.OrdinalIgnoreCase).Select(static member => "empty " + member)));
        return text.Length == 0 ? string.Empty : ": " + text;
    }

    /// <summary>When it would run: with a part of the members at hand, that depends on the others.</summary>
    private static string RunOf(UpdateItem item) =>
        item.Whole is { } whole
            ? FirstRun.Describe(whole, SystemTime.UtcNow)
            : item.Changes?.ApplyOnlyAtCronInterval == true
                ? "runs at its next scheduled time"
                : "runs at once, unless ApplyOnlyAtCronInterval is true";
}
