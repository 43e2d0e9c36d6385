using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Faults;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.LocalEndpoint.Simulation;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>The operations, from a request whose form has been checked to the body of the answer.</summary>
internal sealed class AssociationService
{
    private const int LargestPage = 50;

    private readonly EntryChecks _checks;
    private readonly Inventory _inventory;
    private readonly AssociationStore _store;
    private readonly DescriptionReader _reader;
    private readonly DescriptionWriter _descriptions;
    private readonly Shape _entryShape;
    private readonly Random _ids;
    private readonly ServiceClock _clock;
    private readonly AssociationUpdates _updates;
    private readonly Simulator _simulator;
    private readonly ExecutionOperations _executions;
    private readonly NodeOperations _nodes;
    private readonly DocumentOperations _documents;
    private readonly TagOperations _tags;
    private readonly int _limit;
    private long _listCalls;

    /// <summary>Makes the operations.</summary>
    /// <param name="model">The API model.</param>
    /// <param name="inventory">What exists around the associations.</param>
    /// <param name="store">The associations.</param>
    /// <param name="reader">Reads descriptions.</param>
    /// <param name="simulator">Runs them.</param>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="clock">The time.</param>
    /// <param name="seed">Seed of the ids.</param>
    public AssociationService(
        ApiModel model,
        Inventory inventory,
        AssociationStore store,
        DescriptionReader reader,
        Simulator simulator,
        LocalEndpointOptions options,
        ServiceClock clock,
        int seed)
    {
        _checks = new EntryChecks(inventory);
        _inventory = inventory;
        _store = store;
        _reader = reader;
        _limit = options.AssociationLimit;
        _clock = clock;
        _simulator = simulator;
        _executions = new ExecutionOperations(store, simulator, inventory, clock);
        _nodes = new NodeOperations(store, simulator, inventory, clock);
        _documents = new DocumentOperations(inventory, clock);
        _tags = new TagOperations(store, inventory);
        _ids = new Random(seed);
        _descriptions = new DescriptionWriter(model);
        _updates = new AssociationUpdates(model, _checks, store, reader, _descriptions, clock, options.OmittedMember, seed);
        _entryShape = model.Input("CreateAssociationBatch").Members["Entries"].Item!;
    }

    /// <summary>Carries out a call.</summary>
    /// <param name="operation">Its operation.</param>
    /// <param name="request">Its request.</param>
    /// <param name="call">What happens to it.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="ServiceException">An error for the whole call.</exception>
    public byte[] Run(string operation, JsonElement request, CallContext call) => operation switch
    {
        "CreateAssociationBatch" => CreateBatch(request, call.Faults),
        "CreateAssociation" => Create(request, call.Faults),
        "ListAssociations" => List(request, call.Faults),
        "DescribeAssociation" => Describe(request, call.Faults),
        "UpdateAssociation" => Update(request, call),
        "ListAssociationVersions" => ListVersions(request, call.Faults),
        "DescribeAssociationExecutions" => _executions.List(request, call.Faults),
        "DescribeAssociationExecutionTargets" => _executions.ListTargets(request, call.Faults),
        "DescribeInstanceAssociationsStatus" => _executions.ListOfNode(request, call.Faults),
        "StartAssociationsOnce" => _executions.Start(request),
        "DescribeInstanceInformation" => _nodes.List(request, call.Faults),
        "GetDocument" => _documents.Get(request),
        "DescribeDocument" => _documents.Describe(request),
        "ListDocuments" => _documents.List(request, call.Faults),
        "GetCalendarState" => _documents.GetCalendarState(request),
        "AddTagsToResource" => _tags.Add(request),
        "RemoveTagsFromResource" => _tags.Remove(request),
        "ListTagsForResource" => _tags.List(request),
        _ => Delete(request, call),
    };

    private static ServiceException Injected(FaultRule rule)
    {
        string code = rule.Code ?? "InternalServerError";
        return new ServiceException(code, rule.Message ?? ErrorTexts.For(code), code == "InternalServerError" ? 500 : 400);
    }

    private static string FaultOf(ServiceException error) => error.Status >= 500 ? "Server" : "Client";

    private bool Matches(StoredAssociation association, string key, string value) => key switch
    {
        "Name" => association.Name == value,
        "AssociationId" => string.Equals(association.Id, value, StringComparison.OrdinalIgnoreCase),
        "AssociationName" => association.AssociationName == value,
        "InstanceId" => association.Nodes.Contains(value),
        "ResourceGroupName" => association.ResourceGroups.Contains(value),

        "AssociationStatusName" => (StateOf(association).Overview?.Overview ?? association.Status) == value,
        "LastExecutedBefore" => IsTime(value, out DateTime before) && LastExecution(association) < before,
        "LastExecutedAfter" => IsTime(value, out DateTime after) && LastExecution(association) > after,
        _ => false,
    };

    private AssociationState StateOf(StoredAssociation association) => AssociationState.Of(_simulator, association);

    private DateTime? LastExecution(StoredAssociation association) => StateOf(association).LastExecution ?? association.LastExecution;

    private static bool IsTime(string value, out DateTime time) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>The version that a reader sees who may be behind; null where there is none yet.</summary>
    private StoredVersion? Seen(StoredAssociation association, FaultRule? lag, long listCalls) => association.Versions.LastOrDefault(version =>
        lag is null || !(listCalls - version.ListCallsBefore <= lag.ListCalls || _clock.Now - version.Made < lag.Duration));

    private byte[] CreateBatch(JsonElement request, CallFaults faults)
    {
        JsonElement[] entries = [.. Entry.Items(request, "Entries")];
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        if (entries.Select(entry => Entry.Text(entry, "InstanceId")).Any(node => node is not null && !nodes.Add(node)))
        {
            throw new ServiceException("DuplicateInstanceId", "DuplicateInstanceId");
        }

        FaultRule? failing = faults.Find(FaultEffect.FailEntries);
        FaultRule? omitting = faults.Find(FaultEffect.Omit);
        bool[] failed = faults.Draw(failing, entries.Length);
        bool[] omitted = faults.Draw(omitting, entries.Length);
        List<byte[]> successes = [];
        List<(JsonElement Entry, string? Message, string Fault)> failures = [];
        string? role = Entry.Text(request, "AssociationDispatchAssumeRole");

        // The costly part needs no gate, so that calls do not wait for each other's checks.
        Func<StoredAssociation>?[] steps = [.. entries.Select((entry, i) => omitted[i] && omitting!.Acted == false ? null
            : failed[i] ? () => throw Injected(failing!)
            : Prepare(entry, role))];
        lock (_store.Gate)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                try
                {
                    if (steps[i]?.Invoke() is StoredAssociation created && !omitted[i])
                    {
                        successes.Add(created.Description);
                    }
                }
                catch (ServiceException error)
                {
                    if (!omitted[i])
                    {
                        failures.Add((entries[i], error.Text, failed[i] && failing!.Fault is string fault ? fault : FaultOf(error)));
                    }
                }
            }

            _store.Flush();
        }

        faults.Reorder(successes);
        faults.Reorder(failures);
        return JsonBytes.Make(writer =>
        {
            writer.WriteStartObject();
            PageAnswer.WriteList(writer, "Failed", failures, faults, failure =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("Entry");
                ShapeWriter.Write(writer, _entryShape, failure.Entry);
                writer.WriteString("Fault", failure.Fault);
                if (faults.Text(failure.Message) is string message)
                {
                    writer.WriteString("Message", message);
                }

                writer.WriteEndObject();
            });
            PageAnswer.WriteList(writer, "Successful", successes, faults, description => writer.WriteRawValue(description, skipInputValidation: true));
            writer.WriteEndObject();
        });
    }

    private byte[] Create(JsonElement request, CallFaults faults)
    {
        if (faults.Find(FaultEffect.FailEntries) is FaultRule failing)
        {
            throw Injected(failing);
        }

        Func<StoredAssociation> step = Prepare(request, Entry.Text(request, "AssociationDispatchAssumeRole"));
        lock (_store.Gate)
        {
            StoredAssociation created = step();
            TagOperations.Put(created.Tags, request);
            _store.Flush();
            return DescriptionAnswer(created.Description);
        }
    }

    private static byte[] DescriptionAnswer(byte[] description) => JsonBytes.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("AssociationDescription");
        writer.WriteRawValue(description, skipInputValidation: true);
        writer.WriteEndObject();
    });

    /// <summary>
    /// Checks an entry and describes its association.
    /// </summary>
    /// <returns>Creates it, or throws what is wrong. To be called with the gate held, and followed by a flush.</returns>
    private Func<StoredAssociation> Prepare(JsonElement entry, string? role)
    {
        try
        {
            DocumentInfo document = _checks.Check(entry);
            StoredAssociation association = Make();
            return () =>
            {
                // A state file may hold ids of an earlier run with the same seed.
                while (_store.Find(association.Id) is not null)
                {
                    association = Make();
                }

                Admit(association);
                return association;
            };

            StoredAssociation Make() => _reader.Read(_descriptions.Describe(entry, document, new DescriptionFacts(NewId(), 1, _clock.Now, _clock.Now, role)));
        }
        catch (ServiceException error)
        {
            return () => throw error;
        }
    }

    /// <summary>Adds an association unless others stand in its way.</summary>
    private void Admit(StoredAssociation association)
    {
        if (association.UniqueKey is string key && _store.FindUnique(key) is not null)
        {
            throw association.InstanceId is null
                ? new ServiceException("InvalidTarget", ErrorTexts.SecondInventory)
                : new ServiceException("AssociationAlreadyExists", ErrorTexts.AlreadyExists);
        }

        if (_limit > 0 && _store.Count >= _limit)
        {
            string limit = _limit.ToString("N0", CultureInfo.InvariantCulture);
            throw new ServiceException("AssociationLimitExceeded", $"AssociationLimitExceeded: at most {limit} associations can be active.");
        }

        _store.Add(association, _listCalls);
        _simulator.Created(association);
    }

    /// <summary>A version 4 id from the seeded numbers.</summary>
    private string NewId()
    {
        byte[] bytes = new byte[16];
        lock (_ids)
        {
            _ids.NextBytes(bytes);
        }

        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }

    private byte[] List(JsonElement request, CallFaults faults)
    {
        (string Key, string Value)[] filters =
            [.. Entry.Items(request, "AssociationFilterList").Select(filter => (Entry.Text(filter, "key")!, Entry.Text(filter, "value")!))];
        string filterText = string.Join("\n", filters.Select(filter => filter.Key + "=" + filter.Value));
        int size = Entry.TryGet(request, "MaxResults", out JsonElement most) ? most.GetInt32() : LargestPage;
        long after = Entry.Text(request, "NextToken") is string token ? NextToken.Read(token, filterText) : -1;
        FaultRule? lag = faults.Find(FaultEffect.Lag);
        List<(long Sequence, byte[] Description, AssociationState State)> page;
        lock (_store.Gate)
        {
            _simulator.CatchUp();
            long listCalls = ++_listCalls;
            page = [.. _store.Narrow(filters).After(after)
                .Where(association => Array.TrueForAll(filters, filter => Matches(association, filter.Key, filter.Value)))
                .Select(association => (association, Seen(association, lag, listCalls)?.Description!))
                .Where(static line => line.Item2 is not null)
                .Take(size + 1)
                .Select(line => (line.association.Sequence, line.Item2, StateOf(line.association)))];
        }

        string? next = null;
        if (page.Count > size)
        {
            page.RemoveAt(size);
            next = NextToken.Make(page[size - 1].Sequence, filterText);
        }

        return PageAnswer.Make("Associations", page, next, faults, (writer, line) => _descriptions.Summarize(writer, line.Description, line.State));
    }

    private byte[] Describe(JsonElement request, CallFaults faults)
    {
        lock (_store.Gate)
        {
            _simulator.CatchUp();
            StoredAssociation association = Find(request);
            StoredVersion seen = Seen(association, faults.Find(FaultEffect.Lag), _listCalls + 1) ?? throw NotThere();
            if (Entry.Text(request, "AssociationVersion") is string version && version != "$LATEST")
            {
                seen = association.Versions.Find(one => one.Number <= seen.Number && one.Number.ToString(CultureInfo.InvariantCulture) == version)
                    ?? throw new ServiceException("InvalidAssociationVersion", $"InvalidAssociationVersion: version {version} does not exist.");
            }

            AssociationState state = StateOf(association);
            return JsonBytes.Make(writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("AssociationDescription");
                _descriptions.Describe(writer, seen.Description, state);
                writer.WriteEndObject();
            });
        }
    }

    private byte[] Update(JsonElement request, CallContext call)
    {
        lock (_store.Gate)
        {
            _simulator.CatchUp();
            StoredAssociation association = Find(request);
            _updates.Claim(association, call);
            byte[] description = _updates.Update(association, request, _listCalls);
            _simulator.Updated(association);
            _store.Flush();
            return DescriptionAnswer(description);
        }
    }

    private byte[] ListVersions(JsonElement request, CallFaults faults)
    {
        string id = Entry.Text(request, "AssociationId")!.ToLowerInvariant();
        int size = Entry.TryGet(request, "MaxResults", out JsonElement most) ? most.GetInt32() : LargestPage;
        long before = Entry.Text(request, "NextToken") is string token ? NextToken.Read(token, id) : long.MaxValue;
        List<StoredVersion> page;
        lock (_store.Gate)
        {
            page = [.. Find(request).Versions.Where(version => version.Number < before).OrderByDescending(static version => version.Number).Take(size + 1)];
        }

        string? next = null;
        if (page.Count > size)
        {
            page.RemoveAt(size);
            next = NextToken.Make(page[size - 1].Number, id);
        }

        return PageAnswer.Make("AssociationVersions", page, next, faults, (writer, version) => _descriptions.WriteVersion(writer, version.Description));
    }

    private byte[] Delete(JsonElement request, CallContext call)
    {
        lock (_store.Gate)
        {
            StoredAssociation association = Find(request);
            _updates.Claim(association, call);
            _store.Remove(association);
            _store.Flush();
            return PageAnswer.Empty();
        }
    }

    private static ServiceException NotThere() => new("AssociationDoesNotExist", ErrorTexts.NotThere);

    private StoredAssociation Find(JsonElement request)
    {
        if (Entry.Text(request, "AssociationId") is string id)
        {
            return _store.Find(id) ?? throw NotThere();
        }

        if (Entry.Text(request, "Name") is not string name || Entry.Text(request, "InstanceId") is not string node)
        {
            throw new ServiceException("ValidationException", "AssociationId, or Name and InstanceId, must be given.");
        }

        if (_store.FindUnique(_reader.UniqueKey(name, node)) is StoredAssociation found)
        {
            return found;
        }

        throw _inventory.FindDocument(name) is null ? new ServiceException("InvalidDocument", "Document does not exist: " + name) : NotThere();
    }
}
