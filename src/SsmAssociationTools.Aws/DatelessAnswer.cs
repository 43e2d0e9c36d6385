using System;
using System.Linq;
using System.Net;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal.Transform;

namespace SsmAssociationTools.Aws;

/// <summary>An answer as the SDK is to see it: without its date.</summary>
internal sealed class DatelessAnswer : IWebResponseData
{
    private readonly IWebResponseData _answer;

    public DatelessAnswer(IWebResponseData answer) => _answer = answer;

    public long ContentLength => _answer.ContentLength;

    public string ContentType => _answer.ContentType;

    public HttpStatusCode StatusCode => _answer.StatusCode;

    public bool IsSuccessStatusCode => _answer.IsSuccessStatusCode;

    public IHttpResponseBody ResponseBody => _answer.ResponseBody;

    public string[] GetHeaderNames() => _answer.GetHeaderNames().Where(static name => !IsDate(name)).ToArray();

    public bool IsHeaderPresent(string headerName) => !IsDate(headerName) && _answer.IsHeaderPresent(headerName);

    public string GetHeaderValue(string headerName) => IsDate(headerName) ? string.Empty : _answer.GetHeaderValue(headerName);

    public bool IsEventHeaderPresent(string headerName) => _answer.IsEventHeaderPresent(headerName);

    public IEventStreamHeader GetEventStreamHeader(string headerName) => _answer.GetEventStreamHeader(headerName);

    private static bool IsDate(string name) => string.Equals(name, "Date", StringComparison.OrdinalIgnoreCase);
}
