using System.Collections.Generic;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>The help of one cmdlet, as its page says it. Text is plain: the marks of markdown are gone.</summary>
internal sealed class HelpPage
{
    /// <summary>Name of the cmdlet, such as New-SsmAssociationBatch.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the module that has the cmdlet.</summary>
    public required string ModuleName { get; init; }

    /// <summary>Name of the compiled help file that the cmdlet's help belongs to.</summary>
    public required string HelpFile { get; init; }

    /// <summary>Address of the page on the web.</summary>
    public required string HelpUri { get; init; }

    /// <summary>What the cmdlet does, in a sentence or two.</summary>
    public required IReadOnlyList<string> Synopsis { get; init; }

    /// <summary>One variant for each parameter set, in the order of the page.</summary>
    public required IReadOnlyList<SyntaxVariant> Syntax { get; init; }

    /// <summary>The description, a paragraph an item.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The examples, in the order of the page.</summary>
    public required IReadOnlyList<PageExample> Examples { get; init; }

    /// <summary>The cmdlet's own parameters, in the order of the page.</summary>
    public required IReadOnlyList<PageParameter> Parameters { get; init; }

    /// <summary>True when the page says that the common parameters are there.</summary>
    public required bool HasCommonParameters { get; init; }

    /// <summary>What can be piped in.</summary>
    public required IReadOnlyList<PageType> Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required IReadOnlyList<PageType> Outputs { get; init; }

    /// <summary>The notes, a paragraph an item; empty when there are none.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The related links, without the one to the page on the web.</summary>
    public required IReadOnlyList<PageLink> Links { get; init; }
}
