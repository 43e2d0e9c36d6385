using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Files;

/// <summary>
/// Finds the entries in what a JSON or YAML file says: a list of entries, one entry, or the document of the AWS CLI.
/// </summary>
internal static class FileDocument
{
    /// <summary>Finds the entries.</summary>
    /// <exception cref="FileFormatException">The file holds none of what is looked for.</exception>
    public static IEnumerable<FileRecord> Records(object? root)
    {
        switch (root)
        {
            case FileList list:
                return Items(list);
            case FileMap map when Entries(map) is { } entries:
                return Document(map, entries);
            case FileMap map:
                return [Plain(map)];
            case null:
                throw new FileFormatException(1, "The file holds no entry.");
            default:
                throw new FileFormatException(1, "The file holds a single value. Write a list of entries, one entry, {\"Entries\":[...]} or a CloudFormation template.");
        }
    }

    /// <summary>The lists of a request or of an answer of the service, in their order.</summary>
    private static FileList? Entries(FileMap map)
    {
        FileList? entries = null;
        foreach (KeyValuePair<string, object?> pair in map)
        {
            if (pair.Value is FileList list && MemberNames.FindOuter(pair.Key) is OuterMember.Entries or OuterMember.Answer or OuterMember.Versions)
            {
                if (MemberNames.FindOuter(pair.Key) == OuterMember.Versions && list.Count > 1)
                {
                    throw new FileFormatException(list.Line, "The file holds several versions of one association. Keep the one that is meant.");
                }

                entries ??= new FileList { Line = list.Line };
                entries.AddRange(list);
            }
        }

        return entries;
    }

    private static IEnumerable<FileRecord> Items(FileList list)
    {
        int index = 0;
        foreach (object? item in list)
        {
            index++;
            if (item is FileMap map)
            {
                yield return Plain(map);
            }
            else
            {
                var bad = new FileRecord((item as FileList)?.Line ?? (item as FileFunction)?.Line ?? list.Line, null)
                {
                    Name = "item " + index.ToString(CultureInfo.InvariantCulture),
                };
                bad.Notes.Add(new FileNote(true, null, "An entry is expected here: an object with members such as Name and Targets."));
                yield return bad;
            }
        }
    }

    private static IEnumerable<FileRecord> Document(FileMap map, FileList entries)
    {
        FileRecord? first = null;
        foreach (KeyValuePair<string, object?> pair in map)
        {
            if (MemberNames.FindOuter(pair.Key) == OuterMember.None && pair.Value is not null)
            {
                first ??= new FileRecord(map.Line, null) { Name = "document" };
                first.Notes.Add(new FileNote(false, pair.Key, pair.Key switch
                {
                    "AssociationDispatchAssumeRole" =>
                        "This role belongs to the whole call and is left out: give it to New-SsmAssociationBatch as -AssociationDispatchAssumeRole.",
                    "NextToken" => "The list goes on: this file holds one page of it. Read all pages into one list.",
                    _ => "The document has this member beside Entries; it is left out.",
                }));
            }
        }

        if (first is not null)
        {
            yield return first;
        }

        foreach (FileRecord record in Items(entries))
        {
            yield return record;
        }
    }

    private static FileRecord Plain(FileMap map)
    {
        var notes = new List<FileNote>();
        FileMap value = WithoutFunctions(map, notes);
        var record = new FileRecord(map.Line, value);
        record.Notes.AddRange(notes);
        return record;
    }

    /// <summary>
    /// Notes every function by its path and leaves out the member that uses it, so that what else is wrong with the
    /// entry can be told as well.
    /// </summary>
    private static FileMap WithoutFunctions(FileMap members, List<FileNote> notes)
    {
        FileMap? clean = null;
        for (int i = 0; i < members.Count; i++)
        {
            int before = notes.Count;
            Find(members[i].Value, members[i].Key, notes, 0);
            if (notes.Count > before && clean is null)
            {
                clean = new FileMap { Line = members.Line };
                clean.AddRange(members.GetRange(0, i));
            }
            else if (notes.Count == before)
            {
                clean?.Add(members[i]);
            }
        }

        return clean ?? members;
    }

    private static void Find(object? value, string path, List<FileNote> notes, int depth)
    {
        if (depth > 64)
        {
            return;
        }

        switch (value)
        {
            case FileFunction function:
                Note(function.Name, function.Line);
                break;
            case FileMap map:
                foreach (KeyValuePair<string, object?> pair in map)
                {
                    Find(pair.Value, path + "." + pair.Key, notes, depth + 1);
                }

                break;
            case FileList list:
                for (int i = 0; i < list.Count; i++)
                {
                    Find(list[i], path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", notes, depth + 1);
                }

                break;
        }

        void Note(string name, long line) => notes.Add(new FileNote(
            true,
            path,
            $"{name} (line {line.ToString(CultureInfo.InvariantCulture)}) has a meaning in CloudFormation templates only, and this file is none. Write the value itself."));
    }
}
