using System;

namespace SsmAssociationTools.LocalEndpoint;

/// <summary>An error that the service answers, for the whole call or, inside a batch, for one entry.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught inside the endpoint.
internal sealed class ServiceException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">The error's name, such as InvalidDocument.</param>
    /// <param name="message">Its text.</param>
    /// <param name="status">HTTP status code.</param>
    public ServiceException(string code, string? message, int status = 400)
        : base(message)
    {
        Code = code;
        Status = status;
        Text = message;
    }

    /// <summary>The error's name, such as InvalidDocument.</summary>
    public string Code { get; }

    /// <summary>HTTP status code of a whole-call error.</summary>
    public int Status { get; }

    /// <summary>Its text; null when it has none.</summary>
    public string? Text { get; }
}
