using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>A machine of the test's own: environment, home folder, clock. Nothing of the real one is seen, and nothing waits.</summary>
internal sealed class Machine : IDisposable
{
    private readonly List<AwsGatewayFactory> _factories = [];

    public Machine()
    {
        Home = Directory.CreateTempSubdirectory("ssm-tools-test-").FullName;
        Directory.CreateDirectory(Path.Combine(Home, ".aws", "sso", "cache"));
        Variables = new Dictionary<string, string?>
        {
            ["HOME"] = Home,
            ["USERPROFILE"] = Home,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Home, ".aws", "credentials"),
            ["AWS_CONFIG_FILE"] = Path.Combine(Home, ".aws", "config"),
        };
        MachineEnvironment = new MachineEnvironment
        {
            Environment = name => Variables.GetValueOrDefault(name),
            UtcNow = () => Now,
            Delay = (_, cancellationToken) => Task.Delay(0, cancellationToken),
        };
    }

    public string Home { get; }

    public Dictionary<string, string?> Variables { get; }

    public DateTime Now { get; set; } = new(2025, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public MachineEnvironment MachineEnvironment { get; }

    public Machine Config(string text) => Write(Path.Combine(".aws", "config"), text);

    public Machine CredentialsFile(string text) => Write(Path.Combine(".aws", "credentials"), text);

    public Machine With(string variable, string? value)
    {
        Variables[variable] = value;
        return this;
    }

    public string File(string name) => Path.Combine(Home, name);

    public Machine Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return this;
    }

    /// <summary>Connects as the module does.</summary>
    public IFleetGateway Connect(ConnectionSettings settings)
    {
        var factory = new AwsGatewayFactory(MachineEnvironment);
        _factories.Add(factory);
        return factory.Connect(settings);
    }

    public GatewayException Refused(ConnectionSettings settings) =>
        Xunit.Assert.Throws<GatewayException>(() => Connect(settings).Dispose());

    /// <summary>Finds the keys; the test asks for them again at other times.</summary>
    public async Task<KeyCache> FindAsync(ConnectionSettings settings, CancellationToken cancellationToken = default)
    {
        var store = new ProfileStore(settings.ProfileLocation, MachineEnvironment);
#pragma warning disable CA2000 // The keys use it for as long as the test runs.
        var http = new CredentialHttp(null, maxConnections: 4, MachineEnvironment);
#pragma warning restore CA2000
        var metadata = new InstanceMetadata(http, null, MachineEnvironment);
        string? region = await RegionSources.FindAsync(settings, store, metadata, MachineEnvironment, cancellationToken);
        return await new CredentialSearch(settings, store, http, metadata, region, MachineEnvironment).FindAsync(cancellationToken);
    }

    public void Dispose()
    {
        _factories.ForEach(factory => factory.Dispose());
        Directory.Delete(Home, recursive: true);
    }
}
