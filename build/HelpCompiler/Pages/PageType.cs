using System.Collections.Generic;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>A type that can be piped in or that comes out.</summary>
/// <param name="TypeName">Full name of the type.</param>
/// <param name="Description">What it stands for, a paragraph an item; empty when the page says nothing.</param>
internal sealed record PageType(string TypeName, IReadOnlyList<string> Description);
