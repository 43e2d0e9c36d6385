namespace SsmAssociationTools.Aws.Credentials;

/// <summary>The names of a service in addresses and settings.</summary>
internal sealed class ServiceInfo
{
    private ServiceInfo(string name, string hostPrefix, string variableSuffix, string configKey)
    {
        Name = name;
        HostPrefix = hostPrefix;
        VariableSuffix = variableSuffix;
        ConfigKey = configKey;
    }

    /// <summary>Security Token Service.</summary>
    public static ServiceInfo Sts { get; } = new("AWS STS", "sts", "STS", "sts");

    /// <summary>The portal of IAM Identity Center, which gives credentials.</summary>
    public static ServiceInfo Sso { get; } = new("IAM Identity Center", "portal.sso", "SSO", "sso");

    /// <summary>The login service of IAM Identity Center.</summary>
    public static ServiceInfo SsoOidc { get; } = new("the login service of IAM Identity Center", "oidc", "SSO_OIDC", "sso_oidc");

    /// <summary>Systems Manager.</summary>
    public static ServiceInfo Ssm { get; } = new("AWS Systems Manager", "ssm", "SSM", "ssm");

    /// <summary>Name for messages.</summary>
    public string Name { get; }

    /// <summary>What the host name begins with.</summary>
    public string HostPrefix { get; }

    /// <summary>What follows AWS_ENDPOINT_URL_ in the service's environment variable.</summary>
    public string VariableSuffix { get; }

    /// <summary>Key of the service in a services section of the config file.</summary>
    public string ConfigKey { get; }
}
