using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Isolation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Commands;

/// <summary>The parameters with which a cmdlet reaches Systems Manager, named and ordered as in AWS.Tools.</summary>
public abstract class ConnectionCommand : PSCmdlet, IDisposable
{
    private const string AdapterName = "SsmAssociationTools.Aws";

    /// <summary>Makes the connections; null before the first.</summary>
    private IGatewayFactory? _factory;

    /// <summary>Ends the search for credentials; null where none is under way.</summary>
    private Action? _cancelSearch;

    /// <summary>
    /// The Regions to work in, such as us-east-1; each entry goes to each of them. Without it: $StoredAWSRegion, the
    /// profile, the environment, the instance.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS files.</summary>
    [Parameter]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
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

    /// <summary>
    /// Credentials as an object: of AWS.Tools or an AWS SDK of any version, a PSCredential of access key and secret key, a
    /// hashtable or object with AccessKey, SecretKey and SessionToken, or the output of aws configure export-credentials.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Credential { get; set; }

    /// <summary>
    /// ARNs of IAM roles to assume, one for each account to work in; each entry goes to each of them. The credentials that
    /// were found assume them. Without it: the account of the credentials themselves.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RoleArn { get; set; }

    /// <summary>Name of the sessions of -RoleArn, as it appears in the accounts' logs (2 to 64 characters). Default: made from the module's name and the time.</summary>
    [Parameter]
    [ValidatePattern(@"\A[A-Za-z0-9_+=,.@-]{2,64}\z")]
    public string? RoleSessionName { get; set; }

    /// <summary>The id that the owners of the roles of -RoleArn ask for (2 to 1224 characters).</summary>
    [Parameter]
    [ValidatePattern(@"\A[A-Za-z0-9_+=,.@:/-]{2,1224}\z")]
    public string? ExternalId { get; set; }

    /// <summary>
    /// How long a session of -RoleArn lasts, in seconds, from 900 to 43200; a role may allow less. Default: 3600. Sessions
    /// are renewed while the command runs.
    /// </summary>
    [Parameter]
    [ValidateRange(900, 43_200)]
    public int? DurationInSeconds { get; set; }

    /// <summary>An endpoint to call instead of the Region's. Plain http is accepted for loopback only, unless -Force is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>The Regions as far as they are known without the AWS SDK: each of -Region once, or $StoredAWSRegion.</summary>
    private protected IReadOnlyList<string> KnownRegions()
    {
        List<string> regions = Distinct(Array.ConvertAll(Region ?? [StoredRegion()!], static region => region is null ? null : RegionCode.Spell(region)));
        foreach (string region in regions)
        {
            if (!RegionCode.IsOne(region))
            {
                ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Region), region, $"'{region}'{(Region is null ? ", which $StoredAWSRegion names," : string.Empty)} is no Region code. Give one such as us-east-1."));
            }
        }

        return regions;
    }

    /// <summary>Where the command works: each Region that is known, in each account of -RoleArn.</summary>
    /// <returns>At least one; with a null Region where none is known without the AWS SDK.</returns>
    private protected IReadOnlyList<Destination> KnownDestinations()
    {
        IReadOnlyList<string?> regions = KnownRegions();
        List<string> roles = Distinct(RoleArn ?? []);
        foreach (string role in roles)
        {
            if (!TextPatterns.IsRoleArn(role))
            {
                ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(RoleArn), role, $"'{role}' is no ARN of a role. Give one such as arn:aws:iam::111122223333:role/Operations."));
            }
        }

        if (roles.Count == 0 && (RoleSessionName ?? ExternalId ?? (object?)DurationInSeconds) is not null)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(RoleArn), null, "-RoleSessionName, -ExternalId and -DurationInSeconds belong to -RoleArn: give the role too."));
        }

        var accounts = new HashSet<string?>(StringComparer.Ordinal);
        foreach (string role in roles)
        {
            if (!accounts.Add(new Destination(null, role).AccountId))
            {
                ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(RoleArn), role, $"-RoleArn names two roles of the account {new Destination(null, role).AccountId}, so every entry would go there twice. Name one role for each account."));
            }
        }

        var destinations = new List<Destination>();
        foreach (string? role in roles.Count == 0 ? (IEnumerable<string?>)[null] : roles)
        {
            foreach (string? region in regions.Count == 0 ? [null] : regions)
            {
                destinations.Add(new Destination(region, role));
            }
        }

        return destinations;
    }

    /// <summary>Connects to Systems Manager.</summary>
    /// <param name="isOnly">True where there is no other destination: what is wrong with the role then ends the command at once.</param>
    private protected IAssociationGateway Connect(Destination destination, bool isOnly, bool allowPlainHttp, int maxConnections, TimeSpan callTimeout)
    {
        try
        {
            return Open(destination, isOnly, allowPlainHttp, maxConnections, callTimeout);
        }
        catch (GatewayException error)
        {
            ThrowTerminatingError(ErrorRecords.Connection(error));
            throw;
        }
    }

    /// <summary>Connects to Systems Manager, and leaves it to the caller what a failure means.</summary>
    /// <param name="isOnly">True where there is no other destination: what is wrong with the role then shows at once.</param>
    /// <exception cref="GatewayException">No Region, no credentials, or an endpoint that is not used.</exception>
    private protected IAssociationGateway Open(Destination destination, bool isOnly, bool allowPlainHttp, int maxConnections, TimeSpan callTimeout)
    {
        // It has no timer, so it need not be disposed, and a stop may come at any time.
        var stopping = new CancellationTokenSource();
        Volatile.Write(ref _cancelSearch, stopping.Cancel);
        if (Stopping)
        {
            stopping.Cancel();
        }

        var settings = new ConnectionSettings
        {
            Region = destination.Region,
            Role = destination.RoleArn is not { } roleArn
                ? null
                : new RoleSettings(roleArn)
                {
                    SessionName = RoleSessionName,
                    ExternalId = ExternalId,
                    Duration = DurationInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                    IsAssumedAtOnce = isOnly,
                },
            ProfileName = ProfileName,
            ProfileLocation = FilePath.Resolve(this, nameof(ProfileLocation), ProfileLocation),
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            SessionToken = SessionToken,
            Credential = GivenCredential(),
            StoredCredential = StoredCredential(),
            EndpointUrl = ParseEndpoint(allowPlainHttp),
            MaxConnections = maxConnections,
            CallTimeout = callTimeout,
            AllowPlainHttp = allowPlainHttp,
            Stopping = stopping.Token,
        };
        try
        {
            _factory ??= PrivateAssemblies.Create<IGatewayFactory>(AdapterName, AdapterName + ".AwsGatewayFactory");
            IAssociationGateway gateway = _factory.Connect(settings);
            string account = gateway.AccountId is { } id ? "; account " + id : string.Empty;
            WriteVerbose(VisibleText.Of($"Region {gateway.Region}; credentials from {gateway.CredentialSource}{account}{(settings.EndpointUrl is null ? string.Empty : "; endpoint " + settings.EndpointUrl.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped))}."));
            return gateway;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            Volatile.Write(ref _cancelSearch, null);
        }
    }

    /// <summary>Says where a connection leads, for a journal.</summary>
    /// <param name="knownAccount">The account of a place, where it is known without asking anybody.</param>
    private protected JournalPlace Locate(IAssociationGateway gateway, Func<JournalPlace, string?> knownAccount)
    {
        var stopping = new CancellationTokenSource();
        Volatile.Write(ref _cancelSearch, stopping.Cancel);
        try
        {
            ConnectionPlace place = _factory!.Locate(gateway, asksForAccount: false, stopping.Token);
            var known = new JournalPlace(place.Endpoint, gateway.Region, place.AccountId, place.AccessKey);
            string? account = known.AccountId ?? knownAccount(known) ?? _factory.Locate(gateway, asksForAccount: true, stopping.Token).AccountId;
            return known with { AccountId = account };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            Volatile.Write(ref _cancelSearch, null);
        }
    }

    /// <summary>Whether -WhatIf holds for the command.</summary>
    private protected bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether -ErrorAction Stop holds for the command.</summary>
    private protected bool IsErrorActionStop()
    {
        object? action = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? bound) ? bound : GetVariableValue("ErrorActionPreference");
        return LanguagePrimitives.TryConvertTo(action, out ActionPreference preference) && preference == ActionPreference.Stop;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the connections share.</summary>
    /// <param name="disposing">True unless the object is being collected.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _factory?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Interlocked.Exchange(ref _cancelSearch, null)?.Invoke();

    private static List<string> Distinct(string?[] texts)
    {
        var distinct = new List<string>();
        foreach (string? text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text) && !distinct.Contains(text!.Trim()))
            {
                distinct.Add(text.Trim());
            }
        }

        return distinct;
    }

    private SuppliedCredentials? GivenCredential()
    {
        if (Credential is null)
        {
            return null;
        }

        SuppliedCredentials? credentials = CredentialReader.Read(Credential, "-Credential");
        if (credentials is null)
        {
            // The object may hold a secret, so it is not the target of the error.
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Credential), null, "-Credential takes credentials of AWS.Tools (Get-AWSCredential) or an AWS SDK, a PSCredential of access key and secret key, or an object with AccessKey, SecretKey and SessionToken; for JSON, ConvertFrom-Json comes first. The name of a profile goes to -ProfileName."));
        }

        return credentials;
    }

    /// <summary>What Set-AWSCredential of AWS.Tools left in the session.</summary>
    private SuppliedCredentials? StoredCredential()
    {
        if (SessionState.PSVariable.GetValue("StoredAWSCredentials") is not { } stored)
        {
            return null;
        }

        SuppliedCredentials? credentials = CredentialReader.Read(stored, "$StoredAWSCredentials");
        if (credentials is null)
        {
            WriteVerbose("$StoredAWSCredentials holds no credentials that can be read, and is passed over.");
        }

        return credentials;
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
