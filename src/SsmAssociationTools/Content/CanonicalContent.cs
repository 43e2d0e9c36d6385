using System;
using System.Collections.Generic;
#if NET
using System.Runtime.InteropServices;
#endif
using System.Security.Cryptography;
using SsmAssociationTools.Model;

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

#if NET
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#else
    private readonly SHA256 _hash = SHA256.Create();
#endif
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>True where the content that was taken last has characters of two halves, or halves of such.</summary>
    public bool HasSurrogates { get; private set; }

    /// <summary>The key of an entry's content.</summary>
    public ContentKey KeyOf(AssociationEntry entry)
    {
        BytesOf(entry);
        return Hash();
    }

    /// <summary>The key of what one member says.</summary>
    public ContentKey KeyOf(EntryMember member, object value)
    {
        _length = 0;
        Write(member, value);
        return Hash();
    }

    /// <summary>The canonical form itself. Holds the values of <c>Parameters</c>: never store it.</summary>
    public ArraySegment<byte> BytesOf(AssociationEntry entry)
    {
        _length = 0;
        HasSurrogates = false;
        Members(EntrySchema.Members, entry, except: ReadBackContent.HasOwnTargets(entry) ? null : EntrySchema.Targets);
        return new ArraySegment<byte>(_buffer, 0, _length);
    }

    public void Dispose() => _hash.Dispose();

    private ContentKey Hash()
    {
#if NET
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.AppendData(_buffer, 0, _length);
        _hash.GetHashAndReset(hash);
        return new ContentKey(hash);
#else
        return new ContentKey(_hash.ComputeHash(_buffer, 0, _length));
#endif
    }

    private void Write(EntryMember member, object value)
    {
        switch (member.Kind)
        {
            case MemberKind.Text or MemberKind.Constant:
                var text = (string)value;
                if (text.Length > 0 && text != member.ServiceDefault)
                {
                    Write(member.Tag!.Value, member.Canonical is { } canonical ? canonical(text)! : text);
                }

                break;
            case MemberKind.Texts:
                Set(member.Tag!.Value, (string?[])value);
                break;
            case MemberKind.Map:
                Map(member.Tag!.Value, (Dictionary<string, string?[]?>)value);
                break;
            case MemberKind.Maps:
                foreach (Dictionary<string, string?[]?>? map in (Dictionary<string, string?[]?>?[])value)
                {
                    Map(member.Tag!.Value, map);
                }

                break;
            case MemberKind.Part:
                Part(member, value);
                break;
            case MemberKind.Parts:
                Parts(member, (object?[])value);
                break;
            case MemberKind.Flag:
                Flag(member.Tag!.Value, (bool)value);
                break;
            case MemberKind.Number:
                Number(member.Tag!.Value, (int)value);
                break;
        }
    }

    private void Members(EntryMember[] members, object owner, EntryMember? except = null)
    {
        foreach (EntryMember member in members)
        {
            switch (member.Kind)
            {
                case MemberKind.Flag:
                    Flag(member.Tag!.Value, member.Flag(owner));
                    break;
                case MemberKind.Number:
                    Number(member.Tag!.Value, member.Number(owner));
                    break;
                default:
                    if (member != except && member.Get(owner) is { } value)
                    {
                        Write(member, value);
                    }

                    break;
            }
        }
    }

    private void Part(EntryMember member, object part)
    {
        if (member.Tag is char tag)
        {
            Mark(tag);
        }

        Members(member.Parts, part);
        if (member.Tag is not null)
        {
            Mark(End);
        }
    }

    private void Parts(EntryMember member, object?[] parts)
    {
        if (member.IsSet && parts.Length > 1)
        {
            parts = (object?[])parts.Clone();
            Array.Sort(parts, static (a, b) => CompareTargets((AssociationTarget?)a, (AssociationTarget?)b));
        }

        foreach (object? part in parts)
        {
            if (part is not null)
            {
                Part(member, part);
            }
            else if (member.Tag is char tag)
            {
                // No entry with such an item is sent, but every input has a key, and a key stays what it was.
                Mark(tag);
                if (member.IsSet)
                {
                    Mark(End);
                }
            }
        }
    }

    private static int CompareTargets(AssociationTarget? a, AssociationTarget? b)
    {
        Func<string?, string?> canonical = EntrySchema.TargetKeyMember.Canonical!;
        int order = string.CompareOrdinal(canonical(a?.Key), canonical(b?.Key));
        return order != 0 ? order : string.CompareOrdinal(Joined(a), Joined(b));
    }

    private static string Joined(AssociationTarget? target)
    {
        string?[] values = (string?[])(target?.Values ?? []).Clone();
        Array.Sort(values, StringComparer.Ordinal);
        return string.Join("\n", values);
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
        if (key.Length > 0)
        {
            Write('K', key);
        }

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

    /// <summary>Lengths stand before the text, so that no two different contents give the same bytes.</summary>
    private void Write(char tag, string value)
    {
        Mark(tag);
        int bytes = value.Length * 2;
        Reserve(4 + bytes);
        WriteLength(value.Length);
#if NET
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(value.AsSpan()).CopyTo(_buffer.AsSpan(_length));
            _length += bytes;
            HasSurrogates |= value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
            return;
        }
#endif
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            _buffer[_length++] = (byte)c;
            _buffer[_length++] = (byte)(c >> 8);
            HasSurrogates |= char.IsSurrogate(c);
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
