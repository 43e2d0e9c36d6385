using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.HelpCompiler.Pages;

namespace SsmAssociationTools.Module.Tests.Help;

/// <summary>What the engine knows of a parameter, in the words of a page.</summary>
internal static class ParameterFacts
{
    /// <summary>The parameters that a page must document: all but the common ones.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>The parameters, those of ShouldProcess included.</returns>
    public static IEnumerable<ParameterMetadata> Own(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    /// <summary>Where a section and the real parameter differ.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="parameter">The real parameter.</param>
    /// <param name="section">The section of the page.</param>
    /// <returns>A sentence for each difference.</returns>
    public static IEnumerable<string> Differences(CmdletInfo cmdlet, ParameterMetadata parameter, PageParameter section)
    {
        string place = $"{cmdlet.Name} -{parameter.Name}";
        foreach ((string fact, string real, string page) in Compare(parameter, section))
        {
            if (real != page)
            {
                yield return $"{place}: {fact} is '{real}', the page says '{page}'";
            }
        }
    }

    private static IEnumerable<(string Fact, string Real, string Page)> Compare(ParameterMetadata parameter, PageParameter section)
    {
        ParameterAttribute[] attributes = [.. parameter.Attributes.OfType<ParameterAttribute>()];
        yield return ("the name", parameter.Name, section.Name);
        yield return ("the type", TypeName(parameter.ParameterType), section.TypeName);
        yield return ("SupportsWildcards", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any().ToString(), section.SupportsWildcards.ToString());
        yield return ("Aliases", List(parameter.Aliases), List(section.Aliases));
        yield return ("DontShow", attributes.Any(attribute => attribute.DontShow).ToString(), section.DontShow.ToString());
        yield return ("AcceptedValues", List(AcceptedValues(parameter)), List(section.AcceptedValues));
        yield return ("HelpMessage", attributes.Select(attribute => attribute.HelpMessage).FirstOrDefault(text => text is not null) ?? string.Empty, section.HelpMessage);
        yield return (
            "ParameterSets",
            List(parameter.ParameterSets.OrderBy(set => set.Key, StringComparer.Ordinal).Select(set => Use(set.Key, set.Value).ToString())),
            List(section.ParameterSets.OrderBy(set => set.SetName, StringComparer.Ordinal).Select(set => set.ToString())));
    }

    private static ParameterSetUse Use(string name, ParameterSetMetadata set) => new(
        name == ParameterAttribute.AllParameterSets ? "(All)" : name,
        set.Position == int.MinValue ? null : set.Position,
        set.IsMandatory,
        set.ValueFromPipeline,
        set.ValueFromPipelineByPropertyName,
        set.ValueFromRemainingArguments);

    private static IEnumerable<string> AcceptedValues(ParameterMetadata parameter)
    {
        Type type = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        string[] named = [.. parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues)];
        return named.Length > 0 || !type.IsEnum ? named : Enum.GetNames(type);
    }

    /// <summary>The type's name as PlatyPS writes it.</summary>
    private static string TypeName(Type type) => type.IsGenericType
        ? $"{type.GetGenericTypeDefinition().FullName}[{string.Join(",", type.GenericTypeArguments.Select(argument => argument.FullName))}]"
        : type.FullName!;

    private static string List(IEnumerable<string> values) => string.Join(", ", values);
}
