using System.Collections.Generic;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>A question that the host was told to ask.</summary>
/// <param name="Caption">The heading.</param>
/// <param name="Message">The question.</param>
/// <param name="Choices">The labels of the answers, with the ampersand before each hot key.</param>
/// <param name="Answer">The index of the answer that was given.</param>
public sealed record HostPrompt(string Caption, string Message, IReadOnlyList<string> Choices, int Answer);
