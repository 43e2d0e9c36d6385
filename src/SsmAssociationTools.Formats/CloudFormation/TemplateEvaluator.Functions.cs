using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <content>The functions.</content>
internal sealed partial class TemplateEvaluator
{
    private object? Call(string name, object? argument, string path, long line)
    {
        switch (name)
        {
            case "Ref":
                return Text(argument, "The name in Ref", path, line) is string referred ? Ref(referred, path, line) : Missing;
            case "Fn::GetAtt":
                return GetAtt(argument, path, line);
            case "Fn::Sub":
                return Sub(argument, path, line);
            case "Fn::Join":
                return Join(argument, path, line);
            case "Fn::Split":
                return Split(argument, path, line);
            case "Fn::Select":
                return Select(argument, path, line);
            case "Fn::If":
                return If(argument, path, line);
            case "Fn::FindInMap":
                return FindInMap(argument, path, line);
            case "Fn::Base64":
                return Text(argument, "What Fn::Base64 takes", path, line) is string plain ? Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)) : Missing;
            case "Fn::Length":
                return Length(argument, path, line);
            case "Fn::ToJsonString":
                return ToJsonString(argument, path, line);
            case "Fn::Cidr":
                return Cidr(argument, path, line);
            case "Fn::ImportValue":
                return Text(argument, "The name in Fn::ImportValue", path, line) is string export ? Outside("Fn::ImportValue." + export, "an export of another stack", path, line) : Missing;
            case "Fn::GetAZs":
                return Outside("Fn::GetAZs", "the zones of the Region, a list", path, line);
            case "Fn::Transform":
                return Problem("Fn::Transform is worked out by a macro in the account, not here", "Write the value itself.", path, line);
            case "Condition" or "Fn::And" or "Fn::Or" or "Fn::Not" or "Fn::Equals":
                return Problem($"{name} makes a condition, which stands in the section Conditions; a value that depends on one is made with Fn::If", null, path, line);
            default:
                return Problem($"{name} is no function of CloudFormation that is known here", "Write the value itself.", path, line);
        }
    }

    /// <summary>A value that only the account or the stack has.</summary>
    private object? Outside(string name, string? remark, string path, long line)
    {
        if (scope.Inputs.TryValue(name, out object? value))
        {
            HasUsedSecret = true;
            return value;
        }

        // The name may be made of values.
        return HasUsedNoEcho
            ? Problem("A name that is made of a parameter with NoEcho is not known, and not shown", "Write the value itself.", path, line)
            : Need(TemplateNeedKind.Value, name, remark, path, line);
    }

    private object? GetAtt(object? argument, string path, long line)
    {
        string? name = argument is FileList { Count: > 1 }
            ? Texts(argument, "What Fn::GetAtt takes", path, line) is { } parts ? string.Join(".", parts) : null
            : Text(argument, "What Fn::GetAtt takes", path, line);
        if (name is null)
        {
            return Missing;
        }

        int dot = name.IndexOf('.');
        return dot > 0
            ? Attribute(name.Substring(0, dot), name.Substring(dot + 1), path, line)
            : Problem("Fn::GetAtt takes a resource and an attribute, as in Role.Arn", null, path, line);
    }

    /// <summary>Puts values into a text: <c>${Name}</c>, <c>${Resource.Attribute}</c>, and <c>${!Literal}</c> for the sign itself.</summary>
    private object? Sub(object? argument, string path, long line)
    {
        FileMap? values = null;
        if (argument is FileList { Count: 2 } pair && pair[1] is FileMap map)
        {
            (argument, values) = (pair[0], map);
        }

        if (TextOf(argument is TemplateWord ? argument.ToString() : argument) is not string text)
        {
            return Problem("Fn::Sub takes a text, or a list of a text and an object of values", null, path, line);
        }

        var result = new StringBuilder(text.Length);
        bool isMissing = false;
        int position = 0;
        while (position < text.Length)
        {
            int start = text.IndexOf("${", position, StringComparison.Ordinal);
            int end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            result.Append(text, position, start - position);
            position = end + 1;
            string name = text.Substring(start + 2, end - start - 2);
            if (name.Length > 0 && name[0] == '!')
            {
                result.Append("${").Append(name, 1, name.Length - 1).Append('}');
                continue;
            }

            string? value = Variable(name.Trim(), values, path, line);
            isMissing |= value is null;
            result.Append(value);
            if (result.Length > MaxText)
            {
                return TooMuch(path, line);
            }
        }

        result.Append(text, position, text.Length - position);
        if (isMissing)
        {
            return Missing;
        }

        return scope.Step(result.Length) ? Dynamic(result.ToString(), path, line) : TooMuch(path, line);
    }

    private string? Variable(string name, FileMap? values, string path, long line)
    {
        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-'))
            {
                Problem("A name between ${ and } in Fn::Sub has only letters, digits, points and colons", "A variable of a shell is written ${!NAME}.", path, line);
                return null;
            }
        }

        object? value;
        if (values?.TryGet(name, out object? node) == true)
        {
            value = Value(node, path, line);
        }
        else
        {
            int dot = name.IndexOf('.');
            value = dot > 0 ? Attribute(name.Substring(0, dot), name.Substring(dot + 1), path, line) : Ref(name, path, line);
        }

        string? text = TextOf(value);
        if (text is null && value != Missing)
        {
            Problem($"'{name}' in Fn::Sub is {Noun(value)}, which is no text", value is FileList ? "Put its items together with Fn::Join." : null, path, line);
        }

        return text;
    }

    private object? Join(object? argument, string path, long line)
    {
        if (argument is not FileList { Count: 2 } parts)
        {
            return Problem("Fn::Join takes a delimiter and a list", null, path, line);
        }

        string? delimiter = Text(parts[0], "The delimiter of Fn::Join", path, line);
        List<string>? texts = Texts(parts[1], "What Fn::Join puts together", path, line);
        if (delimiter is null || texts is null)
        {
            return Missing;
        }

        string joined = string.Join(delimiter, texts);
        return joined.Length <= MaxText && scope.Step(joined.Length) ? Dynamic(joined, path, line) : TooMuch(path, line);
    }

    private object Split(object? argument, string path, long line)
    {
        if (argument is not FileList { Count: 2 } parts)
        {
            return Problem("Fn::Split takes a delimiter and a text", null, path, line);
        }

        string? delimiter = Text(parts[0], "The delimiter of Fn::Split", path, line);
        string? text = Text(parts[1], "What Fn::Split takes apart", path, line);
        if (delimiter is null || text is null)
        {
            return Missing;
        }

        var list = new FileList { Line = line };
        list.AddRange(delimiter.Length == 0 ? [text] : text.Split([delimiter], StringSplitOptions.None));
        return list;
    }

    private object? Select(object? argument, string path, long line)
    {
        if (argument is not FileList { Count: 2 } parts)
        {
            return Problem("Fn::Select takes a number and a list", null, path, line);
        }

        string? number = Text(parts[0], "The number of Fn::Select", path, line);
        object? value = Value(parts[1], path, line);
        if (number is null || value == Missing)
        {
            return Missing;
        }

        if (value is not FileList list)
        {
            return Problem($"Fn::Select takes a number and a list, but the second is {Noun(value)}", null, path, line);
        }

        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Count
            ? list[index]
            : Problem($"Fn::Select asks for an item that the list of {list.Count.ToString(CultureInfo.InvariantCulture)} does not have (the first is 0)", null, path, line);
    }

    private object? If(object? argument, string path, long line)
    {
        if (argument is not FileList { Count: 3 } parts || parts[0] is not string name)
        {
            return Problem("Fn::If takes the name of a condition and two values", null, path, line);
        }

        return Condition(name, path, line) is bool truth ? Value(parts[truth ? 1 : 2], path, parts.LineOf(truth ? 1 : 2)) : Missing;
    }

    private object? FindInMap(object? argument, string path, long line)
    {
        if (argument is not FileList { Count: 3 or 4 } parts || (parts.Count == 4 && parts[3] is not FileMap))
        {
            return Problem("Fn::FindInMap takes the name of a mapping and two keys, and may have an object with DefaultValue", null, path, line);
        }

        object? fallback = null;
        bool hasDefault = parts.Count == 4 && ((FileMap)parts[3]!).TryGet("DefaultValue", out fallback);
        string? name = Text(parts[0], "The mapping of Fn::FindInMap", path, line);
        string? first = Text(parts[1], "The first key of Fn::FindInMap", path, line);
        string? second = Text(parts[2], "The second key of Fn::FindInMap", path, line);
        if (name is null || first is null || second is null)
        {
            return Missing;
        }

        if (scope.Mapping(name) is FileMap mapping && mapping.TryGet(first, out object? row) && row is FileMap values && values.TryGet(second, out object? value))
        {
            return Value(value, path, line);
        }

        if (hasDefault)
        {
            return Value(fallback, path, line);
        }

        // A key may be the value of a parameter, which is not shown.
        return Problem(scope.Mapping(name) is null ? "Fn::FindInMap names a mapping that the template does not have" : "The mapping has no value for the keys of Fn::FindInMap", null, path, line);
    }

    private object Length(object? argument, string path, long line)
    {
        object? value = Value(argument, path, line);
        return value switch
        {
            FileList list => new Json.JsonNumber(list.Count.ToString(CultureInfo.InvariantCulture)),
            _ when value == Missing => Missing,
            _ => Problem($"Fn::Length takes a list, but this is {Noun(value)}", null, path, line),
        };
    }

    private object? ToJsonString(object? argument, string path, long line)
    {
        object? value = Value(argument, path, line);
        if (value == Missing)
        {
            return Missing;
        }

        if (value is not (FileMap or FileList))
        {
            return Problem($"Fn::ToJsonString takes an object or a list, but this is {Noun(value)}", null, path, line);
        }

        using var json = new JsonValues(isIndented: false);
        return json.Text(value);
    }

    /// <summary>Blocks of addresses of IPv4. Blocks of IPv6 are not made here.</summary>
    private object Cidr(object? argument, string path, long line)
    {
        if (argument is not FileList { Count: 2 or 3 } parts)
        {
            return Problem("Fn::Cidr takes a block of addresses, a number of blocks and a number of bits", null, path, line);
        }

        string? block = Text(parts[0], "The block of Fn::Cidr", path, line);
        string? wanted = Text(parts[1], "The number of blocks of Fn::Cidr", path, line);
        string? size = parts.Count < 3 ? "8" : Text(parts[2], "The number of bits of Fn::Cidr", path, line);
        if (block is null || wanted is null || size is null)
        {
            return Missing;
        }

        string[] halves = block.Split('/');
        if (halves.Length != 2 || !System.Net.IPAddress.TryParse(halves[0], out System.Net.IPAddress? address) || address.GetAddressBytes() is not { Length: 4 } bytes
            || !int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out int mask) || mask > 32
            || !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 256
            || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int bits) || bits is < 1 or > 31
            || 32 - bits < mask || (long)count << bits > 1L << (32 - mask))
        {
            return Problem("Fn::Cidr is worked out here for blocks of IPv4 only, and they must fit into the whole", "Write the value itself.", path, line);
        }

        uint first = ((uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3]) & (mask == 0 ? 0 : uint.MaxValue << (32 - mask));
        var blocks = new FileList { Line = line };
        for (int i = 0; i < count; i++)
        {
            uint one = first + ((uint)i << bits);
            blocks.Add(string.Format(CultureInfo.InvariantCulture, "{0}.{1}.{2}.{3}/{4}", one >> 24, (one >> 16) & 255, (one >> 8) & 255, one & 255, 32 - bits));
        }

        return blocks;
    }

    /// <summary>CloudFormation looks <c>{{resolve:ssm:NAME}}</c> up when the stack is made.</summary>
    private object Dynamic(string text, string path, long line)
    {
        var result = new StringBuilder();
        bool isMissing = false;
        int position = 0;
        while (position < text.Length)
        {
            int start = text.IndexOf("{{resolve:", position, StringComparison.Ordinal);
            int end = start < 0 ? -1 : text.IndexOf("}}", start, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            result.Append(text, position, start - position);
            position = end + 2;
            object? value = Outside(text.Substring(start + 2, end - start - 2), "looked up by CloudFormation", path, line);
            isMissing |= value == Missing;
            result.Append(TextOf(value));
        }

        result.Append(text, position, text.Length - position);
        return isMissing ? Missing : result.ToString();
    }
}
