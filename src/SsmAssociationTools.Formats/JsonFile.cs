using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats.CloudFormation;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Formats;

/// <summary>Reads JSON and JSON lines: RFC 8259, with // and /* */ comments passed over.</summary>
internal static class JsonFile
{
    /// <summary>Levels of nesting: a template holds what an entry holds, a few levels deeper.</summary>
    private const int MaxDepth = 64;

    /// <summary>Characters of the longest line; the largest entry that the service takes is far shorter.</summary>
    private const int MaxLine = 8_000_000;

    /// <summary>Reads a file that is one JSON text. Nothing is returned before all of it is read.</summary>
    public static IEnumerable<FileRecord> Records(TextReader text, TemplateInputs inputs)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.ReadToEnd());
        object? root = Parse(bytes, 1, isLine: false, out bool isEmpty);
        return isEmpty ? [] : FileRoots.Records(root, inputs);
    }

    /// <summary>Reads a file that is one JSON text.</summary>
    public static object? Tree(TextReader text) => Parse(Encoding.UTF8.GetBytes(text.ReadToEnd()), 1, isLine: false, out _);

    /// <summary>Reads a file of one JSON text a line. A line that is none spoils itself only.</summary>
    public static IEnumerable<FileRecord> Lines(TextReader text)
    {
        var line = new StringBuilder();
        for (long number = 1; ReadLine(text, line, number); number++)
        {
            if (Line(line.ToString(), number) is FileRecord record)
            {
                yield return record;
            }
        }
    }

    private static FileRecord? Line(string line, long number)
    {
        if (line.Trim().Length == 0)
        {
            return null;
        }

        try
        {
            object? value = Parse(Encoding.UTF8.GetBytes(line), number, isLine: true, out bool isEmpty);
            if (isEmpty)
            {
                return null;
            }

            if (value is FileMap)
            {
                return new FileRecord(number, value);
            }
        }
        catch (FileFormatException problem)
        {
            return Bad(number, problem.Message);
        }

        return Bad(number, "A JSON object is expected on every line. Import a file that is one list with -Format Json.");
    }

    private static FileRecord Bad(long line, string message)
    {
        var record = new FileRecord(line, null);
        record.Notes.Add(new FileNote(true, null, message));
        return record;
    }

    private static bool ReadLine(TextReader text, StringBuilder line, long number)
    {
        line.Clear();
        int next;
        while ((next = text.Read()) >= 0)
        {
            if (next == '\n')
            {
                return true;
            }

            line.Append((char)next);
            if (line.Length > MaxLine)
            {
                throw new FileFormatException(number, "The line has more than 8,000,000 characters; it is no entry.");
            }
        }

        return line.Length > 0;
    }

    private static object? Parse(byte[] bytes, long firstLine, bool isLine, out bool isEmpty)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        var lines = new LineCounter(bytes, firstLine, isKept: !isLine);
        isEmpty = IsEmpty(bytes);
        if (isEmpty)
        {
            return null;
        }

        try
        {
            reader.Read();
            object? value = Value(ref reader, lines);
            reader.Read();
            return lines.Repeat == 0 || TemplateFile.Find(value, out _) is not null
                ? value
                : throw new FileFormatException(lines.Repeat, "A member is given a second time in the same object. Leave one of them.");
        }
        catch (JsonException problem)
        {
            throw Problem(bytes, problem, reader.CurrentDepth, firstLine, isLine);
        }
        catch (InvalidOperationException)
        {
            // What GetString throws for \ud800 and its like.
            throw new FileFormatException(lines.At(reader.TokenStartIndex), "A text holds half of a surrogate pair.");
        }
    }

    /// <summary>True for nothing but white space and comments, in which there is no JSON text to complain about.</summary>
    private static bool IsEmpty(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip }));
        try
        {
            return !reader.Read() && IsOnlySpace(bytes, (int)reader.BytesConsumed);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A last comment line without a line break is not consumed while more text could come.</summary>
    private static bool IsOnlySpace(byte[] bytes, int start)
    {
        int i = start;
        while (i < bytes.Length && bytes[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            i++;
        }

        return i == bytes.Length
            || (i + 1 < bytes.Length && bytes[i] == '/' && bytes[i + 1] == '/' && Array.IndexOf(bytes, (byte)'\n', i) < 0);
    }

    private static object? Value(ref Utf8JsonReader reader, LineCounter lines)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new FileMap { Line = lines.At(reader.TokenStartIndex), IsOfJson = true, Lines = lines.IsKept ? [] : null };
                var names = new Dictionary<string, int>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    long line = lines.At(reader.TokenStartIndex);
                    reader.Read();
                    object? value = Value(ref reader, lines);
                    if (!names.TryGetValue(name, out int index))
                    {
                        names.Add(name, map.Count);
                        map.Add(name, value);
                        map.Lines?.Add(line);
                    }
                    else
                    {
                        // In a template the last counts; anywhere else it is an error once the whole is known.
                        lines.Repeat = lines.Repeat == 0 ? line : lines.Repeat;
                        map[index] = new KeyValuePair<string, object?>(name, value);
                        if (map.Lines is not null)
                        {
                            map.Lines[index] = line;
                        }

                        (map.Repeated ??= []).Add(new KeyValuePair<string, long>(name, line));
                    }
                }

                return map;
            case JsonTokenType.StartArray:
                var list = new FileList { Line = lines.At(reader.TokenStartIndex), Lines = lines.IsKept ? [] : null };
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Lines?.Add(lines.At(reader.TokenStartIndex));
                    list.Add(Value(ref reader, lines));
                }

                return list;
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return new JsonNumber(Encoding.UTF8.GetString(reader.ValueSpan.ToArray()));
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>The library's message quotes the file, which may hold parameter values; this one says the place and what is likely.</summary>
    private static FileFormatException Problem(byte[] bytes, JsonException problem, int depth, long firstLine, bool isLine)
    {
        long line = problem.LineNumber ?? 0;
        long column = problem.BytePositionInLine ?? 0;
        long offset = column;
        for (long i = 0, seen = 0; seen < line && i < bytes.Length; i++)
        {
            if (bytes[i] == '\n' && ++seen == line)
            {
                offset = i + 1 + column;
            }
        }

        bool isEnd = offset >= bytes.Length || IsOnlySpace(bytes, (int)offset);
        string cause = isEnd
            ? "the text ends before its last bracket or quote" + (isLine ? "; one text over several lines is imported with -Format Json" : string.Empty)
            : (char)bytes[offset] switch
            {
                '}' or ']' => "a comma too many, or a bracket that closes nothing",
                '\'' => "text stands in double quotes",
                '{' or '[' when depth >= MaxDepth - 1 => "objects and lists are nested deeper than 64 levels",
                '{' or '[' or '"' => isLine ? "a comma or a colon is missing before this place" : "a comma or a colon is missing before this place; a file of one object a line is imported with -Format Jsonl",
                '\\' => "a backslash is written \\\\",
                < ' ' => "a line break or a control character inside a text is written as an escape such as \\n",
                _ => QuoteAt(bytes, (int)offset) ?? "a value, a comma, a colon or a quote is missing or wrong",
            };
        string place = isLine
            ? string.Empty
            : $"line {(firstLine + line).ToString(CultureInfo.InvariantCulture)}, ";
        return new FileFormatException(firstLine + line, $"This is no JSON ({place}byte {(column + 1).ToString(CultureInfo.InvariantCulture)} of the line): {cause}.");
    }

    /// <summary>What word processors make of a quote.</summary>
    private static string? QuoteAt(byte[] bytes, int offset)
    {
        string text = Encoding.UTF8.GetString(bytes, offset, Math.Min(4, bytes.Length - offset));
        return OddCharacter.IsQuote(text[0]) ? $"a typographic quote (U+{(int)text[0]:X4}) stands here; write straight ones" : null;
    }

    /// <summary>Lines of places in a text that are asked for in their order.</summary>
    private sealed class LineCounter(byte[] bytes, long firstLine, bool isKept)
    {
        /// <summary>True where every member and item remembers its line; a text of one line needs none.</summary>
        public bool IsKept { get; } = isKept;

        private long _line = firstLine;
        private long _counted;

        /// <summary>Line of the first member that is given a second time in its object; 0 for none.</summary>
        public long Repeat { get; set; }

        public long At(long offset)
        {
            for (; _counted < offset; _counted++)
            {
                _line += bytes[_counted] == '\n' ? 1 : 0;
            }

            return _line;
        }
    }
}
