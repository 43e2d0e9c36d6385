using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;

namespace SsmAssociationTools.Module.Tests.Package.Metadata;

/// <summary>
/// A set of assemblies and the rule by which references between them are bound. Looks up what an assembly uses of the
/// others: every type, field and method, with its signature, as the just-in-time compiler will.
/// </summary>
internal sealed class ReferenceWorld : ISignatureTypeProvider<TypeShape, ImmutableArray<TypeShape>>
{
    private readonly Func<AssemblyName, AssemblyFile?> _bind;
    private readonly Dictionary<MetadataReader, AssemblyFile> _files = [];

    /// <summary>Makes a world.</summary>
    /// <param name="bind">Gives the assembly that a reference is bound to; null when there is none.</param>
    public ReferenceWorld(Func<AssemblyName, AssemblyFile?> bind) => _bind = bind;

    /// <summary>Lists what an assembly uses and the assemblies that it is bound to do not have.</summary>
    /// <param name="file">The assembly.</param>
    /// <returns>A line for each missing type and member.</returns>
    public IReadOnlyList<string> Missing(AssemblyFile file)
    {
        _files[file.Reader] = file;
        var missing = new List<string>();
        foreach (TypeReferenceHandle handle in file.Reader.TypeReferences)
        {
            if (Resolve(file, handle) is null)
            {
                missing.Add($"{file.Identity.Name} uses {Name(file.Reader, handle)}, which is not there.");
            }
        }

        foreach (MemberReferenceHandle handle in file.Reader.MemberReferences)
        {
            MemberReference member = file.Reader.GetMemberReference(handle);
            TypeShape? parent = Parent(file, member.Parent);
            if (parent is not null && !Has(parent, file, member))
            {
                missing.Add($"{file.Identity.Name} uses {Signature(file, member, [])} of {parent.Text}, which is not there.");
            }
        }

        return missing;
    }

    public TypeShape GetPrimitiveType(PrimitiveTypeCode typeCode) => TypeShape.Plain("System." + typeCode);

    public TypeShape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Shape(_files[reader], handle);

    public TypeShape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Resolve(_files[reader], handle) ?? TypeShape.Plain(Name(reader, handle));

    public TypeShape GetTypeFromSpecification(MetadataReader reader, ImmutableArray<TypeShape> genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public TypeShape GetSZArrayType(TypeShape elementType) => TypeShape.Plain(elementType.Text + "[]");

    public TypeShape GetArrayType(TypeShape elementType, ArrayShape shape) => TypeShape.Plain($"{elementType.Text}[{shape.Rank}]");

    public TypeShape GetByReferenceType(TypeShape elementType) => TypeShape.Plain(elementType.Text + "&");

    public TypeShape GetPointerType(TypeShape elementType) => TypeShape.Plain(elementType.Text + "*");

    public TypeShape GetPinnedType(TypeShape elementType) => elementType;

    public TypeShape GetFunctionPointerType(MethodSignature<TypeShape> signature) => TypeShape.Plain("method " + Text(signature));

    public TypeShape GetGenericInstantiation(TypeShape genericType, ImmutableArray<TypeShape> typeArguments) => genericType.Of(typeArguments);

    public TypeShape GetGenericMethodParameter(ImmutableArray<TypeShape> genericContext, int index) => TypeShape.Plain("!!" + index);

    public TypeShape GetGenericTypeParameter(ImmutableArray<TypeShape> genericContext, int index) =>
        index < genericContext.Length ? genericContext[index] : TypeShape.Plain("!" + index);

    public TypeShape GetModifiedType(TypeShape modifier, TypeShape unmodifiedType, bool isRequired) =>
        unmodifiedType with { Text = $"{unmodifiedType.Text} {(isRequired ? "modreq" : "modopt")}({modifier.Text})" };

    private TypeShape? Resolve(AssemblyFile file, TypeReferenceHandle handle)
    {
        TypeReference type = file.Reader.GetTypeReference(handle);
        string name = file.Reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return Resolve(file, (TypeReferenceHandle)type.ResolutionScope) is { File: { } outer } shape
                ? outer.Reader.GetTypeDefinition(shape.Definition).GetNestedTypes()
                    .Where(nested => outer.Reader.StringComparer.Equals(outer.Reader.GetTypeDefinition(nested).Name, name))
                    .Select(nested => Shape(outer, nested))
                    .FirstOrDefault()
                : null;
        }

        string space = file.Reader.GetString(type.Namespace);
        AssemblyFile? target = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? _bind(file.Reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).GetAssemblyName())
            : file;
        while (target is not null)
        {
            if (target.Type(space, name) is { IsNil: false } definition)
            {
                return Shape(target, definition);
            }

            target = target.Forward(space, name) is { } next ? _bind(next) : null;
        }

        return null;
    }

    private TypeShape Shape(AssemblyFile file, TypeDefinitionHandle handle)
    {
        _files[file.Reader] = file;
        TypeDefinition type = file.Reader.GetTypeDefinition(handle);
        string name = file.Reader.GetString(type.Name);
        string text = type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Shape(file, outer).Text}/{name}"
            : Qualified(file.Reader.GetString(type.Namespace), name);
        return new TypeShape(text, file, handle, []);
    }

    /// <summary>The type that a member is looked for in; null where the runtime itself provides the members or the type is reported as missing.</summary>
    private TypeShape? Parent(AssemblyFile file, EntityHandle handle)
    {
        TypeShape? parent = handle.Kind switch
        {
            HandleKind.TypeReference => Resolve(file, (TypeReferenceHandle)handle),
            HandleKind.TypeDefinition => Shape(file, (TypeDefinitionHandle)handle),
            HandleKind.TypeSpecification => file.Reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, []),
            _ => null,
        };
        return parent?.File is null ? null : parent;
    }

    /// <summary>A reference to a member of a constructed type is written in terms of the type's own parameters.</summary>
    private bool Has(TypeShape type, AssemblyFile user, MemberReference wanted)
    {
        string name = user.Reader.GetString(wanted.Name);
        string signature = Signature(user, wanted, []);
        ImmutableArray<TypeShape> arguments = [];
        for (TypeShape? current = type; current?.File is { } file; current = Base(current, arguments))
        {
            if (!ReferenceEquals(current, type))
            {
                arguments = current.Arguments;
            }

            TypeDefinition definition = file.Reader.GetTypeDefinition(current.Definition);
            bool found = wanted.GetKind() == MemberReferenceKind.Method
                ? definition.GetMethods().Select(file.Reader.GetMethodDefinition).Any(method =>
                    file.Reader.StringComparer.Equals(method.Name, name) && $"{name}{Text(method.DecodeSignature(this, arguments))}" == signature)
                : definition.GetFields().Select(file.Reader.GetFieldDefinition).Any(field =>
                    file.Reader.StringComparer.Equals(field.Name, name) && $"{name} : {field.DecodeSignature(this, arguments).Text}" == signature);
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    private TypeShape? Base(TypeShape type, ImmutableArray<TypeShape> arguments)
    {
        EntityHandle handle = type.File!.Reader.GetTypeDefinition(type.Definition).BaseType;
        return handle.IsNil
            ? null
            : handle.Kind switch
            {
                HandleKind.TypeReference => Resolve(type.File, (TypeReferenceHandle)handle),
                HandleKind.TypeDefinition => Shape(type.File, (TypeDefinitionHandle)handle),
                _ => type.File.Reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, arguments),
            };
    }

    private string Signature(AssemblyFile file, MemberReference member, ImmutableArray<TypeShape> arguments)
    {
        string name = file.Reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Method
            ? name + Text(member.DecodeMethodSignature(this, arguments))
            : $"{name} : {member.DecodeFieldSignature(this, arguments).Text}";
    }

    private static string Text(MethodSignature<TypeShape> signature) =>
        $"`{signature.GenericParameterCount}({string.Join(", ", signature.ParameterTypes.Select(type => type.Text))}) : {signature.ReturnType.Text}{(signature.Header.IsInstance ? string.Empty : " static")}";

    private static string Name(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(reader, (TypeReferenceHandle)type.ResolutionScope)}/{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
