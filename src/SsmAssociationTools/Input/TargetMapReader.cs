using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads maps of parameters to resources: objects, or the short notation.</summary>
internal sealed class TargetMapReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;

    public TargetMapReader(ReadingContext context, ValueReader values)
    {
        _context = context;
        _values = values;
    }

    /// <summary>Reads an object.</summary>
    public void Add(object value, List<object> found)
    {
        var map = new TargetMap();
        _context.Enter(found.Count);
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            _context.Enter(given.Key);
            string?[]? values = _values.Texts(given.Value, _context.IsFlat, ReadingRules.WrongType);
            if (values is not null)
            {
                AddValues(map, given.Key, values);
            }

            _context.Leave();
        }

        _context.Leave();
        found.Add(map);
    }

    /// <summary>Reads <c>NAME=VALUE,VALUE; NAME=VALUE</c>.</summary>
    public void AddText(string text, List<object> found)
    {
        var pairs = new List<ShortPair>();
        if (ShortNotation.ReadPairs(text, isParameters: false, pairs) is string problem)
        {
            _context.Report(ReadingRules.BadText, "The target map cannot be read: " + problem + " Write it as NAME=VALUE,VALUE; NAME=VALUE, or as JSON.");
        }

        if (pairs.Count > 0)
        {
            var map = new TargetMap();
            foreach (ShortPair pair in pairs)
            {
                AddValues(map, pair.Name, pair.Values.ToArray());
            }

            found.Add(map);
        }
    }

    private static void AddValues(TargetMap map, string name, string?[] values)
    {
        if (map.TryGetValue(name, out string?[]? before) && before is not null)
        {
            var all = new string?[before.Length + values.Length];
            before.CopyTo(all, 0);
            values.CopyTo(all, before.Length);
            values = all;
        }

        map[name] = values;
    }
}
