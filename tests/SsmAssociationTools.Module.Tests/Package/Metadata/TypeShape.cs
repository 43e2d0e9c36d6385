using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace SsmAssociationTools.Module.Tests.Package.Metadata;

/// <summary>A type as it stands in a signature.</summary>
/// <param name="Text">Its full name without assemblies, which is the same on both sides of a reference.</param>
/// <param name="File">The assembly that defines it; null for arrays, pointers, primitives and type parameters.</param>
/// <param name="Definition">Its definition there.</param>
/// <param name="Arguments">What stands for its type parameters.</param>
internal sealed record TypeShape(string Text, AssemblyFile? File, TypeDefinitionHandle Definition, ImmutableArray<TypeShape> Arguments)
{
    /// <summary>Makes a shape that has no definition of its own.</summary>
    /// <param name="text">Its text.</param>
    /// <returns>The shape.</returns>
    public static TypeShape Plain(string text) => new(text, null, default, []);

    /// <summary>Fills in type parameters.</summary>
    /// <param name="arguments">What stands for them.</param>
    /// <returns>The constructed type.</returns>
    public TypeShape Of(ImmutableArray<TypeShape> arguments) =>
        this with { Text = $"{Text}<{string.Join(",", arguments.Select(argument => argument.Text))}>", Arguments = arguments };
}
