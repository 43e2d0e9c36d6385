namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Keys of profiles that are used in more than one place.</summary>
internal static class ProfileKeys
{
    /// <summary>The role to assume.</summary>
    public const string RoleArn = "role_arn";

    /// <summary>The profile whose credentials assume the role.</summary>
    public const string SourceProfile = "source_profile";

    /// <summary>The source of the credentials that assume the role: Environment, Ec2InstanceMetadata or EcsContainer.</summary>
    public const string CredentialSource = "credential_source";

    /// <summary>The file with the token of a web identity.</summary>
    public const string WebIdentityTokenFile = "web_identity_token_file";

    /// <summary>Access key id.</summary>
    public const string AccessKey = "aws_access_key_id";

    /// <summary>Secret access key.</summary>
    public const string SecretKey = "aws_secret_access_key";

    /// <summary>The login session of IAM Identity Center.</summary>
    public const string SsoSession = "sso_session";

    /// <summary>The start page of IAM Identity Center.</summary>
    public const string SsoStartUrl = "sso_start_url";

    /// <summary>The account of an IAM Identity Center profile.</summary>
    public const string SsoAccountId = "sso_account_id";

    /// <summary>The permission set of an IAM Identity Center profile.</summary>
    public const string SsoRoleName = "sso_role_name";

    /// <summary>The SAML endpoint of a role profile in the SDK's store on Windows.</summary>
    public const string SamlEndpoint = "saml_endpoint";
}
