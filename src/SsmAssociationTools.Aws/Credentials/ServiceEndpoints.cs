using System;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Finds the address of a service: the one that environment or profile name, else the Region's own, in its partition and with
/// FIPS or dual stack where those are asked for. The SDK reads these settings once for the whole process; here they count anew
/// for each connection.
/// </summary>
internal sealed class ServiceEndpoints
{
    private readonly ProfileStore _store;
    private readonly SharedFileSection? _profile;
    private readonly MachineEnvironment _environment;

    public ServiceEndpoints(ProfileStore store, SharedFileSection? profile, MachineEnvironment environment)
    {
        _store = store;
        _profile = profile;
        _environment = environment;
        UseFips = IsOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        UseDualstack = IsOn("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
    }

    /// <summary>True to use endpoints with FIPS-validated cryptography.</summary>
    public bool UseFips { get; }

    /// <summary>True to use endpoints that answer over IPv4 and IPv6.</summary>
    public bool UseDualstack { get; }

    /// <summary>The address that environment or profile name for a service.</summary>
    /// <exception cref="Gateway.GatewayException">What is named is no http or https URL.</exception>
    public Uri? Configured(ServiceInfo service)
    {
        if (IsOn("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls"))
        {
            return null;
        }

        string variable = "AWS_ENDPOINT_URL_" + service.VariableSuffix;
        SharedFileSection? services = _profile?["services"] is { } name ? _store.Services(name) : null;
        return Parse(_environment.Variable(variable), variable)
            ?? Parse(_environment.Variable("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL")
            ?? Parse(services?[service.ConfigKey, "endpoint_url"], $"the endpoint_url of {service.ConfigKey} in the section services {services?.Name}")
            ?? Parse(_profile?["endpoint_url"], $"the endpoint_url of the profile {_profile?.Name}");
    }

    /// <summary>The address to call a service of credentials at. What it answers are secrets, so plain http is for loopback only.</summary>
    /// <exception cref="Gateway.GatewayException">What is configured cannot be used.</exception>
    public Uri Find(ServiceInfo service, string region)
    {
        if (Configured(service) is not { } url)
        {
            return RegionalUrl(service, region);
        }

        // Paths of operations are added to it.
        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback
            ? new Uri(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + "/")
            : throw CredentialErrors.InvalidEndpoint($"The endpoint {url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)} for {service.Name} would carry credentials unencrypted. Use https.");
    }

    /// <summary>An endpoint of Systems Manager as it stays the same over the ways to reach it: those of AWS itself are one.</summary>
    /// <param name="url">The address that is called; null for that of the Region.</param>
    public static string Standard(Uri? url, string region)
    {
        Partition partition = Fn.Partition(region);
        bool isOfAws = url is null
            || (url.Scheme == Uri.UriSchemeHttps && (IsWithin(url, partition.dnsSuffix) || IsWithin(url, partition.dualStackDnsSuffix)));
        return isOfAws
            ? $"https://{ServiceInfo.Ssm.HostPrefix}.{region}.{partition.dnsSuffix}"
            : url!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped).ToLowerInvariant();
    }

    private static bool IsWithin(Uri url, string? suffix) =>
        !string.IsNullOrEmpty(suffix) && url.Host.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase);

    private Uri RegionalUrl(ServiceInfo service, string region)
    {
        if (!IsRegionCode(region))
        {
            throw CredentialErrors.NotFound($"'{region}' is no Region code. Give one such as us-east-1.");
        }

        Partition partition = Fn.Partition(region);
        string suffix = UseDualstack && partition.supportsDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;

        // In GovCloud the ordinary endpoints of these services are the FIPS endpoints.
        bool isFips = UseFips && partition.supportsFIPS && (partition.name != "aws-us-gov" || UseDualstack);
        return new Uri($"https://{service.HostPrefix}{(isFips ? "-fips" : string.Empty)}.{region}.{suffix}/");
    }

    /// <summary>A Region becomes part of a host name, and files may hold anything.</summary>
    private static bool IsRegionCode(string region)
    {
        foreach (char c in region)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return region.Length is > 0 and <= 63;
    }

    private static Uri? Parse(string? text, string origin)
    {
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw CredentialErrors.InvalidEndpoint($"The endpoint that {origin} names is no http or https URL.");
    }

    private bool IsOn(string variable, string key) =>
        string.Equals(_environment.Variable(variable) ?? _profile?[key], "true", StringComparison.OrdinalIgnoreCase);
}
