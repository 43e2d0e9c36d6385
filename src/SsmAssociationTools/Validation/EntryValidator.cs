using System;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// Checks one entry after another against everything that can be known without the service: the constraints of the API
/// model and the rules between members. Reports all problems, in the order of the members. Allocates nothing for an
/// ordinary valid entry. Not safe for concurrent use; one pipeline has one.
/// </summary>
internal sealed class EntryValidator
{
    /// <summary>The constraints of every member with the rules that look beyond it, in the order of the members.</summary>
    private static readonly (FieldConstraint Field, Action<EntryContext> Rules)[] s_members =
        [.. FieldConstraints.Entry.Select(static field => (field, MemberRules.All[field.Member]))];

    private readonly EntryContext _context;

    public EntryValidator(ValidationOptions options, Func<DateTime>? utcNow = null) =>
        _context = new EntryContext(options, utcNow ?? (static () => SystemTime.UtcNow));

    /// <summary>Checks the request's own member, once for all entries.</summary>
    public static void ValidateDispatchRole(string? role, IssueCollector issues)
    {
        if (role is not null)
        {
            var path = new IssuePath();
            path.Enter("AssociationDispatchAssumeRole");
            FieldConstraints.AssociationDispatchAssumeRole.Check(role, path, issues);
        }
    }

    /// <summary>Checks an entry.</summary>
    /// <param name="document">What is known of its document; null where only the options and the table tell.</param>
    public void Validate(AssociationEntry entry, IssueCollector issues, string? region = null, KnownDocument? document = null)
    {
        if (entry is null)
        {
            throw new ArgumentNullException(nameof(entry));
        }

        if (issues is null)
        {
            throw new ArgumentNullException(nameof(issues));
        }

        _context.Begin(entry, issues, region, document);
        foreach ((FieldConstraint field, Action<EntryContext> rules) in s_members)
        {
            field.Check(entry, _context.Path, issues);
            if (field.Member.IsExcludedByInstanceId && _context.HasInstanceId)
            {
                TargetRules.CheckExcluded(_context, field.Member);
            }

            rules(_context);
        }
    }
}
