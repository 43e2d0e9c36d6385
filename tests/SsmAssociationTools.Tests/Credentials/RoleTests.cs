using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>Roles and web identities, against a stand-in for STS that checks signatures.</summary>
public sealed class RoleTests : IDisposable
{
    private const string Ops = "arn:aws:iam::111122223333:role/Ops";
    private const string Base = """
        [profile base]
        aws_access_key_id = AKIABASE
        aws_secret_access_key = base/secret+key
        """;

    private readonly Machine _machine = new();
    private readonly StandIn _sts;
    private Func<StandInRequest, StandInAnswer?> _answer = _ => null;

    public RoleTests()
    {
        _sts = new StandIn(request => _answer(request) ?? Role(request, "ASIA" + _sts!.Requests.Count));
        _machine.With("AWS_ENDPOINT_URL_STS", _sts.Url.AbsoluteUri).With("AWS_REGION", "eu-west-1");
    }

    public void Dispose()
    {
        _sts.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public void A_role_is_assumed_with_its_source_profile_and_the_request_is_signed()
    {
        _machine.Config(Base + $"""

            [profile ops]
            role_arn = {Ops}
            source_profile = base
            external_id = our agreement/2025
            duration_seconds = 7200
            role_session_name = nightly
            """);

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "ops" });

        StandInRequest request = Assert.Single(_sts.Requests);
        Assert.Equal(("POST", "/"), (request.Method, request.Target));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Action"] = "AssumeRole",
                ["Version"] = "2011-06-15",
                ["RoleArn"] = Ops,
                ["RoleSessionName"] = "nightly",
                ["DurationSeconds"] = "7200",
                ["ExternalId"] = "our agreement/2025",
            },
            request.Form);
        AssertSigned(request, new AccessKeys("AKIABASE", "base/secret+key"), "eu-west-1");
        Assert.Equal("111122223333", gateway.AccountId);
        Assert.Equal("eu-west-1", gateway.Region);
        Assert.Equal($"the profile 'ops': role {Ops}, assumed with the profile 'base'", gateway.CredentialSource);
    }

    [Fact]
    public async Task Keys_that_the_service_calls_expired_before_their_time_are_replaced_once_and_the_call_is_made_again()
    {
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");
        using var service = new StandIn(static request => request.Header("Authorization")!.Contains("ASIA1/", StringComparison.Ordinal)
            ? new StandInAnswer(400, """{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}""", "application/x-amz-json-1.1")
            : new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1"));
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "ops", EndpointUrl = service.Url });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None)));

        Assert.Equal(2, _sts.Requests.Count);
        Assert.Equal(8, service.Requests.Count(static request => request.Header("Authorization")!.Contains("ASIA2/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_that_cannot_be_replaced_stay_refused()
    {
        _machine.Config(Base);
        using var service = new StandIn(static _ => new StandInAnswer(400, """{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}""", "application/x-amz-json-1.1"));
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "base", EndpointUrl = service.Url });

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Denied, "ExpiredTokenException"), (error.Kind, error.ErrorCode));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task The_keys_of_the_answer_are_the_ones_that_are_used_and_renewed()
    {
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");
        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "ops" });

        AccessKeys first = await keys.GetAsync(CancellationToken.None);
        Assert.Equal(("ASIA1", "secret-of-ASIA1", "token-of-ASIA1"), (first.AccessKey, first.SecretKey, first.SessionToken));
        Assert.Equal(_machine.Now.AddHours(1), first.Expiration);
        Assert.StartsWith("SsmAssociationTools-", _sts.Requests[0].Form["RoleSessionName"], StringComparison.Ordinal);
        Assert.DoesNotContain("DurationSeconds", _sts.Requests[0].Form.Keys);

        _machine.Now += TimeSpan.FromMinutes(56);
        Assert.Equal("ASIA2", (await keys.GetAsync(CancellationToken.None)).AccessKey);
    }

    [Fact]
    public async Task A_role_may_assume_a_role()
    {
        _machine.Config(Base + """

            [profile middle]
            role_arn = arn:aws:iam::222222222222:role/Middle
            source_profile = base
            [profile end]
            role_arn = arn:aws:iam::333333333333:role/End
            source_profile = middle
            """);

        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "end" });

        Assert.Equal(["arn:aws:iam::222222222222:role/Middle", "arn:aws:iam::333333333333:role/End"], _sts.Requests.Select(request => request.Form["RoleArn"]));
        AssertSigned(_sts.Requests[1], new AccessKeys("ASIA1", "secret-of-ASIA1", "token-of-ASIA1"), "eu-west-1");
        Assert.Equal(("ASIA2", "333333333333"), (keys.Last!.AccessKey, keys.Last.AccountId));
    }

    [Fact]
    public void Connections_to_several_regions_share_one_session()
    {
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");
        using var factory = new AwsGatewayFactory(_machine.MachineEnvironment);

        using IAssociationGateway first = factory.Connect(new ConnectionSettings { ProfileName = "ops", Region = "eu-west-1" });
        using IAssociationGateway second = factory.Connect(new ConnectionSettings { ProfileName = "ops", Region = "us-east-1" });

        Assert.Equal(("eu-west-1", "us-east-1"), (first.Region, second.Region));
        Assert.Equal("111122223333", second.AccountId);
        Assert.Single(_sts.Requests);
    }

    [Fact]
    public void A_profile_may_be_its_own_source()
    {
        _machine.Config($"[profile ops]\nrole_arn = {Ops}\nsource_profile = ops\naws_access_key_id = AKIASELF\naws_secret_access_key = s\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "ops" });

        AssertSigned(Assert.Single(_sts.Requests), new AccessKeys("AKIASELF", "s"), "eu-west-1");
    }

    [Fact]
    public void The_environment_may_be_the_source()
    {
        _machine.With("AWS_ACCESS_KEY_ID", "AKIAENV").With("AWS_SECRET_ACCESS_KEY", "s").With("AWS_SESSION_TOKEN", "t")
            .Config($"[profile ops]\nrole_arn = {Ops}\ncredential_source = Environment\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "ops" });

        AssertSigned(Assert.Single(_sts.Requests), new AccessKeys("AKIAENV", "s", "t"), "eu-west-1");
        Assert.EndsWith("assumed with the environment (AWS_ACCESS_KEY_ID)", gateway.CredentialSource, StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_identity_in_a_profile_needs_no_signature()
    {
        _machine.Write("token", "header.payload.signature\n")
            .Config($"[profile web]\nrole_arn = {Ops}\nweb_identity_token_file = {_machine.File("token")}\nrole_session_name = pod\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "web" });

        StandInRequest request = Assert.Single(_sts.Requests);
        Assert.Equal(("AssumeRoleWithWebIdentity", "header.payload.signature", "pod"), (request.Form["Action"], request.Form["WebIdentityToken"], request.Form["RoleSessionName"]));
        Assert.Null(request.Header("Authorization"));
        Assert.Equal("111122223333", gateway.AccountId);
    }

    [Fact]
    public async Task A_web_identity_token_is_read_anew_for_each_session()
    {
        _machine.Write("token", "first").With("AWS_WEB_IDENTITY_TOKEN_FILE", _machine.File("token")).With("AWS_ROLE_ARN", Ops).With("AWS_ROLE_SESSION_NAME", "pod");
        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings());

        _machine.Write("token", "second").Now += TimeSpan.FromMinutes(58);
        await keys.GetAsync(CancellationToken.None);

        Assert.Equal(["first", "second"], _sts.Requests.Select(request => request.Form["WebIdentityToken"]));
        Assert.Equal("pod", _sts.Requests[0].Form["RoleSessionName"]);
    }

    [Theory]
    [InlineData("source_profile = gone", "NoCredentials", "'gone'")]
    [InlineData("", "NoCredentials", "nothing says with which credentials")]
    [InlineData("credential_source = Magic", "NoCredentials", "Environment, Ec2InstanceMetadata or EcsContainer")]
    [InlineData("credential_source = Environment", "NoCredentials", "AWS_ACCESS_KEY_ID")]
    [InlineData("credential_source = EcsContainer", "NoCredentials", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")]
    [InlineData("credential_source = Ec2InstanceMetadata", "NoCredentials", "no EC2 instance")]
    [InlineData("source_profile = base\ncredential_source = Environment", "NoCredentials", "keep one of them")]
    [InlineData("source_profile = empty", "NoCredentials", "has no credentials")]
    [InlineData("source_profile = half", "NoCredentials", "belong together")]
    [InlineData("source_profile = base\nduration_seconds = 60", "NoCredentials", "900 to 43200")]
    [InlineData("source_profile = base\nduration_seconds = 1h", "NoCredentials", "900 to 43200")]
    [InlineData("source_profile = loop", "NoCredentials", "ops -> loop -> ops")]
    [InlineData("source_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me", "MfaRequired", "aws configure export-credentials --profile ops")]
    public void What_is_wrong_with_a_role_profile_is_said_before_any_call(string lines, string code, string expected)
    {
        _machine.Config(Base + $"""

            [profile empty]
            region = us-east-1
            [profile half]
            aws_access_key_id = AKIAHALF
            [profile loop]
            role_arn = {Ops}
            source_profile = ops
            [profile ops]
            role_arn = {Ops}

            """ + lines);

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "ops" });

        Assert.Equal((GatewayErrorKind.NoCredentials, code), (error.Kind, error.ErrorCode));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(_sts.Requests);
    }

    [Fact]
    public void A_refusal_names_the_role_and_the_reason()
    {
        _answer = _ => StandInAnswer.StsError(403, "AccessDenied", "User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: " + Ops);
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "ops" });

        Assert.Equal((GatewayErrorKind.NoCredentials, "CredentialsRefused"), (error.Kind, error.ErrorCode));
        Assert.Equal($"The role {Ops} was not assumed for the profile 'ops': AccessDenied. User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: {Ops}.", error.Message);
        Assert.Single(_sts.Requests);
    }

    [Fact]
    public void A_role_of_the_command_is_assumed_with_the_keys_that_were_found_and_once_for_all_regions()
    {
        _machine.Config(Base);
        using var factory = new AwsGatewayFactory(_machine.MachineEnvironment);
        var role = new RoleSettings(Ops) { SessionName = "nightly", ExternalId = "agreement", Duration = TimeSpan.FromMinutes(20) };

        using IAssociationGateway first = factory.Connect(new ConnectionSettings { ProfileName = "base", Region = "eu-west-1", Role = role });
        Assert.Empty(_sts.Requests);
        Assert.Equal("111122223333", first.AccountId);

        using IAssociationGateway second = factory.Connect(new ConnectionSettings { ProfileName = "base", Region = "us-east-1", Role = new RoleSettings(Ops) { SessionName = "nightly", ExternalId = "agreement", Duration = TimeSpan.FromMinutes(20), IsAssumedAtOnce = true } });
        StandInRequest request = Assert.Single(_sts.Requests);
        Assert.Equal((Ops, "nightly", "agreement", "1200"), (request.Form["RoleArn"], request.Form["RoleSessionName"], request.Form["ExternalId"], request.Form["DurationSeconds"]));
        AssertSigned(request, new AccessKeys("AKIABASE", "base/secret+key"), "eu-west-1");
        Assert.Equal($"the role {Ops}, assumed with the profile 'base'", second.CredentialSource);

        using IAssociationGateway own = factory.Connect(new ConnectionSettings { ProfileName = "base", Region = "us-east-1" });
        Assert.Equal("the profile 'base'", own.CredentialSource);
    }

    [Fact]
    public async Task A_role_that_is_refused_fails_its_calls_and_reaches_nothing()
    {
        _answer = _ => StandInAnswer.StsError(403, "AccessDenied", "not authorized to perform: sts:AssumeRole");
        _machine.Config(Base);

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "base", Role = new RoleSettings(Ops), EndpointUrl = new Uri("http://127.0.0.1:9/") });
        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));

        Assert.Equal((GatewayErrorKind.NoCredentials, "CredentialsRefused"), (error.Kind, error.ErrorCode));
        Assert.Contains(Ops, error.Message, StringComparison.Ordinal);
        Assert.Equal("CredentialsRefused", _machine.Refused(new ConnectionSettings { ProfileName = "base", Role = new RoleSettings(Ops) { IsAssumedAtOnce = true } }).ErrorCode);
    }

    [Fact]
    public void What_stands_in_on_loopback_is_asked_for_the_role_too_unless_an_endpoint_for_sts_is_named()
    {
        using var standIn = new StandIn(request => Role(request, "ASIALOCAL"));
        _machine.Config(Base).With("AWS_ENDPOINT_URL_STS", null);
        var settings = new ConnectionSettings { ProfileName = "base", Role = new RoleSettings(Ops) { IsAssumedAtOnce = true }, EndpointUrl = standIn.Url };

        using IAssociationGateway gateway = _machine.Connect(settings);
        Assert.Single(standIn.Requests);

        _machine.With("AWS_ENDPOINT_URL_STS", _sts.Url.AbsoluteUri);
        using IAssociationGateway other = _machine.Connect(settings);
        Assert.Single(standIn.Requests);
        Assert.Single(_sts.Requests);
    }

    [Theory]
    [InlineData("SignatureDoesNotMatch", "The Canonical String should have been x-amz-security-token:secret-token base/secret+key")]
    [InlineData("ValidationError", "1 validation error: 'base/secret+key' 'agreement' at externalId\nsecond line")]
    public void No_secret_is_in_the_text_of_an_error(string code, string message)
    {
        _answer = _ => StandInAnswer.StsError(400, code, message);
        _machine.Config(Base + $"\naws_session_token = secret-token\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\nexternal_id = agreement\n");

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "ops" });

        Assert.Contains(code, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("base/secret+key", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("agreement", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("second line", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_service_is_asked_again()
    {
        int calls = 0;
        _answer = _ => ++calls switch
        {
            1 => new StandInAnswer(503, "Service Unavailable", "text/plain"),
            2 => StandInAnswer.StsError(400, "Throttling", "Rate exceeded"),
            _ => null,
        };
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "ops" });

        Assert.Equal(3, _sts.Requests.Count);
    }

    [Fact]
    public void A_service_that_stays_away_is_no_fault_of_the_credentials()
    {
        _answer = _ => new StandInAnswer(500, string.Empty);
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");
        Assert.Equal(GatewayErrorKind.NotSent, _machine.Refused(new ConnectionSettings { ProfileName = "ops" }).Kind);

        _sts.Dispose();
        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "ops" });
        Assert.Equal((GatewayErrorKind.NotSent, "EndpointUnreachable"), (error.Kind, error.ErrorCode));
        Assert.Contains(_sts.Url.Authority, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>proxy login</html>")]
    [InlineData("not xml")]
    [InlineData("<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId></Credentials></AssumeRoleResult></AssumeRoleResponse>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>")]
    public void An_answer_without_keys_is_an_error(string body)
    {
        _answer = _ => new StandInAnswer(200, body, "text/xml");
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");

        Assert.Contains("could not be read", _machine.Refused(new ConnectionSettings { ProfileName = "ops" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using var elsewhere = new StandIn(_ => new StandInAnswer(200, string.Empty));
        _answer = _ => new StandInAnswer(307, string.Empty) { Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Url.AbsoluteUri } };
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");

        _machine.Refused(new ConnectionSettings { ProfileName = "ops" });

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public void A_role_without_any_region_asks_for_one()
    {
        _machine.With("AWS_REGION", null).Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");

        Assert.Equal(GatewayErrorKind.NoRegion, _machine.Refused(new ConnectionSettings { ProfileName = "ops" }).Kind);
    }

    [Theory]
    [InlineData(null, "AWS_ROLE_ARN")]
    [InlineData(Ops, "cannot be read")]
    public void An_incomplete_web_identity_is_an_error_and_no_reason_to_look_further(string? roleArn, string expected)
    {
        _machine.With("AWS_WEB_IDENTITY_TOKEN_FILE", _machine.File("missing")).With("AWS_ROLE_ARN", roleArn)
            .CredentialsFile("[default]\naws_access_key_id=a\naws_secret_access_key=b\n");

        Assert.Contains(expected, _machine.Refused(new ConnectionSettings()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_the_search()
    {
        using var stop = new CancellationTokenSource();
        _answer = _ =>
        {
            stop.Cancel();
            return new StandInAnswer(500, string.Empty);
        };
        _machine.Config(Base + $"\n[profile ops]\nrole_arn = {Ops}\nsource_profile = base\n");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _machine.FindAsync(new ConnectionSettings { ProfileName = "ops" }, stop.Token));
    }

    private StandInAnswer Role(StandInRequest request, string accessKey) => StandInAnswer.Role(
        request.Form["Action"],
        request.Form["RoleArn"],
        request.Form["RoleSessionName"],
        accessKey,
        _machine.Now.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The signer itself is checked against known signatures; here it has to have got the right request and keys.</summary>
    private void AssertSigned(StandInRequest request, AccessKeys keys, string region)
    {
        DateTime time = DateTime.ParseExact(request.Header("X-Amz-Date")!, "yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var expected = SigV4.Sign(new Uri($"http://{request.Header("Host")}/"), request.Header("Content-Type")!, Encoding.UTF8.GetBytes(request.Body), keys, region, "sts", time)
            .ToDictionary(header => header.Key, header => header.Value);
        Assert.Equal(expected["Authorization"], request.Header("Authorization"));
        Assert.Equal(keys.SessionToken, request.Header("X-Amz-Security-Token"));
        Assert.Equal(_machine.Now, time);
    }
}
