using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Tests that set environment variables, which all sessions of the process share.</summary>
[CollectionDefinition(nameof(SharedEnvironment), DisableParallelization = true)]
public sealed class SharedEnvironment;

/// <summary>Where Region, credentials and endpoint come from, and what is said when they are missing.</summary>
[Collection(nameof(SharedEnvironment))]
public sealed class ConnectionTests : IDisposable
{
    private const string Suffix = ",SsmAssociationTools.Commands.NewSsmAssociationBatchCommand";
    private const string Keys = "-AccessKey a -SecretKey b";

    private static readonly string[] s_variables =
    [
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_SSM",
    ];

    private readonly Dictionary<string, string?> _before = s_variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly EndpointSession _endpoint;

    public ConnectionTests()
    {
        foreach (string name in s_variables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(_folder, "config"));
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(_folder, "credentials"));
        _endpoint = new EndpointSession();
        _endpoint.Run("$url = $endpoint.Url.AbsoluteUri").WithoutErrors();
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        foreach (KeyValuePair<string, string?> variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Without_a_Region_the_error_reads_as_that_of_AWS_Tools()
    {
        ScriptResult result = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url {Keys}");

        Assert.StartsWith("No region specified or obtained from persisted/shell defaults.", result.TerminatingError!.ToString(), StringComparison.Ordinal);
        Assert.Equal("NoRegion" + Suffix, result.TerminatingError.FullyQualifiedErrorId);
        Assert.NotEmpty(result.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
        Assert.Equal(0, _endpoint.Requests);
    }

    [Theory]
    [InlineData("$StoredAWSRegion = 'eu-west-3'", null, null, "eu-west-3")]
    [InlineData("", "AWS_REGION", "eu-north-1", "eu-north-1")]
    [InlineData("", "AWS_DEFAULT_REGION", "sa-east-1", "sa-east-1")]
    [InlineData("$StoredAWSRegion = 'eu-west-3'", "AWS_REGION", "eu-north-1", "eu-west-3")]
    public void The_Region_comes_from_the_shell_and_then_from_the_environment(string script, string? variable, string? value, string expected)
    {
        if (variable is not null)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        ScriptResult result = _endpoint.Run($"{script}; New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url {Keys}; New-Good 2 | New-SsmAssociationBatch -EndpointUrl $url {Keys} -Region ap-south-1").WithoutErrors();

        Assert.Equal([expected, "ap-south-1"], Seen.In(result).Select(item => item["Region"]));
    }

    [Fact]
    public void Without_credentials_nothing_is_sent_and_it_is_said_what_to_give()
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1");

        Assert.Equal("NoCredentials" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("-ProfileName", result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Equal(0, _endpoint.Requests);
    }

    [Fact]
    public void Credentials_of_the_environment_are_used_while_they_are_there()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "fromtheenvironment");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "a-secret-of-the-environment");
        ScriptResult with = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1 -Verbose").WithoutErrors();

        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", null);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", null);
        ScriptResult without = _endpoint.Run("New-Good 2 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1");

        Assert.Equal("Created", Assert.Single(Seen.In(with)).Status);
        Assert.DoesNotContain("a-secret-of-the-environment", with.AllText(), StringComparison.Ordinal);
        Assert.Equal("NoCredentials" + Suffix, without.TerminatingError!.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-AccessKey a")]
    [InlineData("-SecretKey b")]
    [InlineData("-AccessKey a -SessionToken t")]
    [InlineData("-SessionToken t")]
    public void Half_a_pair_of_keys_is_refused_and_nothing_else_is_tried(string arguments)
    {
        // Falling back to other credentials could write into another account.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "other");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "other");

        ScriptResult result = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1 {arguments}");

        Assert.Equal("NoCredentials" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("-SecretKey", result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Requests);
    }

    [Fact]
    public void A_profile_that_does_not_exist_is_refused_and_nothing_else_is_tried()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "other");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "other");

        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1 -ProfileName nobody");

        Assert.Equal("NoCredentials" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("'nobody'", result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Requests);
    }

    [Fact]
    public void A_profile_of_a_file_gives_credentials_and_Region()
    {
        string file = Path.Combine(_folder, "mine");
        File.WriteAllText(file, "[fleet]\naws_access_key_id = fromthefile\naws_secret_access_key = a-secret-of-the-file\nregion = eu-central-2\n");

        ScriptResult result = _endpoint.Run($"""
            New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -ProfileName fleet -ProfileLocation '{file}' -Verbose
            New-Good 2 | New-SsmAssociationBatch -EndpointUrl $url -ProfileName fleet -ProfileLocation '{file}' -Region us-east-2
            New-Good 3 | New-SsmAssociationBatch -EndpointUrl $url -ProfileName other -ProfileLocation '{file}' -Region us-east-2
            """);

        Assert.Equal(["eu-central-2", "us-east-2"], Seen.In(result).Select(item => item["Region"]));
        Assert.Contains(result.Verbose, line => line.Contains("'fleet'", StringComparison.Ordinal));
        Assert.DoesNotContain("a-secret-of-the-file", result.AllText(), StringComparison.Ordinal);
        Assert.Equal("NoCredentials" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("'other'", result.TerminatingError.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_file_without_a_profile_means_its_default_profile()
    {
        // The environment's credentials may be those of another account than the file that the user names.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "other");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "other");
        string with = Path.Combine(_folder, "with");
        string without = Path.Combine(_folder, "without");
        File.WriteAllText(with, "[default]\naws_access_key_id = a\naws_secret_access_key = b\nregion = eu-central-2\n");
        File.WriteAllText(without, "[fleet]\naws_access_key_id = a\naws_secret_access_key = b\n");

        ScriptResult found = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -ProfileLocation '{with}' -Verbose").WithoutErrors();
        ScriptResult missing = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1 -ProfileLocation '{without}'");

        Assert.Equal("eu-central-2", Assert.Single(Seen.In(found))["Region"]);
        Assert.Contains(found.Verbose, line => line.Contains("'default'", StringComparison.Ordinal));
        Assert.Equal("NoCredentials" + Suffix, missing.TerminatingError!.FullyQualifiedErrorId);
        Assert.Equal(1, _endpoint.Requests);
    }

    [Fact]
    public void What_an_address_says_of_a_user_is_not_shown()
    {
        ScriptResult result = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url.Replace('//', '//me:hidden@') -Region us-east-1 {Keys} -Verbose -ErrorAction SilentlyContinue");

        Assert.DoesNotContain("hidden", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_file_may_be_named_relative_to_the_session()
    {
        File.WriteAllText(Path.Combine(_folder, "mine"), "[fleet]\naws_access_key_id = a\naws_secret_access_key = b\nregion = eu-central-2\n");
        _endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder);

        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -ProfileName fleet -ProfileLocation ./mine").WithoutErrors();

        Assert.Equal("Created", Assert.Single(Seen.In(result)).Status);
    }

    [Fact]
    public void Aliases_of_AWS_Tools_are_understood()
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch -EndpointUrl $url -Region us-east-1 -AK a -SK b -ST t").WithoutErrors();

        Assert.Equal("Created", Assert.Single(Seen.In(result)).Status);
    }

    [Theory]
    [InlineData("http://example.invalid/")]
    [InlineData("http://192.0.2.1:8080/")]
    [InlineData("HTTP://EXAMPLE.INVALID")]
    public void Plain_http_beyond_this_machine_is_refused(string url)
    {
        ScriptResult result = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl '{url}' -Region us-east-1 {Keys}");

        Assert.Equal("InvalidEndpointUrl" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("-Force", result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Plain_http_beyond_this_machine_is_tried_with_Force()
    {
        // The name is reserved, so that nobody answers.
        ScriptResult result = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl http://example.invalid/ -Region us-east-1 {Keys} -Force -MaxAttempt 1 -TimeoutSec 20");

        Assert.Null(result.TerminatingError);
        Assert.Single(result.Output);
        Assert.DoesNotContain(result.Errors, error => error.FullyQualifiedErrorId.StartsWith("InvalidEndpointUrl", StringComparison.Ordinal));
        Assert.NotEqual("Created", Seen.In(result)[0].Status);
    }

    [Theory]
    [InlineData("example")]
    [InlineData("ftp://example.invalid/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http//x")]
    [InlineData("https://")]
    public void What_is_no_web_address_is_refused(string url)
    {
        ScriptResult result = _endpoint.Run($"New-Good 1 | New-SsmAssociationBatch -EndpointUrl '{url}' -Region us-east-1 {Keys} -Force");

        Assert.Equal("InvalidEndpointUrl" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains(url, result.TerminatingError.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_needs_neither_Region_nor_credentials()
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch -WhatIf").WithoutErrors();

        Assert.Equal("NotAttempted", Assert.Single(Seen.In(result)).Status);
        Assert.Single(result.WhatIf);
    }
}
