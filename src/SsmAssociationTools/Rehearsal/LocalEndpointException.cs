using System;

namespace SsmAssociationTools.Rehearsal;

/// <summary>An embedded endpoint could not be started. The text says why and what to do.</summary>
#pragma warning disable CA1032, CA1064 // Made by the endpoint, turned into an error record by Start-SsmLocalEndpoint.
internal sealed class LocalEndpointException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">Stable id, such as PortInUse.</param>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LocalEndpointException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>Stable id, such as PortInUse.</summary>
    public string ErrorId { get; }
}
