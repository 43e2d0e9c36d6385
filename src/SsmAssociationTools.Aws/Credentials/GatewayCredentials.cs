using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Gives the AWS SDK the keys of a cache.</summary>
internal sealed class GatewayCredentials : AWSCredentials
{
    private readonly KeyCache _keys;

    /// <summary>Makes credentials.</summary>
    public GatewayCredentials(KeyCache keys) => _keys = keys;

    /// <inheritdoc/>
    /// <remarks>
    /// The SDK signs on the calling thread and asks more than once for each call. The gateway has renewed the keys by then,
    /// so there is hardly ever anything to wait for.
    /// </remarks>
    public override ImmutableCredentials GetCredentials() =>
        _keys.Current is { } keys ? ToSdk(keys) : Task.Run(GetCredentialsAsync).GetAwaiter().GetResult();

    public override async Task<ImmutableCredentials> GetCredentialsAsync() =>
        ToSdk(await _keys.GetAsync(CancellationToken.None).ConfigureAwait(false));

    private static ImmutableCredentials ToSdk(AccessKeys keys) => new(keys.AccessKey, keys.SecretKey, keys.SessionToken, keys.AccountId);
}
