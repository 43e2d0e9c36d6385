using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.HostileService;

/// <summary>
/// A service that keeps its word about what exists and about nothing else: it answers as its script says. Speaks the AWS
/// JSON 1.1 protocol and the query protocol of STS over sockets on 127.0.0.1.
/// </summary>
public sealed class HostileEndpoint : IDisposable
{
    private readonly RawServer _server;
    private readonly RedirectTrap _trap = new();
    private readonly View _view;
    private readonly ServiceClock _clock;
    private readonly Accounts _accounts;
    private readonly Edits _edits;
    private readonly Runs _runs;
    private readonly ConcurrentBag<Task> _late = [];
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private readonly ConcurrentDictionary<string, int> _places = new();
    private int _calls;

    public HostileEndpoint(int seed, Script script)
    {
        Script = script;
        World = new World(seed);
        _clock = new ServiceClock(script);
        _accounts = new Accounts(seed, script);
        _edits = new Edits(World, script);
        _runs = new Runs(World, script);
        _view = new View(script, _runs.Overview);
        _server = new RawServer(AnswerAsync);
    }

    public Script Script { get; }

    public World World { get; }

    public Transcript Transcript { get; } = new();

    public Uri Url => _server.Url;

    /// <summary>What arrived at the address that redirects name.</summary>
    public IReadOnlyList<RawRequest> Leaked => _trap.Caught;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How often it was said of an association, in a list or a description, that a run of it ended on nodes.</summary>
    public int EndsShown(string id) => _runs.EndsShown(id);

    /// <summary>Waits until everything that acts late has acted.</summary>
    public Task SettleAsync() => Task.WhenAll(_late);

    public void Dispose()
    {
        _server.Dispose();
        _trap.Dispose();
    }

    private async Task AnswerAsync(RawRequest request, RawConnection connection)
    {
        int number = Interlocked.Increment(ref _calls);
        Script.BeforeCall?.Invoke();
        string target = request.Header("X-Amz-Target");
        if (target.Length == 0)
        {
            await AnswerStsAsync(number, request, connection).ConfigureAwait(false);
            return;
        }

        string operation = target[(target.LastIndexOf('.') + 1)..];
        (string account, string region, bool isValid) = _accounts.Of(request);
        JsonObject body = JsonNode.Parse(request.Text) as JsonObject ?? [];
        JsonObject[] entries = operation switch
        {
            "CreateAssociationBatch" => [.. (body["Entries"] as JsonArray ?? []).OfType<JsonObject>()],
            "CreateAssociation" => [body],
            _ => [],
        };
        var call = new ApiCall(number, operation, account, region, body) { Entries = entries };
        int seen = entries.Length > 0
            ? World.NoteSent(call.Place, entries.Select(Canonical.Of))
            : _seen.AddOrUpdate($"{call.Place} {operation} {Canonical.Of(body)}", 0, (_, count) => count + 1);
        call = call with { Seen = seen };
        Fate fate = Script.Decide(call);
        Transcript.Add(number, $"{call.Place} {operation} {Describe(call)} -> {fate}");
        if (!isValid)
        {
            await SendErrorAsync(connection, call, fate, 400, "ExpiredTokenException", "The security token included in the request is expired").ConfigureAwait(false);
            return;
        }

        if (Script.Denied.Contains(operation))
        {
            await SendErrorAsync(connection, call, fate, 400, "AccessDeniedException", $"User: arn:aws:iam::{account}:user/x is not authorized to perform: ssm:{operation}").ConfigureAwait(false);
            return;
        }

        long start = Stopwatch.GetTimestamp();
        await (call.IsWrite ? WriteAsync(connection, call, fate) : ReadAsync(connection, call, fate)).ConfigureAwait(false);
        if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(1))
        {
            // A busy machine may have been slower than the caller's patience.
            World.NoteFailedRead(call.Place);
            NoteUnclear(call);
        }
    }

    private static string Describe(ApiCall call) => call.Entries.Count > 0
        ? $"[{string.Join(", ", call.Entries.Select(entry => (string?)entry["AssociationName"] ?? (string?)entry["Name"]))}]"
        : call.Body.ToJsonString();

    private void NoteUnclear(ApiCall call)
    {
        World.Note(call.Place, call.Entries, trace => trace.IsUnclear = true);
        World.NoteUnclear(call.Place, call.Ids);
    }

    private async Task WriteAsync(RawConnection connection, ApiCall call, Fate fate)
    {
        int ofPlace = _places.AddOrUpdate(call.Place, 1, (_, count) => count + 1);
        if (ofPlace >= Script.StandingFrom)
        {
            (string Code, string Message)? standing =
                Script.Has(Mischief.AccessDenied) ? ("AccessDeniedException", $"User: arn:aws:iam::{call.Account}:user/x is not authorized to perform: ssm:{call.Operation}")
                : Script.Has(Mischief.ExpiredToken) ? ("ExpiredTokenException", "The security token included in the request is expired")
                : Script.Has(Mischief.LimitReached) && call.Entries.Count > 0 ? ("AssociationLimitExceeded", "You can have at most 2,000 active associations.")
                : null;
            if (standing is { } refusal)
            {
                await SendErrorAsync(connection, call, fate, 400, refusal.Code, refusal.Message).ConfigureAwait(false);
                return;
            }
        }

        if (Script.Has(Mischief.SizeLimited) && call.Entries.Count > Script.SizeLimit)
        {
            await SendErrorAsync(connection, call, fate, 400, "ValidationException", $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to {Script.SizeLimit}").ConfigureAwait(false);
            return;
        }

        if (Script.RefusesWholeCall && call.Entries.FirstOrDefault(IsBad) is { } bad)
        {
            string name = Script.NamesWhatItRefuses ? $"Document does not exist: {bad["Name"]}" : "The document is not valid.";
            await SendErrorAsync(connection, call, fate, 400, "InvalidDocument", Secrets.Decorate(Script, fate, name + Secrets.Quote(Script, fate, bad))).ConfigureAwait(false);
            return;
        }

        if (fate.Whole is not null and not (Mischief.Throttled or Mischief.RefusedCall or Mischief.AnswerHuge or Mischief.AnswerChunked or Mischief.AnswerTrickled or Mischief.AnswerOldHttp))
        {
            NoteUnclear(call);
        }

        switch (fate.Whole)
        {
            case Mischief.Throttled:
                await SendErrorAsync(connection, call, fate, fate.Dice.Chance(50) ? 400 : 429, fate.Dice.Pick(["ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"]), "Rate exceeded").ConfigureAwait(false);
                return;
            case Mischief.RefusedCall:
                await SendErrorAsync(connection, call, fate, 400, "ValidationException", Secrets.Decorate(Script, fate, "1 validation error detected:" + (call.Entries.Count > 0 ? Secrets.Quote(Script, fate, call.Entries[0]) : string.Empty))).ConfigureAwait(false);
                return;
            case Mischief.ServerErrorBefore:
                await SendErrorAsync(connection, call, fate, fate.Dice.Pick([500, 502, 503, 504]), fate.Dice.Pick(["InternalServerError", "ServiceUnavailable", string.Empty]), "Something broke.").ConfigureAwait(false);
                return;
            case Mischief.ServerErrorAfter:
                Act(call, fate);
                await SendErrorAsync(connection, call, fate, fate.Dice.Pick([500, 502, 503, 504]), fate.Dice.Pick(["InternalServerError", "ServiceUnavailable", string.Empty]), "Something broke.").ConfigureAwait(false);
                return;
            case Mischief.ServerErrorHalf:
                Act(call with { Entries = [.. call.Entries.Take((call.Entries.Count + 1) / 2)] }, fate);
                await SendErrorAsync(connection, call, fate, 500, "InternalServerError", "Something broke in the middle.").ConfigureAwait(false);
                return;
            case Mischief.ResetBefore:
                connection.Reset();
                return;
            case Mischief.ResetAfter:
                Act(call, fate);
                connection.Reset();
                return;
            case Mischief.HtmlPage:
                if (fate.Dice.Chance(50))
                {
                    Act(call, fate);
                }

                await SendAsync(connection, call, fate, new Answer { Status = fate.Dice.Pick([200, 502]), ContentType = "text/html", Body = "<html><body>Please sign in to the network.</body></html>"u8.ToArray() }).ConfigureAwait(false);
                return;
            case Mischief.BareError:
                if (fate.Dice.Chance(50))
                {
                    Act(call, fate);
                }

                await SendAsync(connection, call, fate, new Answer { Status = 400, Body = fate.Dice.Chance(50) ? [] : "{\"message\":\"no\"}"u8.ToArray() }).ConfigureAwait(false);
                return;
            case Mischief.Silent:
                await HoldAsync(connection).ConfigureAwait(false);
                return;
            case Mischief.LateActing:
            case Mischief.VeryLateActing:
                if (fate.Whole == Mischief.VeryLateActing)
                {
                    World.Note(call.Place, call.Entries, trace => trace.IsVeryLate = true);
                }

                _late.Add(ActLateAsync(call, fate));
                await HoldAsync(connection).ConfigureAwait(false);
                return;
            case Mischief.Redirect:
                await RedirectAsync(connection, call, fate).ConfigureAwait(false);
                return;
            default:
                await CarryOutAsync(connection, call, fate).ConfigureAwait(false);
                return;
        }
    }

    private Task CarryOutAsync(RawConnection connection, ApiCall call, Fate fate)
    {
        (string Code, string Message)? refusal = call.Operation switch
        {
            "DeleteAssociation" => Find(call) is null ? ("AssociationDoesNotExist", "The specified association does not exist.") : null,
            "UpdateAssociation" => _edits.Refusal(call, fate, Find(call)),
            "StartAssociationsOnce" => _runs.Refusal(call),
            _ => null,
        };
        return refusal is { } because
            ? SendErrorAsync(connection, call, fate, 400, because.Code, because.Message)
            : SendAsync(connection, call, fate, Json(Act(call, fate)));
    }

    private Association? Find(ApiCall call) => World.Find(call.Place, (string?)call.Body["AssociationId"] ?? string.Empty);

    private async Task ReadAsync(RawConnection connection, ApiCall call, Fate fate)
    {
        if (fate.Whole is not null and not (Mischief.PagesShift or Mischief.PagesRepeatItems or Mischief.PagesEmpty or Mischief.ListShuffled or Mischief.ListGhosts))
        {
            World.NoteFailedRead(call.Place);
        }

        switch (fate.Whole)
        {
            case Mischief.ReadThrottled:
                await SendErrorAsync(connection, call, fate, 400, "ThrottlingException", "Rate exceeded").ConfigureAwait(false);
                return;
            case Mischief.ReadFails:
                await SendErrorAsync(connection, call, fate, 500, "InternalServerError", "Something broke.").ConfigureAwait(false);
                return;
            case Mischief.ReadReset:
                connection.Reset();
                return;
            case Mischief.ReadSilent:
                await HoldAsync(connection).ConfigureAwait(false);
                return;
            case Mischief.ReadRedirected:
                await RedirectAsync(connection, call, fate).ConfigureAwait(false);
                return;
            case Mischief.DescribeNull:
                await SendAsync(connection, call, fate, Json(new JsonObject { ["AssociationDescription"] = null })).ConfigureAwait(false);
                return;
        }

        if (call.Operation == "ListAssociations")
        {
            await SendAsync(connection, call, fate, Json(List(call, fate))).ConfigureAwait(false);
            return;
        }

        string id = (string?)call.Body["AssociationId"] ?? string.Empty;
        Association? found = World.Find(call.Place, id);
        bool lags = Script.Has(Mischief.DescribeLags) && found is { Call: > 0 } && DateTimeOffset.UtcNow - found.TrueTime < Script.ListLag;
        if (found is null || lags)
        {
            await SendErrorAsync(connection, call, fate, 400, "AssociationDoesNotExist", "The specified association does not exist.").ConfigureAwait(false);
            return;
        }

        JsonObject? answer = call.Operation switch
        {
            "DescribeAssociation" => Describe(call, found),
            "ListAssociationVersions" => Page(call, fate, "AssociationVersions", [.. found.Versions.Reverse().Select(version => _view.Version(found, version))]),
            "DescribeAssociationExecutions" => Page(call, fate, "AssociationExecutions", _runs.Executions(call, found)),
            "DescribeAssociationExecutionTargets" => _runs.Targets(call, found) is { } nodes ? Page(call, fate, "AssociationExecutionTargets", nodes) : null,
            _ => null,
        };
        if (answer is null)
        {
            string code = call.Operation == "DescribeAssociation" ? "InvalidAssociationVersion" : call.Operation == "DescribeAssociationExecutionTargets" ? "AssociationExecutionDoesNotExist" : "UnknownOperationException";
            await SendErrorAsync(connection, call, fate, 400, code, "There is none.").ConfigureAwait(false);
            return;
        }

        await SendAsync(connection, call, fate, Json(answer)).ConfigureAwait(false);
    }

    private JsonObject? Describe(ApiCall call, Association found)
    {
        string wanted = (string?)call.Body["AssociationVersion"] ?? "$LATEST";
        AssociationVersion? version = wanted == "$LATEST" ? found.Latest : found.Versions.FirstOrDefault(version => $"{version.Number}" == wanted);
        return version is null ? null : new JsonObject { ["AssociationDescription"] = _view.Description(found, version) };
    }

    private JsonObject Page(ApiCall call, Fate fate, string name, List<JsonObject> items)
    {
        int start = int.TryParse(((string?)call.Body["NextToken"])?.Split(':')[0], CultureInfo.InvariantCulture, out int offset) ? offset : 0;
        int size = Math.Min(Script.PageSize, (int?)call.Body["MaxResults"] ?? 50);
        if (fate.Whole == Mischief.PagesEmpty)
        {
            // Nothing on this page, and more to come.
            return new JsonObject { [name] = new JsonArray(), ["NextToken"] = $"{start}:{fate.Dice.Letters(4)}{call.Number}" };
        }

        if (fate.Whole == Mischief.PagesShift)
        {
            start = Math.Max(0, start + (start == 0 ? 0 : fate.Dice.Pick([-1, 1])));
        }

        List<JsonObject> page = [.. items.Skip(start).Take(size)];
        if (fate.Whole == Mischief.PagesRepeatItems && page.Count > 0)
        {
            page.Add((JsonObject)fate.Dice.Pick(page).DeepClone());
        }

        string? next = fate.Whole == Mischief.PagesRepeatToken ? "0:again" : start + size < items.Count ? $"{start + size}" : null;
        return new JsonObject
        {
            [name] = fate.Whole == Mischief.PagesNull ? null : new JsonArray([.. page]),
            ["NextToken"] = next,
        };
    }

    private JsonObject List(ApiCall call, Fate fate)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        List<Association> items = [.. World.Existing(call.Place).Where(association =>
            Fits(association, call.Body["AssociationFilterList"] as JsonArray)
            && (!Script.Has(Mischief.ListLags) || association.Call == 0 || now - association.TrueTime >= Script.ListLag))];
        items.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        if (fate.Whole == Mischief.ListShuffled)
        {
            items = new Dice("shuffle", call.Body.ToJsonString().Length).Shuffle(items);
        }

        int start = int.TryParse(((string?)call.Body["NextToken"])?.Split(':')[0], CultureInfo.InvariantCulture, out int offset) ? offset : 0;
        int size = Math.Min(Script.PageSize, (int?)call.Body["MaxResults"] ?? 50);
        if (fate.Whole == Mischief.ListShifts)
        {
            // What was deleted or created on an earlier page moves all that follow.
            start = Math.Max(0, start + (start == 0 ? 0 : fate.Dice.Pick([-1, 1])));
        }

        List<Association> page = [.. items.Skip(start).Take(size)];
        if (fate.Whole == Mischief.ListRepeatsIds && page.Count > 0)
        {
            page.Add(fate.Dice.Pick(page));
        }

        JsonObject? ghost = null;
        if (fate.Whole == Mischief.ListGhosts && Script.Ghost is { } content)
        {
            // Deleted, and the list does not know it yet.
            ghost = _view.Line(new Association(new Dice("ghost").Id().ToString(), call.Place, content, now, 0) { TrueTime = now });
        }

        string? next = start + size < items.Count ? $"{start + size}:{fate.Dice.Letters(4)}" : null;
        if (fate.Whole == Mischief.TokenRepeats)
        {
            next = "0:again";
        }
        else if (fate.Whole == Mischief.ListEndless)
        {
            next = $"{start + size}:{fate.Dice.Letters(8)}{call.Number}";
        }

        return new JsonObject
        {
            ["Associations"] = new JsonArray([.. page.Select(_view.Line), .. ghost is null ? [] : new JsonNode[] { ghost }]),
            ["NextToken"] = next,
        };
    }

    private static bool Fits(Association association, JsonArray? filters)
    {
        foreach (JsonObject filter in (filters ?? []).OfType<JsonObject>())
        {
            string key = (string?)filter["key"] ?? (string?)filter["Key"] ?? string.Empty;
            string value = (string?)filter["value"] ?? (string?)filter["Value"] ?? string.Empty;
            bool fits = key switch
            {
                "AssociationId" => association.Id == value,
                "Name" or "AssociationName" or "InstanceId" => (string?)association.Content[key] == value,
                _ => true,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBad(JsonObject entry) => ((string?)entry["Name"] ?? string.Empty).StartsWith("Missing-", StringComparison.Ordinal);

    /// <summary>Does what the call asks for, and makes the answer.</summary>
    private JsonObject Act(ApiCall call, Fate fate)
    {
        if (call.Operation == "DeleteAssociation")
        {
            World.Delete(call.Place, (string?)call.Body["AssociationId"] ?? string.Empty);
            return [];
        }

        if (call.Operation == "UpdateAssociation")
        {
            Association? edited = Find(call);
            bool isDone = edited is not null && _edits.Act(call, edited, _clock.Created(call, fate));
            if (isDone)
            {
                _runs.Change(edited!, _clock.Created(call, fate), call.Number);
            }

            Transcript.Add(call.Number, $"   {(isDone ? "version " + edited!.Latest.Number : "not changed")}");
            return new JsonObject { ["AssociationDescription"] = isDone ? _view.Description(edited!) : null };
        }

        if (call.Operation == "StartAssociationsOnce")
        {
            _runs.Start(call, _clock.Created(call, fate));
            return [];
        }

        var successful = new List<JsonNode?>();
        var failed = new List<JsonNode?>();
        bool isUnclear = Script.Has(Mischief.ViewMembersDropped);
        foreach (JsonObject entry in call.Entries)
        {
            string? refusal = Refusal(call, fate, entry);
            if (refusal is null)
            {
                Association made = World.Create(call.Place, entry, _clock.Created(call, fate), call.Number);
                _runs.Change(made, _clock.Created(call, fate), call.Number);
                Transcript.Add(call.Number, $"   created {made.Id} for {Describe(call with { Entries = [entry] })}");
                successful.Add(_view.Description(made));
                continue;
            }

            if (fate.Has(Mischief.FailedForgotten))
            {
                isUnclear = true;
                continue;
            }

            failed.Add(new JsonObject { ["Entry"] = entry.DeepClone(), ["Fault"] = refusal == "Rate exceeded" ? "Server" : "Client", ["Message"] = refusal });
        }

        Spoil(call, fate, successful, failed, ref isUnclear);
        if (isUnclear)
        {
            World.Note(call.Place, call.Entries, trace => trace.IsUnclear = true);
        }

        if (call.Operation == "CreateAssociation")
        {
            return new JsonObject { ["AssociationDescription"] = successful.Count > 0 ? successful[0] : null };
        }

        var answer = new JsonObject();
        if (!fate.Has(Mischief.PartsAbsent) || fate.Dice.Chance(40))
        {
            answer["Successful"] = fate.Has(Mischief.PartsNull) && fate.Dice.Chance(70) ? null : new JsonArray([.. successful]);
        }

        if (!fate.Has(Mischief.PartsAbsent))
        {
            answer["Failed"] = fate.Has(Mischief.PartsNull) ? null : new JsonArray([.. failed]);
        }

        return answer;
    }

    private string? Refusal(ApiCall call, Fate fate, JsonObject entry)
    {
        if (IsBad(entry))
        {
            string name = Script.NamesWhatItRefuses ? $"Document does not exist: {entry["Name"]}" : "InvalidDocument";
            return Secrets.Decorate(Script, fate, name + Secrets.Quote(Script, fate, entry));
        }

        if (entry["InstanceId"] is { } node && World.Existing(call.Place).Any(other => (string?)other.Content["InstanceId"] == (string?)node && (string?)other.Content["Name"] == (string?)entry["Name"]))
        {
            return "AssociationAlreadyExists: The specified association already exists.";
        }

        if (fate.Has(Mischief.EntryThrottled) && fate.Dice.Chance(50))
        {
            return "Rate exceeded";
        }

        return fate.Has(Mischief.EntryRefused) && fate.Dice.Chance(50)
            ? Secrets.Decorate(Script, fate, "InvalidTarget: The target is not valid." + Secrets.Quote(Script, fate, entry))
            : null;
    }

    private void Spoil(ApiCall call, Fate fate, List<JsonNode?> successful, List<JsonNode?> failed, ref bool isUnclear)
    {
        Dice dice = fate.Dice;
        if (fate.Has(Mischief.ForeignRecord) && World.Existing(call.Place).FirstOrDefault(other => other.Call != call.Number) is { } foreign)
        {
            successful.Insert(dice.Next(successful.Count + 1), _view.Description(foreign));
            isUnclear = true;
        }

        if (successful.Count > 0)
        {
            int place = dice.Next(successful.Count);
            if (fate.Has(Mischief.PartMissing))
            {
                successful.RemoveAt(place);
                isUnclear = true;
            }
            else if (fate.Has(Mischief.PartDoubled))
            {
                successful.Add(successful[place]!.DeepClone());
                isUnclear = true;
            }
            else if (fate.Has(Mischief.PartDoubledForAnother) && successful.Count > 1)
            {
                successful[(place + 1) % successful.Count] = successful[place]!.DeepClone();
                isUnclear = true;
            }
            else if (fate.Has(Mischief.IdMissing))
            {
                ((JsonObject)successful[place]!).Remove("AssociationId");
                isUnclear = true;
            }
            else if (fate.Has(Mischief.IdEmpty))
            {
                successful[place]!["AssociationId"] = string.Empty;
                isUnclear = true;
            }
        }

        if (fate.Has(Mischief.RecordNull))
        {
            successful.Insert(dice.Next(successful.Count + 1), null);
            isUnclear = true;
        }

        if (fate.Has(Mischief.FailedNull))
        {
            failed.Insert(dice.Next(failed.Count + 1), dice.Chance(50) ? null : new JsonObject { ["Entry"] = null, ["Message"] = null, ["Fault"] = null });
            isUnclear = true;
        }

        if (fate.Has(Mischief.FailedOdd))
        {
            failed.Add(new JsonObject { ["Fault"] = "Nobody", ["Message"] = Secrets.Decorate(Script, fate, "?"), ["Entry"] = new JsonObject { ["Name"] = string.Empty, ["Colour"] = "blue" } });
            isUnclear = true;
        }

        if (fate.Has(Mischief.PartsNull) || fate.Has(Mischief.PartsAbsent))
        {
            isUnclear = true;
        }

        if (fate.Has(Mischief.OrderShuffled))
        {
            List<JsonNode?> other = dice.Shuffle(successful);
            successful.Clear();
            successful.AddRange(other);
        }
    }

    private async Task ActLateAsync(ApiCall call, Fate fate)
    {
        await Task.Delay(fate.Delay).ConfigureAwait(false);
        Act(call, fate);
        Transcript.Add(call.Number, "   acted late");
    }

    private async Task HoldAsync(RawConnection connection)
    {
        // Longer than any time limit that the tests set.
        await Task.Delay(TimeSpan.FromSeconds(8), _server.Stopping).ConfigureAwait(false);
        connection.Reset();
    }

    private Task RedirectAsync(RawConnection connection, ApiCall call, Fate fate)
    {
        var answer = new Answer { Status = Script.RedirectStatus ?? fate.Dice.Pick([301, 302, 303, 307, 308]) };
        answer.Headers.Add(("Location", _trap.Url.ToString()));
        return SendAsync(connection, call, fate, answer);
    }

    private static Answer Json(JsonObject body) => new() { Body = Encoding.UTF8.GetBytes(body.ToJsonString()) };

    private Task SendErrorAsync(RawConnection connection, ApiCall call, Fate fate, int status, string code, string message)
    {
        Transcript.Add(call.Number, $"   {status} {code}");
        var body = new JsonObject { [fate.Dice.Chance(50) ? "message" : "Message"] = message };
        var answer = new Answer { Status = status };
        if (code.Length > 0)
        {
            body["__type"] = fate.Dice.Chance(50) ? code : "com.amazonaws.ssm#" + code;
            if (fate.Dice.Chance(50))
            {
                answer.Headers.Add(("x-amzn-ErrorType", code + ":http://internal.amazon.com/coral/com.amazonaws.ssm/"));
            }
        }

        if (status is 429 or 503 || code.Contains("Thrott", StringComparison.Ordinal))
        {
            if (RetryAfter() is { } retryAfter)
            {
                answer.Headers.Add(("Retry-After", retryAfter));
            }
        }

        answer.Body = Encoding.UTF8.GetBytes(body.ToJsonString());
        return SendAsync(connection, call, fate, answer);
    }

    private string? RetryAfter() => Script.RetryAfter ?? (
        Script.Has(Mischief.RetryAfterSeconds) ? "1"
        : Script.Has(Mischief.RetryAfterDate) ? DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture)
        : Script.Has(Mischief.RetryAfterFarDate) ? "Fri, 01 Mar 2086 00:00:00 GMT"
        : Script.Has(Mischief.RetryAfterHours) ? DateTimeOffset.UtcNow.AddHours(2).ToString("R", CultureInfo.InvariantCulture)
        : Script.Has(Mischief.RetryAfterNegative) ? "-5"
        : Script.Has(Mischief.RetryAfterNotANumber) ? "NaN"
        : null);

    private async Task SendAsync(RawConnection connection, ApiCall call, Fate fate, Answer answer)
    {
        if (_clock.Header(call, fate) is { } date)
        {
            answer.Headers.Add(("Date", date));
        }

        bool rewrites = Script.Has(Mischief.ProxyRewrites);
        if (!rewrites || fate.Dice.Chance(50))
        {
            answer.Headers.Add((rewrites ? "X-AMZN-REQUESTID" : "x-amzn-RequestId", fate.Dice.Id().ToString()));
        }

        if (rewrites)
        {
            answer.Headers.Add(("Via", "1.1 proxy.example"));
            answer.Headers.Add(("X-Cache", "MISS"));
            if (answer.ContentType.EndsWith("json-1.1", StringComparison.Ordinal) && answer.Body.Length > 0)
            {
                answer.ContentType = "application/json; charset=utf-8";
                answer.Body = JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(answer.Body), s_indented);
            }
        }

        bool isGood = answer.Status == 200;
        switch (fate.Whole)
        {
            case Mischief.AnswerTruncated when isGood:
                byte[] whole = answer.ToBytes();
                await connection.WriteAsync(whole.AsMemory(0, whole.Length - Math.Max(1, answer.Body.Length / 2))).ConfigureAwait(false);
                connection.Close();
                return;
            case Mischief.AnswerGarbled when isGood && answer.Body.Length > 10:
                answer.Body[answer.Body.Length / 2] = (byte)'}';
                answer.Body[^1] = 0xC3;
                break;
            case Mischief.AnswerEmpty when isGood:
                answer.Body = [];
                break;
            case Mischief.AnswerHuge when isGood:
                answer.Body = [.. Encoding.ASCII.GetBytes(new string(' ', 2_000_000)), .. answer.Body];
                break;
            case Mischief.AnswerGzip when isGood:
                answer.Compress();
                break;
            case Mischief.AnswerChunked when isGood:
                answer.IsChunked = true;
                break;
            case Mischief.AnswerOldHttp when isGood:
                answer.Version = "HTTP/1.0";
                await connection.WriteAsync(answer.ToBytes()).ConfigureAwait(false);
                connection.Close();
                return;
            case Mischief.AnswerTrickled when isGood:
                byte[] bytes = answer.ToBytes();
                for (int i = 0; i < bytes.Length; i += bytes.Length / 8 + 1)
                {
                    await connection.WriteAsync(bytes.AsMemory(i, Math.Min(bytes.Length / 8 + 1, bytes.Length - i))).ConfigureAwait(false);
                    await Task.Delay(50).ConfigureAwait(false);
                }

                return;
        }

        await connection.WriteAsync(answer.ToBytes()).ConfigureAwait(false);
    }

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private async Task AnswerStsAsync(int number, RawRequest request, RawConnection connection)
    {
        (int status, string body, string said) = _accounts.Answer(request);
        Transcript.Add(number, $"STS {said} -> {status}");
        var answer = new Answer { Status = status, ContentType = "text/xml", Body = Encoding.UTF8.GetBytes(body) };
        answer.Headers.Add(("x-amzn-RequestId", Guid.NewGuid().ToString()));
        answer.Headers.Add(("Date", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture)));
        await connection.WriteAsync(answer.ToBytes()).ConfigureAwait(false);
    }
}
