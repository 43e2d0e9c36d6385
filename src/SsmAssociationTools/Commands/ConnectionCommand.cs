using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Isolation;

namespace SsmAssociationTools.Commands;

/// <summary>The parameters with which a cmdlet reaches Systems Manager, named and ordered as in AWS.Tools.</summary>
public abstract class ConnectionCommand : PSCmdlet
{
    private const string AdapterName = "SsmAssociationTools.Aws";

    /// <summary>The profile that a file is asked for where the user names the file only, as in AWS.Tools.</summary>
    private const string DefaultProfile = "default";

    /// <summary>
    /// The Regions to work in, such as us-east-1; each entry goes to each of them. Without it: $StoredAWSRegion, the
    /// profile, the environment, the instance.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS files.</summary>
    [Parameter]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>Path of the shared credentials file, where it is not the default one. Without -ProfileName its profile "default" is used.</summary>
    [Parameter]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    [ValidateNotNullOrEmpty]
    public string? ProfileLocation { get; set; }

    /// <summary>Access key id; goes with -SecretKey.</summary>
    [Parameter]
    [Alias("AK")]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>Secret access key; goes with -AccessKey.</summary>
    [Parameter]
    [Alias("SK", "SecretAccessKey")]
    [ValidateNotNullOrEmpty]
    public string? SecretKey { get; set; }

    /// <summary>Session token of temporary keys.</summary>
    [Parameter]
    [Alias("ST")]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>An endpoint to call instead of the Region's. Plain http is accepted for loopback only, unless -Force is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>The Regions as far as they are known without the AWS SDK: each of -Region once, or $StoredAWSRegion.</summary>
    /// <returns>The codes; empty where none is known.</returns>
    private protected IReadOnlyList<string> KnownRegions()
    {
        var regions = new List<string>();
        foreach (string? region in Region ?? [StoredRegion()!])
        {
            if (!string.IsNullOrWhiteSpace(region) && !regions.Contains(region!.Trim()))
            {
                regions.Add(region.Trim());
            }
        }

        return regions;
    }

    /// <summary>Connects to Systems Manager in a Region.</summary>
    /// <param name="region">The Region; null for the one that the profile, the environment or the instance names.</param>
    /// <param name="allowPlainHttp">True accepts http beyond loopback.</param>
    /// <param name="maxConnections">Calls that may be in flight at once.</param>
    /// <param name="callTimeout">How long one call may take.</param>
    /// <returns>The gateway; the caller disposes it.</returns>
    private protected IAssociationGateway Connect(string? region, bool allowPlainHttp, int maxConnections, TimeSpan callTimeout)
    {
        var settings = new ConnectionSettings
        {
            Region = region,
            ProfileName = ProfileName ?? (ProfileLocation is null ? null : DefaultProfile),
            ProfileLocation = ProfileLocation is null ? null : GetUnresolvedProviderPathFromPSPath(ProfileLocation),
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            SessionToken = SessionToken,
            EndpointUrl = ParseEndpoint(allowPlainHttp),
            MaxConnections = maxConnections,
            CallTimeout = callTimeout,
        };
        try
        {
            IGatewayFactory factory = PrivateAssemblies.Create<IGatewayFactory>(AdapterName, AdapterName + ".AwsGatewayFactory");
            IAssociationGateway gateway = factory.Connect(settings);
            WriteVerbose($"Region {gateway.Region}; credentials from {gateway.CredentialSource}{(settings.EndpointUrl is null ? string.Empty : "; endpoint " + settings.EndpointUrl.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped))}.");
            return gateway;
        }
        catch (GatewayException error)
        {
            ThrowTerminatingError(ErrorRecords.Connection(error));
            throw;
        }
    }

    private Uri? ParseEndpoint(bool allowPlainHttp)
    {
        if (EndpointUrl is null)
        {
            return null;
        }

        if (!Uri.TryCreate(EndpointUrl, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            ThrowTerminatingError(ErrorRecords.InvalidEndpoint(EndpointUrl, "is no http or https URL. Give one such as https://ssm.us-east-1.amazonaws.com."));
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !allowPlainHttp)
        {
            ThrowTerminatingError(ErrorRecords.InvalidEndpoint(EndpointUrl, "would carry entries and signed requests unencrypted. Use https, or -Force if that is intended."));
        }

        return url;
    }

    private string? StoredRegion()
    {
        object? stored = SessionState.PSVariable.GetValue("StoredAWSRegion");
        return (stored as PSObject)?.BaseObject as string ?? stored as string;
    }
}
