using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace SsmAssociationTools.Tests.Architecture;

/// <summary>
/// Commands that check entries derive from different bases, so what says how they are checked is declared by several of them.
/// It is one decision all the same.
/// </summary>
public sealed class SharedParameterTests
{
    [Theory]
    [InlineData("Strict")]
    [InlineData("ExcludeRule")]
    [InlineData("IncludeRule")]
    [InlineData("SkipValidation")]
    public void What_says_how_entries_are_checked_is_declared_alike_by_all_commands(string name)
    {
        PropertyInfo[] declared =
        [
            .. typeof(AssociationEntry).Assembly.GetTypes()
                .Where(static type => typeof(Cmdlet).IsAssignableFrom(type))
                .Select(type => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .OfType<PropertyInfo>(),
        ];

        Assert.True(declared.Length > 1);
        Assert.All(declared, property => Assert.Equal(Declaration(declared[0]), Declaration(property)));
    }

    /// <summary>The type, and each attribute with all that it says.</summary>
    private static IEnumerable<string> Declaration(PropertyInfo property) =>
    [
        property.PropertyType.ToString(),
        .. property.GetCustomAttributesData()
            .Where(static attribute => attribute.AttributeType.Namespace!.StartsWith("System.Management", StringComparison.Ordinal))
            .Select(static attribute => attribute.ToString())
            .Order(StringComparer.Ordinal),
    ];
}
