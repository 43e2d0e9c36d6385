using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Content;

/// <summary>How what the service says of an association goes with an entry.</summary>
internal sealed class Fit
{
    /// <summary>What a service never fills in by itself: a value here that nobody asked for is another association's.</summary>
    private static readonly HashSet<string> s_neverFilledIn = new(StringComparer.Ordinal)
    {
        "AssociationName", "InstanceId", "Targets", "TargetMaps", "ScheduleExpression", "ApplyOnlyAtCronInterval", "ScheduleOffset", "Duration",
        "CalendarNames", "AlarmConfiguration.Alarms",
    };

    private Fit()
    {
    }

    /// <summary>Members that both have, with the same value.</summary>
    public HashSet<string> Agreed { get; } = new(StringComparer.Ordinal);

    /// <summary>Members, with their values, that only the service names: defaults, as a rule.</summary>
    public List<string> FilledIn { get; } = [];

    /// <summary>Members that only the service names, and that services do not fill in by themselves.</summary>
    public int Odd { get; private set; }

    /// <summary>How many members only the entry has.</summary>
    public int Missing => MissingMembers.Count;

    /// <summary>Members that only the entry has.</summary>
    public List<string> MissingMembers { get; } = [];

    /// <summary>How many members have two values.</summary>
    public int Different => DifferentMembers.Count;

    /// <summary>Members with two values, with that of the service, as in <c>MaxErrors=0</c>.</summary>
    public List<string> DifferentMembers { get; } = [];

    /// <summary>True where the service says what was asked for, and no more.</summary>
    public bool IsSame => Missing == 0 && Different == 0 && Odd == 0 && FilledIn.Count == 0;

    /// <summary>True where everything that was asked for is there, and nothing beside it but what a service fills in.</summary>
    public bool IsCovered => Missing == 0 && Different == 0 && Odd == 0;

    /// <summary>True where nothing is different, though something may be missing.</summary>
    public bool IsPossible => Different == 0;

    /// <summary>The smaller the better.</summary>
    public int Cost => (100 * (Missing + Odd)) + FilledIn.Count;

    /// <summary>Compares.</summary>
    /// <returns>Null where document, name or node is another, so that the two have nothing to do with each other.</returns>
    public static Fit? Of(ContentProfile sent, ContentProfile said)
    {
        if (IsOther(sent, said, "Name") || IsOther(sent, said, "AssociationName") || IsOther(sent, said, "InstanceId") || IsOnOtherNode(sent, said) || IsOnOtherNode(said, sent)
            || (said.Find("AssociationName") is not null && sent.Find("AssociationName") is null))
        {
            return null;
        }

        var fit = new Fit();
        foreach (KeyValuePair<string, string> member in sent.Members)
        {
            if (said.Find(member.Key) is not { } value)
            {
                fit.MissingMembers.Add(member.Key);
            }
            else if (value == member.Value)
            {
                fit.Agreed.Add(member.Key);
            }
            else
            {
                fit.DifferentMembers.Add(member.Key + "=" + value);
            }
        }

        foreach (KeyValuePair<string, string> member in said.Members)
        {
            if (sent.Find(member.Key) is null && !IsImplied(member.Key, sent, said))
            {
                if (s_neverFilledIn.Contains(member.Key))
                {
                    fit.Odd++;
                }
                else
                {
                    fit.FilledIn.Add(member.Key + "=" + member.Value);
                }
            }
        }

        return fit;
    }

    private static bool IsOther(ContentProfile one, ContentProfile other, string name) =>
        one.Find(name) is { } value && other.Find(name) is { } otherValue && value != otherValue;

    /// <summary>True where one names a node and the other targets that are not just this node.</summary>
    private static bool IsOnOtherNode(ContentProfile one, ContentProfile other) =>
        one.Find("InstanceId") is not null && other.Find("Targets") is not null && !IsImplied("Targets", one, other);

    /// <summary>A node that is named by InstanceId comes back as a target, and the other way round.</summary>
    private static bool IsImplied(string name, ContentProfile sent, ContentProfile said) => name switch
    {
        "Targets" => sent.Find("InstanceId") is { } node && said.Find("Targets")!.IndexOf("instanceids", StringComparison.Ordinal) >= 0 && said.Find("Targets")!.IndexOf(node, StringComparison.Ordinal) >= 0,
        "InstanceId" => sent.Find("Targets") is { } targets && targets.IndexOf("instanceids", StringComparison.Ordinal) >= 0 && targets.IndexOf(said.Find("InstanceId")!, StringComparison.Ordinal) >= 0,
        _ => false,
    };
}
