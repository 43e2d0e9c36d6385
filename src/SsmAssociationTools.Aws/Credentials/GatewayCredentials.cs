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
    /// <param name="keys">The keys; disposed by whoever made them.</param>
    public GatewayCredentials(KeyCache keys) => _keys = keys;

    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials() =>
        Task.Run(GetCredentialsAsync).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        AccessKeys keys = await _keys.GetAsync(CancellationToken.None).ConfigureAwait(false);
        return new ImmutableCredentials(keys.AccessKey, keys.SecretKey, keys.SessionToken, keys.AccountId);
    }
}
