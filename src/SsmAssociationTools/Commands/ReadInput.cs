using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>An input that was read and is not checked yet.</summary>
/// <param name="Index">Place in the input, from 0.</param>
/// <param name="Facts">What it says.</param>
/// <param name="Key">Key of the entry's canonical content.</param>
/// <param name="Destination">The destination that it names for itself.</param>
/// <param name="Issues">Holds what is wrong with it so far.</param>
internal readonly record struct ReadInput(long Index, InputFacts Facts, ContentKey Key, Destination Destination, IssueCollector Issues)
{
    /// <summary>Why nothing is sent for it; null where it is to be sent.</summary>
    public Standing? Standing { get; init; }
}
