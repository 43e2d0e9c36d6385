using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Says what follows from a call that failed and created nothing: it is narrowed down to the entries that it was refused for,
/// or its entries fail, and the place or the run stops where nothing else can follow. Safe for concurrent use.
/// </summary>
internal sealed class RefusedCall
{
    private static readonly Regex s_namedEntry = new(@"'entries\.([0-9]{1,6})\.member", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);


    private readonly EntrySettler _settler;
    private readonly RunControl _control;
    private readonly ChunkSize _chunk;

    public RefusedCall(EntrySettler settler, RunControl control, ChunkSize chunk)
    {
        _settler = settler;
        _control = control;
        _chunk = chunk;
    }

    /// <summary>Settles the entries of a call that failed for certain, or leaves smaller groups of them to be sent.</summary>
    public void Take(BatchWork work, List<WorkItem> group, GatewayException error)
    {
        string? message = SensitiveText.Hide(error.Message, group.Select(static item => item.Entry));
        work.Log($"CreateAssociationBatch with {group.Count} entries: {error.ErrorCode}; request id {error.RequestId ?? "not given"}.");
        switch (error.Kind)
        {
            case GatewayErrorKind.Rejected when group.Count > 1 && ChunkSize.IsTooLarge(error):
                work.Log($"A call of {group.Count} entries is too large; the next ones carry at most {_chunk.Refused(group.Count, error)}.");
                work.Groups.Push(group);
                return;

            case GatewayErrorKind.Rejected when group.Count > 1 && error.ErrorCode != ErrorCodes.AssociationLimitExceeded:
                Narrow(group, error, work.Groups);
                return;

            case GatewayErrorKind.NotSent:
                // Nothing reaches the endpoint: what follows would wait for the same in vain.
                _control.Stop(new StopReason(error.ErrorCode, "Not sent", $"the endpoint could not be reached. {message}"));
                _settler.NotSent(group, error.ErrorCode, string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(error.ErrorCode).Meaning : message!);
                return;

            case GatewayErrorKind.Denied:
            case GatewayErrorKind.NoCredentials:
            case GatewayErrorKind.NoRegion:
                _control.Stop(new StopReason(error.ErrorCode, "Not sent", $"an earlier call was refused with {error.ErrorCode}. {message}".TrimEnd(), isFatal: true) { Operation = error.Operation ?? "CreateAssociationBatch" });
                break;
        }

        group.ForEach(item => item.FailedOperation = error.Operation ?? "CreateAssociationBatch");
        _settler.Refused(group, error.ErrorCode, message);
    }

    /// <summary>
    /// A refused call created nothing, so it can be cut up: entries that the text names go alone and the rest together,
    /// else each half. One bad entry then sinks none of its neighbours.
    /// </summary>
    private static void Narrow(List<WorkItem> group, GatewayException error, Stack<List<WorkItem>> groups)
    {
        var named = new HashSet<int>();
        foreach (Match match in s_namedEntry.Matches(error.Message))
        {
            int place = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            if (place >= 1 && place <= group.Count)
            {
                named.Add(place - 1);
            }
        }

        if (named.Count > 0 && named.Count < group.Count)
        {
            var rest = new List<WorkItem>();
            for (int i = 0; i < group.Count; i++)
            {
                if (named.Contains(i))
                {
                    groups.Push([group[i]]);
                }
                else
                {
                    rest.Add(group[i]);
                }
            }

            groups.Push(rest);
            return;
        }

        int half = group.Count / 2;
        groups.Push(group.GetRange(half, group.Count - half));
        groups.Push(group.GetRange(0, half));
    }
}
