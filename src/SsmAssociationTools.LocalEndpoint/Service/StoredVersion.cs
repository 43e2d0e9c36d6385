using System;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>An association as it was from one change to the next.</summary>
/// <param name="Number">AssociationVersion.</param>
/// <param name="Description">AssociationDescription as JSON, UTF-8.</param>
/// <param name="Made">When it was made, UTC.</param>
/// <param name="ListCallsBefore">How many list calls had been answered then.</param>
internal sealed record StoredVersion(int Number, byte[] Description, DateTime Made, long ListCallsBefore);
