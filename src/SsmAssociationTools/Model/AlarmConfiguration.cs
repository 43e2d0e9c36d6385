namespace SsmAssociationTools;

/// <summary>The CloudWatch alarm that stops an association.</summary>
public sealed class AlarmConfiguration
{
    /// <summary>True: go on although the state of the alarm cannot be read. Default false.</summary>
    public bool? IgnorePollAlarmFailure { get; set; }

    /// <summary>Exactly one alarm. Required.</summary>
    public Alarm[]? Alarms { get; set; }

    /// <summary>The names of the alarms.</summary>
    /// <returns>The names, separated by commas.</returns>
    public override string ToString() => string.Join<Alarm>(",", Alarms ?? []);
}
