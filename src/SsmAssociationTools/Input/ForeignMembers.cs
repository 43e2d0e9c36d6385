using System;
using System.Collections;
using System.Linq;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Says what is wrong with a member that entries do not have.</summary>
internal sealed class ForeignMembers
{
    private readonly ReadingContext _context;
    private readonly UnknownNames _unknown;
    private readonly OwnDestination _destination;

    public ForeignMembers(ReadingContext context, UnknownNames unknown, OwnDestination destination)
    {
        _context = context;
        _unknown = unknown;
        _destination = destination;
    }

    /// <summary>Reads one.</summary>
    /// <param name="isDescription">True where its object is an association that was read back.</param>
    /// <param name="typeName">The class of its object; null where that says nothing.</param>
    /// <returns>True where it is meant for an entry; what nobody can tell is not.</returns>
    public bool Read(string name, object? value, bool isDescription, string? typeName)
    {
        switch (name.ToUpperInvariant())
        {
            case "TAGS" or "TAG":
                if (!SaysNothing(value, 0))
                {
                    _context.Enter("Tags");
                    _context.Report(ReadingRules.Tags, "CreateAssociationBatch cannot tag associations. Remove Tags here, and tag what is created afterwards (AddTagsToResource with resource type Association).");
                    _context.Leave();
                }

                return true;
            case "ASSOCIATIONDISPATCHASSUMEROLE":
                _context.Enter("AssociationDispatchAssumeRole");
                _context.Report(
                    ReadingRules.DispatchAssumeRole,
                    isDescription ? IssueSeverity.Warning : IssueSeverity.Error,
                    "This role belongs to the whole call, not to an entry. Remove it here and give it as -AssociationDispatchAssumeRole.");
                _context.Leave();
                return true;
            case "REGION":
                _destination.ReadRegion(value);
                return true;
            case "ROLEARN":
                _destination.ReadRole(value);
                return true;
        }

        if ((isDescription && MemberNames.IsOfDescription(name)) || MemberNames.IsOfRemoting(name) || IsOfClass(typeName, name))
        {
            return false;
        }

        if (MemberNames.HintFor(name) is string hint)
        {
            _context.Miss(hint.Split(' ')[0]);
            _unknown.Report(name, hint, isError: true);
            return true;
        }

        // Nothing an existing association says of itself is a slip of a member's name.
        return MemberNames.IsOfDescription(name)
            ? Report(name)
            : _unknown.Check(name, value, MemberNames.Members);
    }

    private bool Report(string name)
    {
        _unknown.Report(name, null, isError: false);
        return false;
    }

    /// <summary>True for what nobody filled in: nothing, blank texts, empty lists, and lists and objects of such.</summary>
    private bool SaysNothing(object? value, int depth)
    {
        if (InputValue.IsBlank(value))
        {
            return true;
        }

        Shape shape = InputValue.ShapeOf(ref value);
        if (depth > 4)
        {
            return false;
        }

        if (shape == Shape.List)
        {
            foreach (object? item in (IEnumerable)value!)
            {
                if (!SaysNothing(item, depth + 1))
                {
                    return false;
                }
            }

            return true;
        }

        return shape is Shape.Bag && GivenMembers.Of(value!, _context, isProbe: true).All(given => SaysNothing(given.Value, depth + 1));
    }

    /// <summary>What a row of a database query and a request of the AWS SDK carry beside their content.</summary>
    private static bool IsOfClass(string? typeName, string name)
    {
        if (typeName?.StartsWith("System.Data.", StringComparison.Ordinal) == true)
        {
            return name is "RowError" or "RowState" or "Table" or "ItemArray" or "HasErrors";
        }

        return typeName?.StartsWith("Amazon.", StringComparison.Ordinal) == true
            && name is "RequestState" or "SignatureVersion" or "UserAgentDetails";
    }
}
