using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <content>What names stand for: parameters, pseudo parameters, resources and their attributes.</content>
internal sealed partial class TemplateEvaluator
{
    /// <summary>Resources whose Ref is the name that the template gives them, with the property that has it.</summary>
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["AWS::SSM::Document"] = "Name",
        ["AWS::SSM::Parameter"] = "Name",
        ["AWS::S3::Bucket"] = "BucketName",
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::CloudWatch::Alarm"] = "AlarmName",
        ["AWS::ResourceGroups::Group"] = "Name",
        ["AWS::Logs::LogGroup"] = "LogGroupName",
        ["AWS::Lambda::Function"] = "FunctionName",
    };

    /// <summary>Partitions by the beginning of a Region's code, with the domain of their services.</summary>
    private static readonly string[][] s_partitions =
    [
        ["cn-", "aws-cn", "amazonaws.com.cn"],
        ["us-gov-", "aws-us-gov", "amazonaws.com"],
        ["us-isob-", "aws-iso-b", "sc2s.sgov.gov"],
        ["us-isof-", "aws-iso-f", "csp.hci.ic.gov"],
        ["us-iso-", "aws-iso", "c2s.ic.gov"],
        ["eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"],
        ["eusc-", "aws-eusc", "amazonaws.eu"],
        ["", "aws", "amazonaws.com"],
    ];

    private object? Ref(string name, string path, long line)
    {
        if (name.StartsWith("AWS::", StringComparison.Ordinal))
        {
            return Pseudo(name, path, line);
        }

        if (scope.Parameter(name) is FileMap declaration)
        {
            return Parameter(name, declaration, path, line);
        }

        // Whether something is a parameter or a resource is easily mistaken, and there is no other of its name.
        if (scope.Inputs.TryValue(name, out object? value) || scope.Inputs.TryParameter(name, out value))
        {
            HasUsedSecret = true;
            return value;
        }

        FileMap? resource = Resource(name);
        if (resource is null && !HasLoops())
        {
            return Need(TemplateNeedKind.Value, name, "which the template has neither as a parameter nor as a resource" + (scope.NameLike(name) is { } like ? $", perhaps {like}" : string.Empty), path, line);
        }

        return Property(name, resource, s_names.TryGetValue(TypeOf(resource), out string? property) ? property : null, path, line)
            ?? Need(TemplateNeedKind.Value, name, null, path, line);
    }

    /// <summary>Finds a resource of the template, also one that a loop makes.</summary>
    private FileMap? Resource(string name)
    {
        FileMap? resource = scope.Resource(name);
        if (resource is not null || !HasLoops())
        {
            return resource;
        }

        if (scope.Made is null)
        {
            // Empty while it is filled: a loop over what a loop makes ends here.
            scope.Made = new Dictionary<string, FileMap>(StringComparer.Ordinal);
            var evaluator = new TemplateEvaluator(scope);
            foreach (KeyValuePair<string, object?> pair in scope.Resources!.FindAll(static pair => pair.Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal)))
            {
                foreach (KeyValuePair<string, object?> made in evaluator.Loop(pair.Key, pair.Value, string.Empty, 0) ?? [])
                {
                    if (made.Value is FileMap one)
                    {
                        scope.Made[made.Key] = one;
                    }
                }
            }
        }

        return scope.Made.TryGetValue(name, out FileMap? found) ? found : null;
    }

    /// <summary>An attribute of a resource: given, or certain where the template names the resource.</summary>
    private object? Attribute(string resourceName, string attribute, string path, long line)
    {
        string name = resourceName + "." + attribute;
        if (scope.Inputs.TryValue(name, out object? given))
        {
            HasUsedSecret = true;
            return given;
        }

        FileMap? resource = Resource(resourceName);
        object? known = (TypeOf(resource), attribute) switch
        {
            ("AWS::SSM::Parameter", "Value") => Property(resourceName, resource, "Value", path, line),
            ("AWS::S3::Bucket", "Arn") => Prefixed("arn:{0}:s3:::", Property(resourceName, resource, "BucketName", path, line), path, line),
            ("AWS::IAM::Role", "Arn") => RoleArn(resourceName, resource, path, line),
            _ => null,
        };
        string? remark = resource is null && !HasLoops() ? $"of the resource {resourceName}, which the template does not have" : null;
        return known ?? Need(TemplateNeedKind.Value, name, remark, path, line);
    }

    private object? RoleArn(string name, FileMap? resource, string path, long line)
    {
        object? role = Property(name, resource, "RoleName", path, line);
        object? folder = role is null ? null : Property(name, resource, "Path", path, line) ?? "/";
        object? account = role is null ? null : Pseudo("AWS::AccountId", path, line);
        return role is null ? null
            : TextOf(role) is string roleName && TextOf(folder) is string between && TextOf(account) is string id
            ? Prefixed("arn:{0}:iam::" + id + ":role" + between, roleName, path, line)
            : Missing;
    }

    private object? Prefixed(string prefix, object? value, string path, long line)
    {
        if (value is null)
        {
            return null;
        }

        object? partition = Pseudo("AWS::Partition", path, line);
        return TextOf(value) is string text && TextOf(partition) is string known ? string.Format(CultureInfo.InvariantCulture, prefix, known) + text : Missing;
    }

    /// <summary>Works a property of another resource out; null where it does not have it.</summary>
    private object? Property(string name, FileMap? resource, string? property, string path, long line)
    {
        if (property is null || resource?.TryGet("Properties", out object? properties) != true || properties is not FileMap map || !map.TryGet(property, out object? node))
        {
            return null;
        }

        string key = "resource " + name + "." + property;
        if (scope.Open.Contains(key))
        {
            return Problem($"The resource '{name}' leads back to itself", null, path, line);
        }

        scope.Open.Add(key);
        object? value = Value(node, path, map.LineOf(property));
        scope.Open.Remove(key);
        return value == NoValue ? null : value;
    }

    private static string TypeOf(FileMap? resource) => resource?.TryGet("Type", out object? type) == true ? type as string ?? string.Empty : string.Empty;

    private bool HasLoops() => scope.Resources?.Exists(static pair => pair.Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal)) == true;

    private object? Pseudo(string name, string path, long line)
    {
        if (name == "AWS::NoValue")
        {
            return NoValue;
        }

        if (scope.Inputs.TryValue(name, out object? value) || scope.Inputs.TryParameter(name, out value))
        {
            return value;
        }

        string? region = scope.Inputs.Region;
        switch (name)
        {
            case "AWS::Region":
                return region ?? Need(TemplateNeedKind.Region, "AWS::Region", null, path, line);
            case "AWS::Partition" or "AWS::URLSuffix":
                return region is null
                    ? Need(TemplateNeedKind.Region, name, null, path, line)
                    : s_partitions.First(row => region.StartsWith(row[0], StringComparison.Ordinal))[name == "AWS::Partition" ? 1 : 2];
            case "AWS::AccountId":
                return scope.Inputs.AccountId ?? Need(TemplateNeedKind.AccountId, name, null, path, line);
            case "AWS::StackName" or "AWS::StackId" or "AWS::NotificationARNs":
                return Need(TemplateNeedKind.Value, name, null, path, line);
            default:
                return Problem($"{name} is no pseudo parameter of CloudFormation", null, path, line);
        }
    }

    private object? Parameter(string name, FileMap declaration, string path, long line)
    {
        string type = declaration.TryGet("Type", out object? typed) ? TextOf(typed) ?? string.Empty : string.Empty;
        object? value = null;
        bool isGiven = scope.Given?.TryGetValue(name, out value) == true || scope.Inputs.TryParameter(name, out value) || scope.Inputs.TryValue(name, out value);
        HasUsedNoEcho |= declaration.TryGet("NoEcho", out object? noEcho) && TextOf(noEcho is TemplateWord word ? word.Truth : noEcho) is "true" or "True" or "TRUE";
        HasUsedSecret |= isGiven || HasUsedNoEcho;
        if (!isGiven && type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal))
        {
            return Need(TemplateNeedKind.Parameter, name, "a value of Parameter Store", path, line);
        }

        if (!isGiven)
        {
            if (!declaration.TryGet("Default", out object? node) || node is null)
            {
                return Need(TemplateNeedKind.Parameter, name, null, path, line);
            }

            value = Value(node, "Parameters." + name + ".Default", declaration.LineOf("Default"));
            if (value == Missing)
            {
                return Missing;
            }
        }

        return Typed(name, declaration, type, value, path, line);
    }

    private object? Typed(string name, FileMap declaration, string type, object? value, string path, long line)
    {
        bool isList = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)
            || type.StartsWith("AWS::SSM::Parameter::Value<List<", StringComparison.Ordinal) || type == "AWS::SSM::Parameter::Value<CommaDelimitedList>";
        var items = new FileList { Line = line };
        if (value is FileList list)
        {
            items.AddRange(list);
        }
        else if (TextOf(value) is string text)
        {
            items.AddRange(isList ? text.Split(',').Select(static part => (object?)part.Trim()) : [text]);
        }

        if ((value is FileList && !isList) || items.Count == 0 && value is not FileList || items.Exists(static item => TextOf(item) is null))
        {
            return Problem($"The parameter '{name}' takes {(isList ? "a list of texts" : "one text")}", null, path, line);
        }

        foreach (object? item in items)
        {
            if (Refusal(declaration, type, TextOf(item)!) is string reason)
            {
                return Problem($"The value for the parameter '{name}' {reason}", null, path, line);
            }
        }

        return isList ? items : items[0];
    }

    /// <summary>Why CloudFormation would not take a value for a parameter; null where it would. The value is not named.</summary>
    private static string? Refusal(FileMap declaration, string type, string text)
    {
        if (declaration.TryGet("AllowedValues", out object? allowed) && allowed is FileList values && !values.Exists(one => TextOf(one is TemplateWord word ? word.ToString() : one) == text))
        {
            return "is none of its AllowedValues";
        }

        bool isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number);
        if (type is "Number" or "List<Number>" && !isNumber)
        {
            return "is no number, which its Type asks for";
        }

        if (isNumber && ((Limit(declaration, "MinValue") is decimal min && number < min) || (Limit(declaration, "MaxValue") is decimal max && number > max)))
        {
            return "is not between its MinValue and MaxValue";
        }

        if (Limit(declaration, "MinLength") > text.Length || Limit(declaration, "MaxLength") < text.Length)
        {
            return "is shorter than its MinLength or longer than its MaxLength";
        }

        try
        {
            return declaration.TryGet("AllowedPattern", out object? pattern) && pattern is string form
                && !Regex.IsMatch(text, "^(?:" + form + ")$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
                ? "does not fit its AllowedPattern"
                : null;
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern of Java that .NET does not read says nothing of the value.
            return null;
        }
    }

    private static decimal? Limit(FileMap declaration, string name) =>
        declaration.TryGet(name, out object? value) && decimal.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal limit) ? limit : null;
}
