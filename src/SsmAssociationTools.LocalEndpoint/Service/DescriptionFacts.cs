using System;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>What the service adds to an entry to make a description of it.</summary>
/// <param name="Id">Association id.</param>
/// <param name="Version">AssociationVersion.</param>
/// <param name="Created">Time of its creation, UTC.</param>
/// <param name="Updated">Time of its last change, UTC.</param>
/// <param name="Role">AssociationDispatchAssumeRole; null for none.</param>
internal sealed record DescriptionFacts(string Id, int Version, DateTime Created, DateTime Updated, string? Role);
