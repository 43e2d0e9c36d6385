using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Formats;

/// <summary>
/// Writes a member of an entry as the text of a cell: in short notation where the reader of entries reads the same from
/// it, else as JSON. Not safe for concurrent use.
/// </summary>
internal sealed class CellText : IDisposable
{
    private readonly JsonValues _json = new(isIndented: false);
    private readonly EntryReader _reader = new();
    private readonly IssueCollector _issues = new();
    private readonly CanonicalContent _content = new();
    private readonly CanonicalContent _other = new();

    /// <summary>Writes a member.</summary>
    public string Of(string name, object? value)
    {
        switch (value)
        {
            case null:
                return string.Empty;
            case string text:
                return text;
            case bool flag:
                return flag ? "true" : "false";
            case int number:
                return number.ToString(CultureInfo.InvariantCulture);
        }

        string json = _json.Text(value);
        return Short(name, value) is string notation && IsSame(name, notation, json) ? notation : json;
    }

    public void Dispose()
    {
        _json.Dispose();
        _content.Dispose();
        _other.Dispose();
    }

    private static string? Short(string name, object value) => name switch
    {
        "Targets" when value is FileList targets => Targets(targets),
        "Parameters" when value is FileMap parameters => Parameters(parameters),
        "CalendarNames" when value is FileList names => Values(names),
        "OutputLocation" when value is FileMap output => Output(output),
        "AlarmConfiguration" when value is FileMap { Count: 1 } alarm => AlarmName(alarm),
        _ => null,
    };

    private static string? Targets(FileList targets)
    {
        var text = new StringBuilder();
        foreach (object? item in targets)
        {
            if (item is not FileMap target || !target.TryGet("Key", out object? key) || key is not string name
                || !target.TryGet("Values", out object? values) || values is not FileList { Count: > 0 } list || Values(list) is not string listed)
            {
                return null;
            }

            text.Append(text.Length == 0 ? string.Empty : "; ").Append(Quoted(name, isParameter: false)).Append('=').Append(listed);
        }

        return text.ToString();
    }

    private static string? Parameters(FileMap parameters)
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<string, object?> parameter in parameters)
        {
            foreach (object? value in parameter.Value as FileList ?? [null])
            {
                if (value is not string one)
                {
                    return null;
                }

                text.Append(text.Length == 0 ? string.Empty : "; ").Append(Quoted(parameter.Key, isParameter: false)).Append('=').Append(Quoted(one, isParameter: true));
            }
        }

        return text.ToString();
    }

    private static string? Values(FileList values)
    {
        var text = new StringBuilder();
        foreach (object? value in values)
        {
            if (value is not string one)
            {
                return null;
            }

            text.Append(text.Length == 0 ? string.Empty : ",").Append(Quoted(one, isParameter: false));
        }

        return text.ToString();
    }

    private static string? Output(FileMap output)
    {
        if (!output.TryGet("S3Location", out object? value) || value is not FileMap location
            || !location.TryGet("OutputS3BucketName", out object? bucket) || location.TryGet("OutputS3Region", out _))
        {
            return null;
        }

        return location.TryGet("OutputS3KeyPrefix", out object? prefix) ? $"s3://{bucket}/{prefix}" : $"s3://{bucket}";
    }

    private static string? AlarmName(FileMap alarm) =>
        alarm.TryGet("Alarms", out object? alarms) && alarms is FileList { Count: 1 } list && list[0] is FileMap one && one.TryGet("Name", out object? name)
            ? name as string
            : null;

    private static string Quoted(string text, bool isParameter)
    {
        bool isPlain = text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[text.Length - 1]);
        foreach (char c in text)
        {
            isPlain &= c is not ('"' or ';') && c >= ' ' && (isParameter || c is not (',' or '='));
        }

        return isPlain ? text : "\"" + text.Replace("\"", "\"\"") + "\"";
    }

    /// <summary>The reader of entries decides: the notation counts only where it says without a doubt what the JSON text says.</summary>
    private bool IsSame(string name, string notation, string json)
    {
        AssociationEntry? first = Read(name, notation);
        bool isClean = _issues.Take().Count == 0;
        AssociationEntry? second = Read(name, json);
        isClean &= _issues.Take().Count == 0;
        if (!isClean || first is null || second is null)
        {
            return false;
        }

        ArraySegment<byte> one = _content.BytesOf(first);
        ArraySegment<byte> other = _other.BytesOf(second);
        return one.Count == other.Count && one.AsSpan().SequenceEqual(other);
    }

    private AssociationEntry? Read(string name, string text) => _reader.Read(new FileMap { { "Name", "x" }, { name, text } }, _issues);
}
