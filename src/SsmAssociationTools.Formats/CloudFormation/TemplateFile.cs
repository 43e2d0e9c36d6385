using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>
/// Finds the associations of a CloudFormation template, also in the templates inside its stack sets, and works out what each of
/// them needs. Nothing else of the template is worked out.
/// </summary>
internal sealed class TemplateFile
{
    private const string AssociationType = "AWS::SSM::Association";
    private const string StackSetType = "AWS::CloudFormation::StackSet";
    private const string StackType = "AWS::CloudFormation::Stack";

    /// <summary>Templates inside templates.</summary>
    private const int MaxInner = 4;

    /// <summary>Names of resources that one sentence lists.</summary>
    private const int MaxNamed = 10;

    private static readonly HashSet<string> s_sections =
    [
        "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Resources", "Outputs",
        "Hooks", "Globals",
    ];

    private static readonly HashSet<string> s_attributes =
    [
        "Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "Connectors", "IgnoreGlobals",
    ];

    /// <summary>The properties of the type, as CloudFormation has them.</summary>
    private static readonly HashSet<string> s_properties =
    [
        "Name", "InstanceId", "DocumentVersion", "Parameters", "Targets", "ScheduleExpression", "ScheduleOffset", "OutputLocation", "AssociationName", "MaxErrors",
        "MaxConcurrency", "ComplianceSeverity", "SyncCompliance", "ApplyOnlyAtCronInterval", "CalendarNames", "AutomationTargetParameterName",
        "AssociationDispatchAssumeRole", "WaitForSuccessTimeoutSeconds", "Tags",
    ];

    private readonly TemplateInputs _inputs;
    private readonly Func<string, object?> _parse;
    private readonly List<FileRecord> _records = [];
    private readonly List<(FileRecord Record, TemplateEvaluator Evaluator, string Name)> _needy = [];
    private readonly List<(string Name, string Condition)> _leftOut = [];
    private readonly List<string> _elsewhere = [];

    private TemplateFile(TemplateInputs inputs, Func<string, object?> parse)
    {
        _inputs = inputs;
        _parse = parse;
    }

    /// <summary>Finds the template in what a file says: the whole, or what a wrapper has as its template.</summary>
    /// <param name="body">The text of a template that a wrapper has as text; null for none.</param>
    /// <returns>Null for a file that is no template.</returns>
    public static FileMap? Find(object? root, out string? body)
    {
        body = null;
        if (root is not FileMap map)
        {
            return null;
        }

        if (map.TryGet("Resources", out _) || map.TryGet("AWSTemplateFormatVersion", out _))
        {
            return map;
        }

        // A piece of a template, as pages and editors have it: one resource, or the inside of the section.
        if (IsAssociation(map))
        {
            return Around(new FileMap { { "Association", map } }, map.Line);
        }

        if (map.Count > 0 && map.TrueForAll(static pair => pair.Value is FileMap one && one.TryGet("Type", out object? type) && type is string) && map.Exists(static pair => IsAssociation((FileMap)pair.Value!)))
        {
            return Around(map, map.Line);
        }

        // What "aws cloudformation get-template" writes, and the files of Quick Setup.
        int index = map.FindIndex(static pair => string.Equals(pair.Key, "TemplateBody", StringComparison.OrdinalIgnoreCase));
        body = index < 0 ? null : map[index].Value as string;
        return index < 0 ? null : Find(map[index].Value, out _);
    }

    private static bool IsAssociation(FileMap map) => map.TryGet("Type", out object? type) && type is AssociationType;

    private static FileMap Around(FileMap resources, long line)
    {
        var template = new FileMap { Line = line, IsOfJson = resources.IsOfJson };
        template.Add("Resources", resources);
        return template;
    }

    /// <summary>Finds the associations.</summary>
    /// <param name="parse">Reads the text of a template.</param>
    /// <exception cref="FileFormatException">The template has none, or has members of one where they belong to none.</exception>
    public static IReadOnlyList<FileRecord> Records(FileMap template, TemplateInputs inputs, Func<string, object?> parse)
    {
        var file = new TemplateFile(inputs, parse);
        file.Read(template, new TemplateScope(template, inputs), string.Empty, 0, 0);
        file.Finish(template);
        return file._records;
    }

    private void Read(FileMap template, TemplateScope scope, string prefix, long offset, int depth)
    {
        CheckSections(template, prefix, offset);
        if (scope.Resources is not FileMap resources)
        {
            throw new FileFormatException(template.Line + offset, "This is a CloudFormation template without a section Resources; there are no associations in it.");
        }

        CheckTransforms(template, resources, prefix, offset);
        for (int i = 0; i < resources.Count; i++)
        {
            KeyValuePair<string, object?> pair = resources[i];
            if (!pair.Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal))
            {
                Resource(pair, scope, prefix, resources.LineOf(i) + offset, offset, depth);
            }
            else if (TemplateTree.Mentions(pair.Value, static text => text is AssociationType or StackSetType))
            {
                var evaluator = new TemplateEvaluator(scope);
                List<KeyValuePair<string, object?>>? made = evaluator.Loop(pair.Key, pair.Value, string.Empty, resources.LineOf(i));
                if (made is null)
                {
                    Add(new FileRecord(resources.LineOf(i) + offset, null) { Name = "resource " + prefix + pair.Key }, evaluator, prefix + pair.Key, offset);
                }

                foreach (KeyValuePair<string, object?> one in made ?? [])
                {
                    Resource(one, scope, prefix, resources.LineOf(i) + offset, offset, depth);
                }
            }
        }
    }

    private static void CheckSections(FileMap template, string prefix, long offset)
    {
        for (int i = 0; i < template.Count; i++)
        {
            string name = template[i].Key;
            if (!s_sections.Contains(name) && (name == "Properties" || EntrySchema.Members.Any(member => member.Name == name)))
            {
                long line = template.LineOf(i) + offset;
                string where = prefix.Length == 0 ? "the template" : "the template in " + prefix.TrimEnd('/');
                throw new FileFormatException(
                    line,
                    $"{name} (line {Number(line)}) stands at the top of {where}, where it belongs to no resource and CloudFormation refuses it. Move it into the Properties of the association that it is for.");
            }
        }
    }

    /// <summary>Says which macros are not run, and that loops need one.</summary>
    private void CheckTransforms(FileMap template, FileMap resources, string prefix, long offset)
    {
        template.TryGet("Transform", out object? transform);
        string[] names = [.. (transform as FileList ?? [transform]).OfType<string>()];
        string[] macros = [.. names.Where(static name => !name.StartsWith("AWS::", StringComparison.Ordinal))];
        string what = prefix.Length == 0 ? "template" : "template in " + prefix.TrimEnd('/');
        if (macros.Length > 0)
        {
            Inform(template.LineOf("Transform") + offset, what, $"{Listed(macros)} may change the template before CloudFormation reads it, and {(macros.Length == 1 ? "is" : "are")} not run here.");
        }

        if (!names.Contains("AWS::LanguageExtensions") && resources.Exists(static pair => pair.Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal)))
        {
            Inform(resources.Line + offset, what, "CloudFormation takes Fn::ForEach only with Transform: AWS::LanguageExtensions, which the template does not name.");
        }
    }

    private void Resource(KeyValuePair<string, object?> pair, TemplateScope scope, string prefix, long line, long offset, int depth)
    {
        if (pair.Value is not FileMap resource || !resource.TryGet("Type", out object? typed) || typed is not string type)
        {
            return;
        }

        string name = prefix + pair.Key;
        line = Math.Max(line, resource.Line + offset);
        switch (type)
        {
            case AssociationType when Applies(resource, scope, name, line, offset):
                Association(pair.Key, resource, scope, name, line, offset);
                break;
            case StackSetType when Property(resource, "TemplateBody") is not null && Applies(resource, scope, name, line, offset):
                StackSet(resource, scope, name, line, offset, depth);
                break;
            case StackSetType or StackType when Property(resource, "TemplateURL") is not null:
                _elsewhere.Add(name);
                break;
            case "AWS::EC2::Instance" when Property(resource, "SsmAssociations") is not null:
                Inform(line, $"resource {name}", "The SsmAssociations of an instance are not read: write them as resources of the type AWS::SSM::Association.");
                break;
        }
    }

    private static object? Property(FileMap resource, string name) =>
        resource.TryGet("Properties", out object? properties) && properties is FileMap map && map.TryGet(name, out object? value) ? value : null;

    /// <summary>Works the Condition of a resource out.</summary>
    private bool Applies(FileMap resource, TemplateScope scope, string name, long line, long offset)
    {
        if (!resource.TryGet("Condition", out object? condition))
        {
            return true;
        }

        var evaluator = new TemplateEvaluator(scope);
        bool? applies = null;
        if (condition is string text)
        {
            applies = evaluator.Condition(text, "Condition", resource.LineOf("Condition"));
        }
        else
        {
            evaluator.Problem("The name of a condition is expected here", null, "Condition", resource.LineOf("Condition"));
        }

        if (applies is null)
        {
            Add(new FileRecord(line, null) { Name = "resource " + name }, evaluator, name, offset);
        }
        else if (applies == false)
        {
            _leftOut.Add((name, (string)condition!));
        }

        return applies == true;
    }

    private void Association(string id, FileMap resource, TemplateScope scope, string name, long line, long offset)
    {
        var evaluator = new TemplateEvaluator(scope);
        var members = new FileMap { Line = resource.Line + offset, IsOfJson = resource.IsOfJson };
        var sensitive = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, long> repeated in Repeated(id, resource, scope))
        {
            evaluator.Problem("A member that is given twice has its last value, as CloudFormation takes it", "Leave one of them.", repeated.Key, repeated.Value, isError: false);
        }

        for (int i = 0; i < resource.Count; i++)
        {
            string attribute = resource[i].Key;
            if (!s_attributes.Contains(attribute))
            {
                evaluator.Problem("It stands beside Properties, where CloudFormation refuses it", "Move it into Properties.", attribute, resource.LineOf(i));
            }
        }

        // Only what does not name its members one by one is worked out as a whole.
        object? properties = resource.TryGet("Properties", out object? node) ? node : new FileMap();
        FileMap? map = properties as FileMap;
        if (map is null || (map.Count == 1 && TemplateTree.IsFunction(map[0].Key)))
        {
            map = null;
            object? value = evaluator.Value(properties, "Properties", resource.LineOf("Properties"));
            if (value is FileMap worked)
            {
                map = worked;
            }
            else if (value != TemplateEvaluator.Missing)
            {
                evaluator.Problem("An object with the properties of the association is expected here", null, "Properties", resource.LineOf("Properties"));
            }
        }

        Properties(map ?? [], evaluator, members, sensitive);
        bool isLost = members.Count == 0 && (evaluator.Needs.Count > 0 || evaluator.Problems.Exists(static problem => problem.IsError));
        Add(new FileRecord(line, isLost ? null : members) { Name = "resource " + name, Sensitive = sensitive.Count > 0 ? sensitive : null }, evaluator, name, offset);
    }

    private static void Properties(FileMap map, TemplateEvaluator evaluator, FileMap members, HashSet<string> sensitive)
    {
        for (int i = 0; i < map.Count; i++)
        {
            if (map[i].Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal))
            {
                evaluator.HasUsedSecret = evaluator.HasUsedNoEcho = false;
                foreach (KeyValuePair<string, object?> made in evaluator.Loop(map[i].Key, map[i].Value, string.Empty, map.LineOf(i)) ?? [])
                {
                    Put(made.Key, made.Value, map.LineOf(i));
                }
            }
            else if (map[i].Key == "AssociationDispatchAssumeRole")
            {
                evaluator.Problem("This role belongs to the whole call and is left out", "Give it to New-SsmAssociationBatch as -AssociationDispatchAssumeRole.", map[i].Key, map.LineOf(i), isError: false);
            }
            else if (map[i].Key == "WaitForSuccessTimeoutSeconds")
            {
                evaluator.Problem("CloudFormation waits so long for a first success; an entry has no such member, and it is left out", null, map[i].Key, map.LineOf(i), isError: false);
            }
            else
            {
                evaluator.HasUsedSecret = evaluator.HasUsedNoEcho = false;
                Put(map[i].Key, map[i].Value, map.LineOf(i));
            }
        }

        void Put(string name, object? node, long line)
        {
            object? value = evaluator.Value(node, name, line);
            if (!s_properties.Contains(name) && MemberNames.Find(name) is not null)
            {
                evaluator.Problem("CloudFormation has no property of this name, in which the case of letters counts; it is read here", null, name, line, isError: false);
            }

            if (value is null)
            {
                evaluator.Problem("CloudFormation takes no null; it counts as absent here", "Leave the member out, or write AWS::NoValue.", name, line, isError: false);
            }

            if (value != TemplateEvaluator.Missing && value != TemplateEvaluator.NoValue)
            {
                members.Add(name, value);
            }

            if (evaluator.HasUsedSecret)
            {
                sensitive.Add(name);
            }
        }
    }

    private static List<KeyValuePair<string, long>> Repeated(string id, FileMap resource, TemplateScope scope)
    {
        var found = new List<KeyValuePair<string, long>>();
        foreach (KeyValuePair<string, long> repeated in scope.Resources?.Repeated ?? [])
        {
            if (repeated.Key == id)
            {
                found.Add(repeated);
            }
        }

        TemplateTree.FindRepeated(resource, string.Empty, found);
        return found.ConvertAll(static one => new KeyValuePair<string, long>(one.Key.StartsWith("Properties.", StringComparison.Ordinal) ? one.Key.Substring(11) : one.Key, one.Value));
    }

    private void StackSet(FileMap resource, TemplateScope scope, string name, long line, long offset, int depth)
    {
        var evaluator = new TemplateEvaluator(scope);
        var properties = (FileMap)resource[resource.FindIndex(static pair => pair.Key == "Properties")].Value!;
        long bodyLine = properties.LineOf("TemplateBody");
        object? body = evaluator.Value(Property(resource, "TemplateBody"), "TemplateBody", bodyLine);
        var given = new Dictionary<string, object>(StringComparer.Ordinal);
        if (Property(resource, "Parameters") is object parameters && evaluator.Value(parameters, "Parameters", properties.LineOf("Parameters")) is FileList list)
        {
            foreach (FileMap one in list.OfType<FileMap>())
            {
                if (one.TryGet("ParameterKey", out object? key) && key is string known && one.TryGet("ParameterValue", out object? value) && TemplateEvaluator.TextOf(value) is string text)
                {
                    given[known] = text;
                }
            }
        }

        FileMap? inner = body as FileMap;
        long innerOffset = offset;
        if (TemplateEvaluator.TextOf(body) is string written)
        {
            // A block of text begins on the line below its key; text with escapes is one line of the file.
            innerOffset = resource.IsOfJson ? line - 1 : bodyLine + offset;
            try
            {
                inner = Find(_parse(written), out _);
            }
            catch (FileFormatException error)
            {
                evaluator.Problem($"The text is no template: {error.Message.TrimEnd('.')}", null, "TemplateBody", bodyLine);
            }
        }

        if (inner is null || depth >= MaxInner)
        {
            if (evaluator.Needs.Count == 0 && evaluator.Problems.Count == 0)
            {
                evaluator.Problem(depth >= MaxInner ? "Templates inside templates are nested deeper than is read here" : "The text of a template is expected here", null, "TemplateBody", bodyLine);
            }

            Add(new FileRecord(line, null) { Name = "resource " + name }, evaluator, name, offset);
            return;
        }

        try
        {
            Read(inner, new TemplateScope(inner, _inputs, given, scope), name + "/", innerOffset, depth + 1);
        }
        catch (FileFormatException error)
        {
            evaluator.Problem(error.Message.TrimEnd('.'), null, "TemplateBody", bodyLine);
            Add(new FileRecord(line, null) { Name = "resource " + name }, evaluator, name, offset);
        }
    }

    private void Add(FileRecord record, TemplateEvaluator evaluator, string name, long offset)
    {
        // Problems of one kind are one sentence, whatever number of places they have.
        foreach (IGrouping<(bool IsError, string Text), TemplateProblem> kind in evaluator.Problems.GroupBy(static problem => (problem.IsError, problem.Text)))
        {
            TemplateProblem first = kind.First();
            string[] others = [.. kind.Where(problem => problem.Path != first.Path || problem.Line != first.Line).Select(problem => $"{problem.Path} (line {Number(problem.Line + offset)})").Distinct()];
            string also = others.Length == 0 ? string.Empty : "; also " + Listed(others);
            string message = $"{first.Text} (line {Number(first.Line + offset)}{also}).{(first.Fix is null ? string.Empty : " " + first.Fix)}";
            record.Notes.Add(new FileNote(first.IsError, first.Path, message) { Kind = $"{first.Path.Split('.', '[')[0]}: {first.Text}" });
        }

        if (evaluator.Needs.Count > 0)
        {
            _needy.Add((record, evaluator, name));
        }

        _records.Add(record);
    }

    private void Finish(FileMap template)
    {
        if (_needy.Count == 1)
        {
            (FileRecord record, TemplateEvaluator evaluator, _) = _needy[0];
            record.Notes.Add(new FileNote(true, null, Sentence(evaluator.Needs, need => $"{need.Path}, line {Number(need.Line)}")));
        }
        else if (_needy.Count > 1)
        {
            TellNeeds();
        }

        if (_leftOut.Count > 0)
        {
            string[] names = [.. _leftOut.Select(static one => $"{one.Name} ({one.Condition})")];
            Inform(template.Line, "template", $"The Condition of {Listed(names)} is not met, so {(names.Length == 1 ? "it is" : "they are")} left out.");
        }

        if (_elsewhere.Count > 0)
        {
            Inform(template.Line, "template", $"The {(_elsewhere.Count == 1 ? "template" : "templates")} of {Listed([.. _elsewhere])} {(_elsewhere.Count == 1 ? "is a file" : "are files")} of {(_elsewhere.Count == 1 ? "its" : "their")} own (TemplateURL) and not read; import {(_elsewhere.Count == 1 ? "it" : "them")} as well.");
        }

        if (!_records.Exists(static record => record.Value is not null || record.Notes.Exists(static note => note.IsError)) && _leftOut.Count == 0
            && !(template.TryGet("Resources", out object? all) && all is FileMap { Count: 0 }))
        {
            throw new FileFormatException(
                template.TryGet("Resources", out object? resources) && resources is FileMap map ? map.Line : template.Line,
                _records.Count == 0
                    ? "The CloudFormation template has no resource of the type AWS::SSM::Association."
                    : "The CloudFormation template has no resource of the type AWS::SSM::Association. " + string.Join(" ", _records.SelectMany(static record => record.Notes).Select(static note => note.Message)));
        }
    }

    /// <summary>One sentence says for all resources what is missing; each of them has its own place in the output all the same.</summary>
    private void TellNeeds()
    {
        List<TemplateNeed> all = [.. _needy.SelectMany(static one => one.Evaluator.Needs).Distinct()];
        string told = Sentence(all, need => Listed([.. _needy.Where(one => one.Evaluator.Needs.Contains(need)).Select(static one => one.Name)]));
        bool isFirst = true;
        foreach ((FileRecord record, TemplateEvaluator evaluator, _) in _needy)
        {
            record.IsTold = !isFirst && !record.Notes.Exists(static note => note.IsError);
            record.Notes.Add(new FileNote(true, null, isFirst ? told : Sentence(evaluator.Needs, need => $"{need.Path}, line {Number(need.Line)}")));
            isFirst = false;
        }
    }

    private static string Sentence(List<TemplateNeed> needs, Func<TemplateNeed, string> places)
    {
        string[] named = [.. needs.Select(need => $"{need.Name} ({(need.Remark is null ? string.Empty : need.Remark + "; ")}{places(need)})")];
        string with = string.Join(
            " ",
            needs.GroupBy(static need => need.Kind).OrderBy(static kind => kind.Key).Select(static kind => kind.Key switch
            {
                TemplateNeedKind.Region => "-Region REGION",
                TemplateNeedKind.AccountId => "-AccountId ACCOUNT",
                _ => $"-Template{kind.Key} @{{ {string.Join("; ", kind.Select(static need => $"'{need.Name.Replace("'", "''")}' = '...'"))} }}",
            }));
        return $"The file does not say what {(needs.Count == 1 ? "this is" : "these are")}: {Listed(named)}. Import it with {with}.";
    }

    private void Inform(long line, string name, string message)
    {
        var record = new FileRecord(line, null) { Name = name };
        record.Notes.Add(new FileNote(false, null, message) { IsInformation = true });
        _records.Add(record);
    }

    private static string Listed(string[] names)
    {
        string[] shown = names.Length <= MaxNamed ? names : [.. names.Take(MaxNamed - 1), $"{Number(names.Length - MaxNamed + 1)} more"];
        return shown.Length < 2 ? string.Concat(shown) : string.Join(", ", shown.Take(shown.Length - 1)) + " and " + shown[shown.Length - 1];
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
