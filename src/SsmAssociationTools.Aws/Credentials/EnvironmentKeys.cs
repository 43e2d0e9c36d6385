using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>The keys in the environment.</summary>
internal static class EnvironmentKeys
{
    /// <summary>Reads the keys.</summary>
    /// <exception cref="GatewayException">One of two is set.</exception>
    public static KeySource? Find(MachineEnvironment environment)
    {
        string? accessKey = environment.Variable("AWS_ACCESS_KEY_ID");
        string? secretKey = environment.Variable("AWS_SECRET_ACCESS_KEY");
        if (accessKey is null && secretKey is null)
        {
            return null;
        }

        if (accessKey is null || secretKey is null)
        {
            throw CredentialErrors.NotFound("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together, and only one of them is set. Set both, or neither.");
        }

        string? account = environment.Variable("AWS_ACCOUNT_ID");
        return KeySource.Fixed(
            "the environment (AWS_ACCESS_KEY_ID)",
            new AccessKeys(accessKey, secretKey, environment.Variable("AWS_SESSION_TOKEN")) { AccountId = Arns.IsAccount(account) ? account : null });
    }
}
