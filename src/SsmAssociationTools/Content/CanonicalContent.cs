using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace SsmAssociationTools.Content;

/// <summary>
/// The content of an entry in one fixed form, so that what was sent can be compared with what the service echoes, lists
/// or already has: sorted where order has no meaning, and without values that the service fills in by itself.
/// Reuses its buffer; not safe for concurrent use.
/// </summary>
internal sealed class CanonicalContent : IDisposable
{
    /// <summary>Closes a nested part, so that what follows cannot be taken for a member of it.</summary>
    private const char End = ']';

#if !NET
    private readonly SHA256 _hash = SHA256.Create();
#endif
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>The key of an entry's content.</summary>
    public ContentKey KeyOf(AssociationEntry entry)
    {
        ArraySegment<byte> bytes = BytesOf(entry);
#if NET
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new ContentKey(hash);
#else
        return new ContentKey(_hash.ComputeHash(bytes.Array!, bytes.Offset, bytes.Count));
#endif
    }

    /// <summary>The canonical form itself. Holds the values of <c>Parameters</c>: never store it.</summary>
    public ArraySegment<byte> BytesOf(AssociationEntry entry)
    {
        _length = 0;
        Text('N', entry.Name);
        Text('I', entry.InstanceId);
        Map('P', entry.Parameters);
        Text('A', entry.AutomationTargetParameterName);
        Text('V', entry.DocumentVersion == "$DEFAULT" ? null : entry.DocumentVersion);
        Targets('T', ReadBackContent.HasOwnTargets(entry) ? entry.Targets : null);
        Text('S', entry.ScheduleExpression);
        S3OutputLocation? output = entry.OutputLocation?.S3Location;
        Text('r', output?.OutputS3Region);
        Text('b', output?.OutputS3BucketName);
        Text('p', output?.OutputS3KeyPrefix);
        Text('n', entry.AssociationName);
        Text('E', entry.MaxErrors);
        Text('C', entry.MaxConcurrency);
        Text('c', entry.ComplianceSeverity == "UNSPECIFIED" ? null : entry.ComplianceSeverity);
        Text('s', entry.SyncCompliance == "AUTO" ? null : entry.SyncCompliance);
        Flag('y', entry.ApplyOnlyAtCronInterval);
        Set('k', entry.CalendarNames);
        Locations(entry.TargetLocations);
        Number('o', entry.ScheduleOffset);
        Number('d', entry.Duration);
        foreach (TargetMap? map in entry.TargetMaps ?? [])
        {
            Map('M', map);
        }

        Alarm('m', entry.AlarmConfiguration);
        return new ArraySegment<byte>(_buffer, 0, _length);
    }

    public void Dispose()
    {
#if !NET
        _hash.Dispose();
#endif
    }

    /// <summary>Two target keys are compared without case by the service; one spelling stands for all.</summary>
    public static string? CanonicalKey(string? key)
    {
        if (string.Equals(key, "InstanceIds", StringComparison.OrdinalIgnoreCase))
        {
            return "InstanceIds";
        }

        return string.Equals(key, "resource-groups:Name", StringComparison.OrdinalIgnoreCase) ? "resource-groups:Name" : key;
    }

    private void Targets(char tag, AssociationTarget?[]? targets)
    {
        if (targets is null || targets.Length == 0)
        {
            return;
        }

        if (targets.Length > 1)
        {
            targets = (AssociationTarget?[])targets.Clone();
            Array.Sort(targets, static (a, b) =>
            {
                int order = string.CompareOrdinal(CanonicalKey(a?.Key), CanonicalKey(b?.Key));
                return order != 0 ? order : string.CompareOrdinal(Joined(a), Joined(b));
            });
        }

        foreach (AssociationTarget? target in targets)
        {
            Mark(tag);
            Text('K', CanonicalKey(target?.Key));
            Set('v', target?.Values);
            Mark(End);
        }
    }

    private static string Joined(AssociationTarget? target)
    {
        string?[] values = (string?[])(target?.Values ?? []).Clone();
        Array.Sort(values, StringComparer.Ordinal);
        return string.Join("\n", values);
    }

    private void Locations(TargetLocation?[]? locations)
    {
        foreach (TargetLocation? location in locations ?? [])
        {
            Mark('L');
            if (location is null)
            {
                continue;
            }

            Set('a', location.Accounts);
            Set('g', location.Regions);
            Text('C', location.TargetLocationMaxConcurrency);
            Text('E', location.TargetLocationMaxErrors);
            Text('R', location.ExecutionRoleName);
            Alarm('m', location.TargetLocationAlarmConfiguration);
            Flag('u', location.IncludeChildOrganizationUnits);
            Set('x', location.ExcludeAccounts);
            Targets('T', location.Targets);
            Text('f', location.TargetsMaxConcurrency);
            Text('e', location.TargetsMaxErrors);
            Mark(End);
        }
    }

    private void Alarm(char tag, AlarmConfiguration? alarm)
    {
        if (alarm is null)
        {
            return;
        }

        Mark(tag);
        Flag('i', alarm.IgnorePollAlarmFailure);
        foreach (Alarm? one in alarm.Alarms ?? [])
        {
            Text('n', one?.Name);
        }

        Mark(End);
    }

    private void Map(char tag, Dictionary<string, string?[]?>? map)
    {
        if (map is null || map.Count == 0)
        {
            return;
        }

        Mark(tag);
        if (map.Count == 1)
        {
            foreach (KeyValuePair<string, string?[]?> pair in map)
            {
                Pair(pair.Key, pair.Value);
            }
        }
        else
        {
            var keys = new string[map.Count];
            map.Keys.CopyTo(keys, 0);
            Array.Sort(keys, StringComparer.Ordinal);
            foreach (string key in keys)
            {
                Pair(key, map[key]);
            }
        }

        Mark(End);
    }

    private void Pair(string key, string?[]? values)
    {
        Text('K', key);
        foreach (string? value in values ?? [])
        {
            // An empty value is a value: a parameter may be set to nothing on purpose.
            Write('v', value ?? string.Empty);
        }
    }

    private void Set(char tag, string?[]? values)
    {
        if (values is null || values.Length == 0)
        {
            return;
        }

        if (values.Length > 1)
        {
            values = (string?[])values.Clone();
            Array.Sort(values, StringComparer.Ordinal);
        }

        foreach (string? value in values)
        {
            Write(tag, value ?? string.Empty);
        }
    }

    private void Number(char tag, int? value)
    {
        if (value is int number)
        {
            Mark(tag);
            Reserve(4);
            WriteLength(number);
        }
    }

    /// <summary>False is what the service takes for an absent flag.</summary>
    private void Flag(char tag, bool? value)
    {
        if (value == true)
        {
            Mark(tag);
        }
    }

    private void Text(char tag, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Write(tag, value!);
        }
    }

    /// <summary>Lengths stand before the text, so that no two different contents give the same bytes.</summary>
    private void Write(char tag, string value)
    {
        Mark(tag);
        int bytes = value.Length * 2;
        Reserve(4 + bytes);
        WriteLength(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            _buffer[_length++] = (byte)c;
            _buffer[_length++] = (byte)(c >> 8);
        }
    }

    private void WriteLength(int value)
    {
        _buffer[_length++] = (byte)value;
        _buffer[_length++] = (byte)(value >> 8);
        _buffer[_length++] = (byte)(value >> 16);
        _buffer[_length++] = (byte)(value >> 24);
    }

    private void Mark(char tag)
    {
        Reserve(1);
        _buffer[_length++] = (byte)tag;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
