using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>The Region and the role that an input names for itself, which say where its entry goes.</summary>
internal sealed class OwnDestination(ReadingContext context, ValueReader values)
{
    /// <summary>The Region; null where none is named.</summary>
    public string? Region { get; private set; }

    /// <summary>The role; null where none is named.</summary>
    public string? RoleArn { get; private set; }

    /// <summary>Begins a new input.</summary>
    public void Start()
    {
        Region = null;
        RoleArn = null;
    }

    /// <summary>Reads a Region.</summary>
    public void ReadRegion(object? value)
    {
        context.Enter("Region");
        Region = values.Once(Region, values.Text(value) is { } code ? RegionCode.Spell(code) : null);
        if (Region is not null && !RegionCode.IsOne(Region))
        {
            context.Report(ReadingRules.Region, $"'{MessageText.Of(Region)}' is no Region: give a code such as us-east-1, or remove it and use -Region.{CauseOf(Region)}");
            Region = null;
        }

        context.Leave();
    }

    /// <summary>Reads the ARN of a role.</summary>
    public void ReadRole(object? value)
    {
        context.Enter("RoleArn");
        RoleArn = values.Once(RoleArn, values.Text(value)?.Trim());
        if (RoleArn is not null && !TextPatterns.IsRoleArn(RoleArn))
        {
            context.Report(ReadingRules.RoleArn, $"'{MessageText.Of(RoleArn)}' is no ARN of a role: give one such as arn:aws:iam::111122223333:role/Operations, or remove it and use -RoleArn.{CauseOf(RoleArn)}");
            RoleArn = null;
        }

        context.Leave();
    }

    /// <summary>Puts what was read into the entry.</summary>
    public void PutInto(AssociationEntry entry)
    {
        if (Region is not null)
        {
            entry.Region = Region;
        }

        if (RoleArn is not null)
        {
            entry.RoleArn = RoleArn;
        }
    }

    private static string CauseOf(string text) => OddCharacter.InPlainText(text) is { } cause ? " " + cause : string.Empty;
}
