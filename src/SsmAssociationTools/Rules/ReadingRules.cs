using System.Collections.Generic;

namespace SsmAssociationTools.Rules;

/// <summary>The rules of reading a pipeline object, listed with all others in docs/rules.md.</summary>
internal static class ReadingRules
{
    private const string Notation = "documented: docs/entries.md, the notation of this module";
    private const string RequestModel = "documented: API model 2014-11-06, CreateAssociationBatchRequest";

    /// <summary>The input is nothing that an entry can be read from.</summary>
    public static readonly RuleDefinition NotAnEntry = new(
        "Input.NotAnEntry",
        IssueSeverity.Error,
        "An input is one entry: a hashtable, a dictionary, an object with properties, JSON text of one object, or a result of this module.",
        "42 | New-SsmAssociationBatch",
        Notation);

    /// <summary>A member that entries do not have.</summary>
    public static readonly RuleDefinition UnknownMember = new(
        "Input.UnknownMember",
        IssueSeverity.Warning,
        "Every member with a value is a member of the entry, or one of its aliases. A name close to a known one is an error, any other a warning; with -Strict each is an error.",
        "Paramaters = @{ Operation = 'Scan' }",
        "documented: API model 2014-11-06, CreateAssociationBatchRequestEntry");

    /// <summary>A value that cannot stand where it stands.</summary>
    public static readonly RuleDefinition WrongType = new(
        "Input.WrongType",
        IssueSeverity.Error,
        "A value can be read as what its member holds: text, a whole number, true or false, a list, or an object.",
        "Duration = 1.5",
        Notation);

    /// <summary>A nesting that no entry has.</summary>
    public static readonly RuleDefinition TooDeep = new(
        "Input.TooDeep",
        IssueSeverity.Error,
        "Lists, objects and JSON text are nested at most 32 levels deep. Collections that contain themselves are deeper than any limit.",
        "A list that contains itself as CalendarNames",
        Notation);

    /// <summary>More items than any member can hold.</summary>
    public static readonly RuleDefinition TooMany = new(
        "Input.TooMany",
        IssueSeverity.Error,
        "A list has at most 10,000 items and an entry at most 1,000,000 in all; the largest list that the service takes is 5,000 (ExcludeAccounts).",
        "A collection without end as CalendarNames",
        Notation);

    /// <summary>Text that looks like JSON and is not.</summary>
    public static readonly RuleDefinition BadJson = new(
        "Input.BadJson",
        IssueSeverity.Error,
        "Text that begins with { or [ is JSON as RFC 8259 defines it, and nothing follows it.",
        "Targets = '[{\"Key\":\"InstanceIds\",}]'",
        "documented: RFC 8259");

    /// <summary>Targets in the short notation that cannot be read, or can be read in two ways.</summary>
    public static readonly RuleDefinition BadTargets = new(
        "Input.BadTargets",
        IssueSeverity.Error,
        "Targets as text are KEY=VALUE,VALUE; KEY=VALUE with quotes around what holds a comma, a semicolon or an equals sign. One text with commas as the values of a tag is a warning: it is read as one value.",
        "Targets = 'tag:Role=web,tag:Env=prod'",
        Notation);

    /// <summary>Other text in the short notation that cannot be read.</summary>
    public static readonly RuleDefinition BadText = new(
        "Input.BadText",
        IssueSeverity.Error,
        "Text in the short notation is NAME=VALUE; NAME=VALUE, and a quoted value ends with its quote.",
        "Parameters = 'Operation'",
        Notation);

    /// <summary>One member, several values.</summary>
    public static readonly RuleDefinition DuplicateMember = new(
        "Input.DuplicateMember",
        IssueSeverity.Error,
        "A member is given once: under one name, in one notation. The same value given twice is accepted, except in JSON text.",
        "Name = 'AWS-RunPatchBaseline' beside DocumentName = 'AWS-UpdateSSMAgent'",
        Notation);

    /// <summary>A property or a collection that throws when it is read.</summary>
    public static readonly RuleDefinition Unreadable = new(
        "Input.Unreadable",
        IssueSeverity.Error,
        "Properties and collections of the input can be read.",
        "A script property that throws",
        Notation);

    /// <summary>A row or a file that could not be read.</summary>
    public static readonly RuleDefinition NotRead = new(
        "Input.NotRead",
        IssueSeverity.Error,
        "A row or a file of entries can be read: its form, its encoding and each of its records.",
        "Import-SsmAssociationEntry of a file that is no CSV",
        "documented: docs/entries.md, files");

    /// <summary>Tags, which the batch call lacks.</summary>
    public static readonly RuleDefinition Tags = new(
        "Input.Tags",
        IssueSeverity.Error,
        "An entry has no Tags: CreateAssociationBatch cannot tag what it creates.",
        "Tags = @{ Owner = 'ops' }",
        RequestModel);

    /// <summary>The dispatch role, which belongs to the call.</summary>
    public static readonly RuleDefinition DispatchAssumeRole = new(
        "Input.AssociationDispatchAssumeRole",
        IssueSeverity.Error,
        "An entry has no AssociationDispatchAssumeRole: it is one role for the whole call. On an existing association that is read back, a warning.",
        "AssociationDispatchAssumeRole = 'arn:aws:iam::111122223333:role/dispatch'",
        RequestModel);

    /// <summary>The Region that an entry names for itself.</summary>
    public static readonly RuleDefinition Region = new(
        "Input.Region",
        IssueSeverity.Error,
        "A Region that an entry names for itself has the form of a Region's code. It is not sent: it chooses where the entry goes.",
        "Region = 'Frankfurt'",
        "documented: docs/entries.md, the notation of this module");

    /// <summary>The role, and with it the account, that an entry names for itself.</summary>
    public static readonly RuleDefinition RoleArn = new(
        "Input.RoleArn",
        IssueSeverity.Error,
        "A RoleArn that an entry names for itself is the ARN of an IAM role. It is not sent: the role is assumed to reach the account that the entry goes to.",
        "RoleArn = 'Operations'",
        "documented: docs/entries.md, the notation of this module");

    /// <summary>A parameter value that is not text.</summary>
    public static readonly RuleDefinition ParameterValues = new(
        "Input.ParameterValue",
        IssueSeverity.Error,
        "Every value under Parameters is a list of strings. One text, number or truth value is read as a list of one; an object or null in a list is not text.",
        "Parameters = @{ SourceInfo = @{ owner = 'me' } }",
        "documented: API model 2014-11-06, ParameterValueList");

    /// <summary>A list of associations leaves members out.</summary>
    public static readonly RuleDefinition ListItem = new(
        "Input.ListItem",
        IssueSeverity.Warning,
        "An association that was read back is a whole one, not an item of ListAssociations, which has no Parameters and leaves more out.",
        "aws ssm list-associations, piped as entries",
        "documented: API model 2014-11-06, Association");

    /// <summary>A list that was made into one text on its way.</summary>
    public static readonly RuleDefinition FlattenedList = new(
        "Input.FlattenedList",
        IssueSeverity.Warning,
        "A value in JSON is a list where the API has one. One text with white space may be what ConvertTo-Json without -Depth made of a list.",
        "{\"Parameters\":{\"commands\":\"cd /tmp ls\"}}",
        "documented: API model 2014-11-06, ParameterValueList");

    /// <summary>The short form of the AWS CLI, in doubt.</summary>
    public static readonly RuleDefinition ShortForm = new(
        "Input.ShortForm",
        IssueSeverity.Warning,
        "Parameters as text stand apart by semicolons. NAME=VALUE,NAME=VALUE is read as the AWS CLI reads it where every part has that form; where only some parts have it, the text is one value.",
        "Parameters = 'commands=echo a,b=c d'",
        "documented: AWS CLI User Guide, shorthand syntax; docs/entries.md");

    /// <summary>Every rule of reading.</summary>
    public static readonly IReadOnlyList<RuleDefinition> All =
    [
        NotAnEntry,
        UnknownMember,
        WrongType,
        TooDeep,
        TooMany,
        BadJson,
        BadTargets,
        BadText,
        DuplicateMember,
        Unreadable,
        NotRead,
        Tags,
        DispatchAssumeRole,
        Region,
        RoleArn,
        ParameterValues,
        ListItem,
        FlattenedList,
        ShortForm,
    ];
}
