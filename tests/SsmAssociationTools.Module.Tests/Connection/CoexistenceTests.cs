using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Tests.Credentials;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Connection;

/// <summary>
/// Roles, web identity, IAM Identity Center and credentials objects in a session that has another AWS SDK, as AWS.Tools
/// loads it, before or after this module. Each side has to go on with its own copy.
/// </summary>
public sealed class CoexistenceTests : IDisposable
{
    private const string RoleArn = "arn:aws:iam::111122223333:role/Ops";
    private const string StartUrl = "https://corp.awsapps.example/start";

    private readonly string _home = Directory.CreateTempSubdirectory("ssm-tools-test-").FullName;
    private readonly StandIn _sts;
    private readonly StandIn _portal;

    public CoexistenceTests()
    {
        string end = DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _sts = new StandIn(request => StandInAnswer.Role(request.Form["Action"], request.Form["RoleArn"], request.Form["RoleSessionName"], "ASIA" + request.Form["RoleSessionName"], end));
        _portal = new StandIn(_ => new StandInAnswer(200, """{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":4102444800000}}"""));

        string cache = Directory.CreateDirectory(Path.Combine(_home, ".aws", "sso", "cache")).FullName;
#pragma warning disable CA5350 // The name of the file is agreed among the AWS tools.
        string name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes("corp")));
#pragma warning restore CA5350
        File.WriteAllText(Path.Combine(cache, name + ".json"), $$"""{"accessToken":"the-token","expiresAt":"{{end}}","startUrl":"{{StartUrl}}"}""");
        File.WriteAllText(Path.Combine(_home, "token"), "header.payload.signature");
        File.WriteAllText(Path.Combine(_home, ".aws", "config"), $"""
            [profile base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = base-secret
            [profile role]
            role_arn = {RoleArn}
            source_profile = base
            role_session_name = ours
            [profile web]
            role_arn = {RoleArn}
            web_identity_token_file = {Path.Combine(_home, "token")}
            role_session_name = ours
            [profile sso]
            sso_session = corp
            sso_account_id = 111122223333
            sso_role_name = Admin
            [profile expired]
            sso_session = other
            sso_account_id = 111122223333
            sso_role_name = Admin
            [sso-session corp]
            sso_region = eu-west-1
            sso_start_url = {StartUrl}
            [sso-session other]
            sso_region = eu-west-1
            sso_start_url = {StartUrl}
            """);
    }

    public void Dispose()
    {
        _sts.Dispose();
        _portal.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Theory]
    [InlineData("4", true)]
    [InlineData("4", false)]
    [InlineData("3", true)]
    [InlineData("3", false)]
    public void Each_side_assumes_roles_with_its_own_sdk(string version, bool theirsFirst)
    {
        FreshProcessResult result = FreshProcess.Run($$"""
            {{Preparation}}
            function Load-Theirs {
                foreach ($name in 'Microsoft.Bcl.AsyncInterfaces', 'AWSSDK.Core', 'AWSSDK.SecurityToken') {
                    $null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath([System.IO.Path]::Combine('{{Quoted(AppContext.BaseDirectory)}}', 'AwsTools', '{{version}}', "$name.dll"))
                }
            }
            if (${{theirsFirst}}) { Load-Theirs; "theirs $({{TheirRole("theirs")}}.GetCredentials().AccessKey)" }
            Use-Ours 'role' @{ ProfileName = 'role' }
            Use-Ours 'web' @{ ProfileName = 'web' }
            Use-Ours 'sso' @{ ProfileName = 'sso' }
            if (-not ${{theirsFirst}}) { Load-Theirs; "theirs $({{TheirRole("theirs")}}.GetCredentials().AccessKey)" }
            Use-Ours 'object' @{ Credential = [Amazon.Runtime.SessionAWSCredentials]::new('AKIATHEIRS', 'their-secret', 'their-token') }
            Use-Ours 'role object' @{ Credential = {{TheirRole("passed")}} }
            Use-Ours 'role again' @{ ProfileName = 'role' }
            "theirs $({{TheirRole("theirs")}}.GetCredentials().AccessKey)"
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "ours role: Created 111122223333", "ours web: Created 111122223333", "ours sso: Created 111122223333", "ours object: Created ",
                version == "4" ? "ours role object: Created 111122223333" : "ours role object: Created ", "ours role again: Created 111122223333",
            ],
            result.Output.Where(line => line.StartsWith("ours ", StringComparison.Ordinal)));
        Assert.Equal(["theirs ASIAtheirs", "theirs ASIAtheirs"], result.Output.Where(line => line.StartsWith("theirs ", StringComparison.Ordinal)));

        // Two copies of the SDK's core, each in its own context, and clients of STS on their side only.
        Assert.Equal(["Default", "SsmAssociationTools"], result.Assemblies.Where(assembly => assembly.Name == "AWSSDK.Core").Select(assembly => assembly.Context).Order(StringComparer.Ordinal));
        Assert.Equal(["Default"], result.Assemblies.Where(assembly => assembly.Name == "AWSSDK.SecurityToken").Select(assembly => assembly.Context));
    }

    [Theory]
    [InlineData("4.1.0", true)]
    [InlineData("4.1.0", false)]
    [InlineData("4.0.100.2", true)]
    [InlineData("4.0.100.2", false)]
    [InlineData("4.0.3.3", true)]
    [InlineData("4.0.3.3", false)]
    [InlineData("3", true)]
    [InlineData("3", false)]
    public void Each_side_keeps_its_own_core_where_the_other_has_no_client_of_sts(string version, bool theirsFirst)
    {
        FreshProcessResult result = FreshProcess.Run($$"""
            {{Preparation}}
            function Load-Theirs {
                $null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath([System.IO.Path]::Combine('{{Quoted(AppContext.BaseDirectory)}}', 'AwsTools', '{{version}}', 'AWSSDK.Core.dll'))
            }
            if (${{theirsFirst}}) { Load-Theirs }
            Use-Ours 'role' @{ ProfileName = 'role' }
            if (-not ${{theirsFirst}}) { Load-Theirs }
            Use-Ours 'role again' @{ ProfileName = 'role' }
            "theirs $([Amazon.Runtime.BasicAWSCredentials]::new('AKIATHEIRS', 'their-secret').GetCredentials().AccessKey)"
            "visible $('Amazon.SimpleSystemsManagement.AmazonSimpleSystemsManagementClient' -as [type])"
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["ours role: Created 111122223333", "ours role again: Created 111122223333", "theirs AKIATHEIRS", "visible "], result.Output);
        Assert.Equal(["Default", "SsmAssociationTools"], result.Assemblies.Where(assembly => assembly.Name == "AWSSDK.Core").Select(assembly => assembly.Context).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_variable_of_aws_tools_is_used_and_passed_over_where_it_cannot_be_read()
    {
        FreshProcessResult result = FreshProcess.Run($$"""
            {{Preparation}}
            class AWSPSCredentials { hidden [object] $Credentials }
            $StoredAWSCredentials = [AWSPSCredentials]@{ Credentials = [hashtable]@{ AccessKey = 'AKIASTORED'; SecretKey = 'stored-secret' } }
            Use-Ours 'stored' @{ }
            $StoredAWSCredentials = 'a text'
            Use-Ours 'passed over' @{ ProfileName = 'base' }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["ours stored: Created ", "ours passed over: Created "], result.Output);
    }

    [Fact]
    public void Without_another_sdk_all_of_it_works_and_no_client_of_sts_is_loaded()
    {
        FreshProcessResult result = FreshProcess.Run($$"""
            {{Preparation}}
            Use-Ours 'role' @{ ProfileName = 'role' }
            Use-Ours 'web' @{ ProfileName = 'web' }
            Use-Ours 'sso' @{ ProfileName = 'sso' }
            Use-Ours 'pscredential' @{ Credential = [pscredential]::new('AKIAPS', [System.Net.NetworkCredential]::new('', 'ps-secret').SecurePassword) }
            Use-Ours 'connection' @{ Credential = @{ AccessKey = 'AKIATABLE'; SecretKey = 'table-secret'; SessionToken = 'table-token' } }
            Use-Ours 'cli' @{ Credential = [pscustomobject]@{ Version = 1; AccessKeyId = 'AKIACLI'; SecretAccessKey = 's'; SessionToken = 't'; Expiration = [datetime]::UtcNow.AddHours(1) } }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["ours role: Created 111122223333", "ours web: Created 111122223333", "ours sso: Created 111122223333", "ours pscredential: Created ", "ours connection: Created ", "ours cli: Created "],
            result.Output);
        Assert.Equal(
            ["AWSSDK.Core", "AWSSDK.SimpleSystemsManagement"],
            result.Assemblies.Where(assembly => assembly.Name.StartsWith("AWSSDK.", StringComparison.Ordinal)).Select(assembly => assembly.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["AssumeRole", "AssumeRoleWithWebIdentity"], _sts.Requests.Select(request => request.Form["Action"]));
        Assert.Contains("Credential=AKIABASE/", _sts.Requests[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("the-token", Assert.Single(_portal.Requests).Header("x-amz-sso_bearer_token"));
    }

    [Fact]
    public void Verbose_names_source_and_account_and_no_secret()
    {
        FreshProcessResult result = FreshProcess.Run($$"""
            {{Preparation}}
            $entry | New-SsmAssociationBatch -EndpointUrl $endpoint.Url -Region eu-west-1 -ProfileName role -Verbose 4>&1 | ForEach-Object { "$_" }
            $entry | New-SsmAssociationBatch -EndpointUrl $endpoint.Url -Region eu-west-1 -Credential @{ AccessKey = 'AKIATABLE'; SecretKey = 'table-secret'; SessionToken = 'table-token' } -Verbose 4>&1 | ForEach-Object { "$_" }
            """);

        string all = string.Join("\n", result.Output);
        Assert.Contains($"Region eu-west-1; credentials from the profile 'role': role {RoleArn}, assumed with the profile 'base'; account 111122223333; endpoint http://127.0.0.1:", all, StringComparison.Ordinal);
        Assert.Contains("credentials from -Credential (System.Collections.Hashtable); endpoint", all, StringComparison.Ordinal);
        foreach (string secret in new[] { "base-secret", "secret-of-", "token-of-", "table-secret", "table-token" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-ProfileName expired", "SsoTokenExpired", "aws sso login --profile expired")]
    [InlineData("-ProfileName nobody", "NoCredentials", "'nobody'")]
    [InlineData("-Credential 'ops'", "InvalidCredential", "-ProfileName")]
    [InlineData("-Credential @{ AccessKey = 'a'; Secret = 'half-secret' }", "InvalidCredential", "SecretKey")]
    public void An_error_has_an_id_and_says_what_to_type(string arguments, string id, string expected)
    {
        FreshProcessResult result = FreshProcess.Run($$"""
            {{Preparation}}
            try { $entry | New-SsmAssociationBatch -EndpointUrl $endpoint.Url -Region eu-west-1 {{arguments}} }
            catch { $_.FullyQualifiedErrorId; "$_"; "$($_.TargetObject)"; "$($_.Exception)" }
            """);

        Assert.Equal(id + ",SsmAssociationTools.Commands.NewSsmAssociationBatchCommand", result.Output[0]);
        Assert.Contains(expected, result.Output[1], StringComparison.Ordinal);
        Assert.DoesNotContain("half-secret", string.Join("\n", result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Regions_are_completed_in_the_session()
    {
        FreshProcessResult result = FreshProcess.Run("""
            $line = 'New-SsmAssociationBatch -Region us-gov'
            [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | ForEach-Object CompletionText
            """);

        Assert.Equal(["us-gov-east-1", "us-gov-west-1"], result.Output);
        Assert.DoesNotContain(result.Assemblies, assembly => assembly.Name.StartsWith("AWSSDK.", StringComparison.Ordinal));
    }

    /// <summary>Environment of a machine of the test's own, an endpoint, and a function that sends one entry.</summary>
    private string Preparation => $$"""
        $variables = @{
            HOME = '{{Quoted(_home)}}'; USERPROFILE = '{{Quoted(_home)}}'
            AWS_CONFIG_FILE = '{{Quoted(Path.Combine(_home, ".aws", "config"))}}'; AWS_SHARED_CREDENTIALS_FILE = '{{Quoted(Path.Combine(_home, ".aws", "credentials"))}}'
            AWS_ENDPOINT_URL_STS = '{{_sts.Url}}'; AWS_ENDPOINT_URL_SSO = '{{_portal.Url}}'; AWS_EC2_METADATA_DISABLED = 'true'
            AWS_ACCESS_KEY_ID = $null; AWS_SECRET_ACCESS_KEY = $null; AWS_SESSION_TOKEN = $null; AWS_PROFILE = $null; AWS_REGION = $null
            AWS_DEFAULT_REGION = $null; AWS_WEB_IDENTITY_TOKEN_FILE = $null; AWS_CONTAINER_CREDENTIALS_FULL_URI = $null; AWS_CONTAINER_CREDENTIALS_RELATIVE_URI = $null
        }
        foreach ($name in $variables.Keys) { [System.Environment]::SetEnvironmentVariable($name, $variables[$name]) }
        $endpoint = Start-SsmLocalEndpoint
        $entry = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=test' }
        function Use-Ours([string] $what, [hashtable] $arguments) {
            $result = $entry | New-SsmAssociationBatch -EndpointUrl $endpoint.Url -Region eu-west-1 @arguments -ErrorAction Stop
            "ours ${what}: $($result.Status) $($result.AccountId)"
        }
        """;

    /// <summary>A script with credentials of the other SDK that assume a role, as AWS.Tools makes them.</summary>
    private static string TheirRole(string sessionName) =>
        $"[Amazon.Runtime.AssumeRoleAWSCredentials]::new([Amazon.Runtime.BasicAWSCredentials]::new('AKIATHEIRS', 'their-secret'), '{RoleArn}', '{sessionName}')";

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
