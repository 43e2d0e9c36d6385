using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>The sections of a template, and what is known from outside. A template inside another has a scope of its own.</summary>
internal sealed class TemplateScope
{
    /// <summary>Steps that one file may take; a handful of functions inside one another can ask for billions.</summary>
    private const int MaxSteps = 200_000;

    private readonly FileMap? _parameters;
    private readonly FileMap? _conditions;
    private readonly FileMap? _mappings;
    private readonly int[] _steps;

    public TemplateScope(FileMap template, TemplateInputs inputs, IReadOnlyDictionary<string, object>? given = null, TemplateScope? outer = null)
    {
        Inputs = inputs;
        Given = given;
        _steps = outer?._steps ?? new int[1];
        _parameters = Section(template, "Parameters");
        _conditions = Section(template, "Conditions");
        _mappings = Section(template, "Mappings");
        Resources = Section(template, "Resources");
    }

    /// <summary>What is known from outside.</summary>
    public TemplateInputs Inputs { get; }

    /// <summary>Values that a template around this one gives to its parameters; they come first. Null for none.</summary>
    public IReadOnlyDictionary<string, object>? Given { get; }

    /// <summary>The section Resources, loops not yet written out; null where there is none.</summary>
    public FileMap? Resources { get; }

    /// <summary>Parameters, conditions and resources that are being worked out, to see when one leads back to itself.</summary>
    public List<string> Open { get; } = [];

    /// <summary>Resources that loops make, once they were asked for.</summary>
    public Dictionary<string, FileMap>? Made { get; set; }

    /// <summary>Counts a step, and more of them for a long text.</summary>
    /// <returns>False once there were too many.</returns>
    public bool Step(int characters = 0)
    {
        _steps[0] += _steps[0] > MaxSteps ? 0 : 1 + (characters / 256);
        return _steps[0] <= MaxSteps;
    }

    /// <summary>Finds the declaration of a parameter.</summary>
    public FileMap? Parameter(string name) => _parameters?.TryGet(name, out object? value) == true ? value as FileMap ?? [] : null;

    /// <summary>The name of a parameter or resource that a wrong one most likely stands for; null for none.</summary>
    public string? NameLike(string name) => Suggestion.For(name, (_parameters ?? []).Concat(Resources ?? []).Select(static pair => pair.Key));

    /// <summary>Finds a resource that stands in the template as it is.</summary>
    public FileMap? Resource(string name) => Resources?.TryGet(name, out object? value) == true ? value as FileMap : null;

    /// <summary>Finds a condition.</summary>
    public bool TryCondition(string name, out object? value, out long line)
    {
        value = null;
        line = _conditions?.LineOf(name) ?? 0;
        return _conditions?.TryGet(name, out value) == true;
    }

    /// <summary>The loops of the section Conditions.</summary>
    public IEnumerable<KeyValuePair<string, object?>> ConditionLoops() =>
        _conditions?.FindAll(static pair => pair.Key.StartsWith(TemplateTree.Loop, StringComparison.Ordinal)) ?? [];

    /// <summary>Finds a mapping.</summary>
    public FileMap? Mapping(string name) => _mappings?.TryGet(name, out object? value) == true ? value as FileMap : null;

    private static FileMap? Section(FileMap template, string name) => template.TryGet(name, out object? value) ? value as FileMap : null;
}
