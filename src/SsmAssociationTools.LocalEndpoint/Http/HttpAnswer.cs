using System;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>One answer before it is written.</summary>
internal sealed class HttpAnswer
{
    /// <summary>The media type of AWS JSON 1.1.</summary>
    public const string AwsJson = "application/x-amz-json-1.1";

    /// <summary>Makes an answer.</summary>
    /// <param name="status">HTTP status code.</param>
    /// <param name="body">Body, UTF-8.</param>
    public HttpAnswer(int status, byte[] body)
    {
        Status = status;
        Body = body;
    }

    /// <summary>HTTP status code.</summary>
    public int Status { get; }

    /// <summary>Body, UTF-8.</summary>
    public byte[] Body { get; set; }

    /// <summary>Value of Content-Type.</summary>
    public string ContentType { get; set; } = AwsJson;

    /// <summary>Value of Retry-After in seconds; null leaves the header out.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>Value of Date, UTC.</summary>
    public DateTime Date { get; set; }

    /// <summary>Value of x-amzn-RequestId.</summary>
    public string RequestId { get; set; } = string.Empty;

    /// <summary>How much of it reaches the client.</summary>
    public HttpDelivery Delivery { get; set; }

    /// <summary>Closes the connection after the answer.</summary>
    public bool CloseConnection { get; set; }
}
