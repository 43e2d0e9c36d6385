using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>
/// A session with the staged module and an embedded endpoint. Scripts find the endpoint in <c>$endpoint</c>, the
/// parameters that reach it in <c>$c</c> (to be splatted), and <c>New-Good 7</c>, which makes an entry that rules and
/// service accept and that no other number makes.
/// </summary>
internal sealed class EndpointSession : IDisposable
{
    private const string Setup = """
        $c = $endpoint.Connection
        function New-Good([int] $n) { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = "agent-$n"; Targets = "tag:Node=n$n"; ScheduleExpression = 'rate(1 day)' } }
        function New-Invalid([int] $n) { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = "bad-$n"; Targets = "tag:Node=n$n"; ScheduleExpression = 'rate(1 minute)' } }
        function New-Refused([int] $n) { @{ Name = 'Nobody-Has-This'; AssociationName = "refused-$n"; Targets = "tag:Node=n$n" } }
        """;

    private readonly object _endpoint;

    /// <summary>Opens a session and starts an endpoint in it.</summary>
    /// <param name="arguments">Arguments of Start-SsmLocalEndpoint, as in a script.</param>
    public EndpointSession(string arguments = "")
    {
        Session = new ModuleSession();
        Session.Run($"$endpoint = Start-SsmLocalEndpoint {arguments}\n{Setup}").WithoutErrors();
        _endpoint = ((PSObject)Session.Runspace.SessionStateProxy.GetVariable("endpoint")).BaseObject;
    }

    /// <summary>The session.</summary>
    public ModuleSession Session { get; }

    /// <summary>Calls that the endpoint has answered. May be read while a script runs.</summary>
    public long Requests => (long)Member("RequestCount")!;

    /// <summary>Associations that exist. May be read while a script runs.</summary>
    public int Associations => (int)Member("AssociationCount")!;

    /// <summary>Where the endpoint listens.</summary>
    public Uri Url => (Uri)Member("Url")!;

    /// <summary>
    /// A script in which an error that ends a command ends the script. Without a try, PowerShell would write such an error
    /// like any other and go on with the next statement, and the two kinds could not be told apart.
    /// </summary>
    /// <param name="script">The script.</param>
    /// <returns>The script in a try.</returns>
    public static string Tried(string script) => "try {\n" + script + "\n} catch { throw }";

    /// <summary>Runs a script to its end, or to the first command that ends with an error.</summary>
    /// <param name="script">The script.</param>
    /// <param name="input">Objects to pipe into it; null for none.</param>
    /// <returns>What the script left behind.</returns>
    public ScriptResult Run(string script, IEnumerable<object?>? input = null) => Session.Run(Tried(script), input);

    /// <summary>Starts a script.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The running script.</returns>
    public RunningScript Start(string script) => Session.Start(script);

    /// <summary>Asks the endpoint, without the module, for one association.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The service's description.</returns>
    public JsonElement Describe(string id) =>
        Call("DescribeAssociation", $$"""{"AssociationId":"{{id}}"}""").GetProperty("AssociationDescription");

    /// <summary>Asks the endpoint, without the module, for the ids of all associations; for at most 50.</summary>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> Ids() =>
        [.. Call("ListAssociations", "{}").GetProperty("Associations"u8).EnumerateArray().Select(item => item.GetProperty("AssociationId").GetString()!)];

    /// <summary>Calls the endpoint without the module.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="body">The request.</param>
    /// <returns>The answer.</returns>
    public JsonElement Call(string operation, string body)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url);
        request.Headers.Add("X-Amz-Target", "AmazonSSM." + operation);
        request.Headers.TryAddWithoutValidation("Authorization", "test");
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using HttpResponseMessage response = client.Send(request);
        using var document = JsonDocument.Parse(response.EnsureSuccessStatusCode().Content.ReadAsStream());
        return document.RootElement.Clone();
    }

    /// <summary>Stops the endpoint and closes the session.</summary>
    public void Dispose() => Session.Dispose();

    private object? Member(string name) => _endpoint.GetType().GetProperty(name)!.GetValue(_endpoint);
}
