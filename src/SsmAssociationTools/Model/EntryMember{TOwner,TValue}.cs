using System;

namespace SsmAssociationTools.Model;

/// <summary>A row with the property that it stands for.</summary>
internal sealed class EntryMember<TOwner, TValue> : EntryMember
    where TOwner : class
{
    private readonly Func<TOwner, TValue?> _get;
    private readonly Action<TOwner, TValue?> _set;

    public EntryMember(string name, MemberKind kind, Func<TOwner, TValue?> get, Action<TOwner, TValue?> set)
        : base(name, kind, PartTypeOf(kind))
    {
        _get = get;
        _set = set;
    }

    public override object? Get(object owner) => _get((TOwner)owner);

    public override void Set(object owner, object? value) => _set((TOwner)owner, (TValue?)value);

    public override int? Number(object owner) => (_get as Func<TOwner, int?>)?.Invoke((TOwner)owner);

    public override bool? Flag(object owner) => (_get as Func<TOwner, bool?>)?.Invoke((TOwner)owner);

    private static Type? PartTypeOf(MemberKind kind) => kind switch
    {
        MemberKind.Map or MemberKind.Part => typeof(TValue),
        MemberKind.Maps or MemberKind.Parts => typeof(TValue).GetElementType(),
        _ => null,
    };
}
