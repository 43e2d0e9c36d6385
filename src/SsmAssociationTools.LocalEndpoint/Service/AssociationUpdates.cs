using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// UpdateAssociation. What it does with members that are left out is not known: the API says that all are reset, samples
/// of AWS's show Name and Targets kept. So it is a setting.
/// </summary>
internal sealed class AssociationUpdates
{
    /// <summary>Versions that an association may have.</summary>
    public const int VersionLimit = 1000;

    private static readonly string[] s_keptAsSeen = ["Name", "Targets"];

    private readonly EntryChecks _checks;
    private readonly AssociationStore _store;
    private readonly DescriptionReader _reader;
    private readonly DescriptionWriter _descriptions;
    private readonly ServiceClock _clock;
    private readonly OmittedMember _omitted;
    private readonly Random _random;
    private readonly string[] _members;
    private readonly HashSet<string> _busy = new(StringComparer.OrdinalIgnoreCase);

    public AssociationUpdates(
        ApiModel model,
        EntryChecks checks,
        AssociationStore store,
        DescriptionReader reader,
        DescriptionWriter descriptions,
        ServiceClock clock,
        OmittedMember omitted,
        int seed)
    {
        _checks = checks;
        _store = store;
        _reader = reader;
        _descriptions = descriptions;
        _clock = clock;
        _omitted = omitted;
        _random = new Random(seed);
        _members = [.. model.Input("UpdateAssociation").Members.Keys.Where(static name => name is not ("AssociationId" or "AssociationVersion"))];
    }

    /// <summary>Keeps others from changing an association until the call is answered. To be called with the gate held.</summary>
    /// <exception cref="ServiceException">TooManyUpdates: another call is changing it.</exception>
    public void Claim(StoredAssociation association, CallContext call)
    {
        if (!_busy.Add(association.Id))
        {
            throw new ServiceException("TooManyUpdates", "TooManyUpdates: another change of this association is under way.");
        }

        call.Hold(() =>
        {
            lock (_store.Gate)
            {
                _busy.Remove(association.Id);
            }
        });
    }

    /// <summary>Changes an association. To be called with the gate held.</summary>
    /// <returns>Its new description.</returns>
    public byte[] Update(StoredAssociation association, JsonElement request, long listCalls)
    {
        CheckVersion(association, Entry.Text(request, "AssociationVersion"));
        if (association.InstanceId is not null)
        {
            throw new ServiceException("InvalidUpdate", "InvalidUpdate: an association that was made with InstanceId cannot be updated.");
        }

        using var entry = JsonDocument.Parse(Merge(association, request));
        DocumentInfo document = Check(entry.RootElement, request);
        if (association.Version >= VersionLimit)
        {
            string limit = VersionLimit.ToString("N0", CultureInfo.InvariantCulture);
            throw new ServiceException("AssociationVersionLimitExceeded", $"AssociationVersionLimitExceeded: an association can have {limit} versions.");
        }

        string? role = Entry.Text(entry.RootElement, "AssociationDispatchAssumeRole");
        var facts = new DescriptionFacts(association.Id, association.Version + 1, association.Created, _clock.Now, role);
        StoredAssociation next = _reader.Read(_descriptions.Describe(entry.RootElement, document, facts));
        if (next.UniqueKey is string key && _store.FindUnique(key) is StoredAssociation other && other.Id != association.Id)
        {
            throw new ServiceException("InvalidTarget", ErrorTexts.SecondInventory);
        }

        _store.Update(association, next, listCalls);
        return association.Description;
    }

    /// <summary>Compare-and-swap. Public sources do not say which of two errors a number that is behind gets, so each is drawn.</summary>
    private void CheckVersion(StoredAssociation association, string? version)
    {
        string current = association.Version.ToString(CultureInfo.InvariantCulture);
        if (version is null or "$LATEST" || version == current)
        {
            return;
        }

        string text = $"version {version} was given, and the latest version of the association is {current}.";
        throw _random.Next(2) == 0
            ? new ServiceException("InvalidUpdate", "InvalidUpdate: " + text)
            : new ServiceException("InvalidAssociationVersion", "InvalidAssociationVersion: " + text);
    }

    /// <summary>The entry that the association is to be made from now.</summary>
    private byte[] Merge(StoredAssociation association, JsonElement request)
    {
        using var current = JsonDocument.Parse(association.Description);
        return JsonBytes.Make(writer =>
        {
            writer.WriteStartObject();
            foreach (string member in _members)
            {
                if (Entry.TryGet(request, member, out JsonElement value)
                    || (IsKept(member) && current.RootElement.TryGetProperty(member, out value) && !IsOfTheService(member, value)))
                {
                    writer.WritePropertyName(member);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        });
    }

    private bool IsKept(string member) => _omitted switch
    {
        OmittedMember.Keep => true,
        OmittedMember.AsSeen => s_keptAsSeen.Contains(member),
        _ => false,
    };

    /// <summary>Targets that stand for nothing are made by the service, not by the entry.</summary>
    private static bool IsOfTheService(string member, JsonElement value) =>
        member == "Targets" && value.EnumerateArray().Any(static target => Entry.Text(target, "Key") == TargetKeys.NoOperation);

    private DocumentInfo Check(JsonElement entry, JsonElement request)
    {
        if (Entry.Text(entry, "Name") is null)
        {
            throw new ServiceException("InvalidDocument", "InvalidDocument: Name is reset by an update that leaves it out, and an association needs a document.");
        }

        try
        {
            DocumentInfo document = _checks.Check(entry);
            bool namesNothing = Entry.Items(request, "Targets").Any(static target => Entry.Text(target, "Key") == TargetKeys.NoOperation);
            return namesNothing && document.IsAutomation && Entry.Text(entry, "AutomationTargetParameterName") is null
                ? throw new ServiceException("ValidationException", ErrorTexts.BothOfAutomation)
                : document;
        }
        catch (ServiceException error) when (error.Text == ErrorTexts.BothOfAutomation)
        {
            throw new ServiceException("ValidationException", error.Text);
        }
        catch (ServiceException error) when (error.Code is "InvalidInstanceId" or "UnsupportedPlatformType")
        {
            // The operation has neither of these errors.
            throw new ServiceException("InvalidTarget", error.Text);
        }
    }
}
