using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Rehearsal;

/// <summary>An embedded endpoint could not be started. The text says why and what to do.</summary>
#pragma warning disable CA1032, CA1064 // Made by the endpoint, turned into an error record by Start-SsmLocalEndpoint.
internal sealed class LocalEndpointException : Exception
{
    public LocalEndpointException(string errorId, string message, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException) => ErrorId = errorId;

    /// <summary>Stable id, such as PortInUse.</summary>
    public string ErrorId { get; }
}
