using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading.Tasks;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>Objects that stand for credentials, by what they can do.</summary>
public sealed class CredentialReaderTests
{
    [Fact]
    public void The_credentials_of_an_sdk_are_asked_each_time()
    {
        var sdk = new RenewingCredentials();

        SuppliedCredentials read = CredentialReader.Read(new PSObject(sdk), "-Credential")!;

        Assert.True(read.CanChange);
        Assert.Equal(("key-1", "secret", "token"), Keys(read));
        Assert.Equal(("key-2", "secret", "token"), Keys(read));
        AccessKeys keys = read.Read();
        Assert.Equal((RenewingCredentials.End, "111122223333"), (keys.Expiration, keys.AccountId));
        Assert.EndsWith("RenewingCredentials)", read.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_of_the_sdk_of_this_module_are_read_like_any_other()
    {
        SuppliedCredentials read = CredentialReader.Read(new Amazon.Runtime.SessionAWSCredentials("a", "s", "t"), "-Credential")!;

        Assert.Equal(("a", "s", "t"), Keys(read));
        Assert.Equal("-Credential (Amazon.Runtime.SessionAWSCredentials)", read.Description);
    }

    [Fact]
    public void Credentials_that_only_have_the_asynchronous_method_are_read()
    {
        Assert.Equal(("async", "secret", null), Keys(CredentialReader.Read(new AsynchronousCredentials(), "-Credential")!));
    }

    [Fact]
    public void Credentials_without_keys_throw_when_they_are_asked()
    {
        SuppliedCredentials read = CredentialReader.Read(new AnonymousCredentials(), "-Credential")!;

        Assert.Throws<InvalidOperationException>(() => read.Read());
    }

    [Fact]
    public void What_aws_tools_keeps_in_the_session_is_read_from_its_hidden_member()
    {
        SuppliedCredentials read = CredentialReader.Read(new PSObject(new SessionObject(new RenewingCredentials())), "$StoredAWSCredentials")!;

        Assert.True(read.CanChange);
        Assert.Equal("key-1", read.Read().AccessKey);
    }

    [Fact]
    public void A_credential_of_access_key_and_secret_key_is_read()
    {
        SuppliedCredentials read = CredentialReader.Read(new PSCredential("AKIAPS", Secure("ps-secret")), "-Credential")!;

        Assert.Equal(("AKIAPS", "ps-secret", null), Keys(read));
        Assert.Equal(("-Credential (PSCredential)", false), (read.Description, read.CanChange));
    }

    [Theory]
    [InlineData("AccessKey", "SecretKey", "SessionToken")]
    [InlineData("AccessKeyId", "SecretAccessKey", "SessionToken")]
    [InlineData("accessKeyId", "secretAccessKey", "sessionToken")]
    [InlineData("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]
    [InlineData("aws_access_key_id", "aws_secret_access_key", "aws_security_token")]
    [InlineData("AWSAccessKey", "AWSSecretKey", "Token")]
    [InlineData("Access Key", "Secret Key", "Session Token")]
    public void A_connection_may_use_any_of_the_usual_names(string accessKey, string secretKey, string token)
    {
        var table = new Hashtable { [accessKey] = "a", [secretKey] = Secure("s"), [token] = new PSObject("t"), ["Region"] = "eu-west-1", [1] = 2 };
        var custom = new PSObject();
        foreach (string name in new[] { accessKey, secretKey, token })
        {
            custom.Properties.Add(new PSNoteProperty(name, table[name]));
        }

        Assert.Equal(("a", "s", "t"), Keys(CredentialReader.Read(table, "-Credential")!));
        Assert.Equal(("a", "s", "t"), Keys(CredentialReader.Read(custom, "-Credential")!));
    }

    public static TheoryData<object?> Ends => new()
    {
        "2125-03-01T12:00:00Z",
        "2125-03-01T13:00:00+01:00",
        new DateTime(2125, 3, 1, 12, 0, 0, DateTimeKind.Utc),
        new DateTime(2125, 3, 1, 12, 0, 0, DateTimeKind.Utc).ToLocalTime(),
        new DateTimeOffset(2125, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)),
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_output_of_the_cli_has_an_end(object? end)
    {
        var output = new PSObject();
        foreach ((string name, object? value) in new (string, object?)[] { ("Version", 1), ("AccessKeyId", "a"), ("SecretAccessKey", "s"), ("SessionToken", "t"), ("Expiration", end), ("AccountId", "111122223333") })
        {
            output.Properties.Add(new PSNoteProperty(name, value));
        }

        AccessKeys keys = CredentialReader.Read(output, "-Credential")!.Read();

        Assert.Equal((new DateTime(2125, 3, 1, 12, 0, 0, DateTimeKind.Utc), "111122223333"), (keys.Expiration, keys.AccountId));
    }

    [Fact]
    public void The_credentials_within_an_answer_of_sts_are_found()
    {
        var answer = new PSObject();
        answer.Properties.Add(new PSNoteProperty("Credentials", new Hashtable { ["AccessKeyId"] = "a", ["SecretAccessKey"] = "s", ["SessionToken"] = "t" }));
        answer.Properties.Add(new PSNoteProperty("AssumedRoleUser", new Hashtable()));

        Assert.Equal(("a", "s", "t"), Keys(CredentialReader.Read(answer, "-Credential")!));
    }

    public static TheoryData<object?> Others => new()
    {
        null,
        "ops",
        42,
        new Hashtable(),
        new Hashtable { ["AccessKey"] = "a" },
        new Hashtable { ["AccessKey"] = "a", ["SecretKey"] = "" },
        new Hashtable { ["AccessKey"] = "a", ["SecretKey"] = 5 },
        new PSObject(),
        new List<string> { "a", "s" },
        new Uri("https://example.com"),
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Anything_else_is_no_credentials(object? value) => Assert.Null(CredentialReader.Read(value, "-Credential"));

    [Fact]
    public void An_object_that_contains_itself_is_given_up()
    {
        var loop = new Hashtable();
        loop["Credentials"] = loop;

        Assert.Null(CredentialReader.Read(loop, "-Credential"));
    }

    [Fact]
    public void A_method_written_in_powershell_is_not_called_from_other_threads()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        object instance = shell.AddScript("class Keys { [string] $AccessKey = 'a'; [string] $SecretKey = 's'; [Keys] GetCredentials() { throw 'called' } }; [Keys]::new()").Invoke()[0];

        SuppliedCredentials read = CredentialReader.Read(instance, "-Credential")!;

        Assert.False(read.CanChange);
        Assert.Equal(("a", "s", null), Keys(read));
    }

    private static (string AccessKey, string SecretKey, string? Token) Keys(SuppliedCredentials credentials)
    {
        AccessKeys keys = credentials.Read();
        return (keys.AccessKey, keys.SecretKey, keys.SessionToken);
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }

#pragma warning disable CA1822 // Members of instances, as in the SDKs.
    /// <summary>What the SDKs call ImmutableCredentials.</summary>
    public sealed record ImmutableKeys(string AccessKey, string SecretKey, string Token)
    {
        public string AccountId => "111122223333";
    }

    public abstract class AnySdkCredentials
    {
        public abstract ImmutableKeys? GetCredentials();

        public ImmutableKeys? GetCredentials(TimeSpan preempt) => throw new InvalidOperationException(preempt.ToString());
    }

    public sealed class RenewingCredentials : AnySdkCredentials
    {
        private int _asked;

        public static DateTime End { get; } = new(2125, 3, 1, 12, 0, 0, DateTimeKind.Utc);

        public DateTime? Expiration => End;

        public override ImmutableKeys GetCredentials() => new($"key-{++_asked}", "secret", "token");
    }

    public sealed class AnonymousCredentials : AnySdkCredentials
    {
        public override ImmutableKeys? GetCredentials() => null;
    }

    public sealed class AsynchronousCredentials
    {
        public async Task<ImmutableKeys> GetCredentialsAsync()
        {
            await Task.Yield();
            return new ImmutableKeys("async", "secret", string.Empty);
        }
    }
#pragma warning restore CA1822

    public sealed class SessionObject
    {
        internal SessionObject(AnySdkCredentials credentials) => Credentials = credentials;

        internal AnySdkCredentials Credentials { get; }
    }
}
