using System;

namespace SsmAssociationTools.Formats.CloudFormation;

/// <summary>Something that a template does not say of itself, and the parameter of the cmdlet that says it.</summary>
internal sealed class TemplateNeed(TemplateNeedKind kind, string name, string? remark, string path, long line) : IEquatable<TemplateNeed>
{
    /// <summary>By what it is given.</summary>
    public TemplateNeedKind Kind { get; } = kind;

    /// <summary>The parameter, resource or attribute.</summary>
    public string Name { get; } = name;

    /// <summary>What is to be known of it, as in <c>a value of Parameter Store</c>; null for nothing.</summary>
    public string? Remark { get; } = remark;

    /// <summary>The member that asks for it first.</summary>
    public string Path { get; } = path;

    /// <summary>Line of the file, from 1.</summary>
    public long Line { get; } = line;

    public bool Equals(TemplateNeed? other) => other is not null && other.Kind == Kind && other.Name == Name;

    public override bool Equals(object? obj) => Equals(obj as TemplateNeed);

    public override int GetHashCode() => Name.GetHashCode();
}
