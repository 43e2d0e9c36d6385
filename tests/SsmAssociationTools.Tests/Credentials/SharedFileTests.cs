using System.IO;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>The shared files are read as the AWS CLI and the SDKs write and read them.</summary>
public sealed class SharedFileTests
{
    [Fact]
    public void A_profile_is_the_sum_of_both_files_and_the_credentials_file_wins()
    {
        using Machine machine = new Machine()
            .Config("[profile ops]\nregion = eu-west-1\naws_access_key_id = from-config\noutput=json\n")
            .CredentialsFile("[ops]\naws_access_key_id = from-credentials\naws_secret_access_key = s\n");

        SharedFileSection profile = Store(machine).Find("ops")!;

        Assert.Equal("from-credentials", profile["aws_access_key_id"]);
        Assert.Equal("eu-west-1", profile["region"]);
    }

    [Theory]
    [InlineData("[profile ops]")]
    [InlineData("[ profile   ops ]")]
    [InlineData("[profile \"ops\"]")]
    [InlineData("[profile 'ops']  # the operators")]
    public void Headings_may_be_written_in_several_ways(string heading)
    {
        using Machine machine = new Machine().Config(heading + "\nregion=eu-west-1");

        Assert.Equal("eu-west-1", Store(machine).Find("ops")!["Region"]);
    }

    [Theory]
    [InlineData("region = eu-west-1", "eu-west-1")]
    [InlineData("REGION=eu-west-1", "eu-west-1")]
    [InlineData("  region = eu-west-1", "eu-west-1")]
    [InlineData("region = eu-west-1 # where we are", "eu-west-1")]
    [InlineData("region = eu-west-1 ; where we are", "eu-west-1")]
    [InlineData("region = a#b", "a#b")]
    [InlineData("region = a=b", "a=b")]
    [InlineData("region =", null)]
    [InlineData("region = # none", null)]
    [InlineData("# region = eu-west-1", null)]
    [InlineData("region", null)]
    public void Values_are_read_without_their_comments(string line, string? expected)
    {
        using Machine machine = new Machine().Config("[default]\r\n" + line + "\r\n");

        Assert.Equal(expected, Store(machine).Find("default")!["region"]);
    }

    [Fact]
    public void A_command_keeps_what_looks_like_a_comment()
    {
        using Machine machine = new Machine().Config("[default]\ncredential_process = tool --tag #1 ; other\n");

        Assert.Equal("tool --tag #1 ; other", Store(machine).Find("default")!["credential_process"]);
    }

    [Fact]
    public void Groups_of_indented_lines_belong_to_their_key()
    {
        using Machine machine = new Machine().Config("""
            [services local]
            ssm =
              endpoint_url = http://127.0.0.1:1
            sts =
              endpoint_url = http://127.0.0.1:2

            [sso-session corp]
            sso_region = eu-west-1
            """);

        ProfileStore store = Store(machine);

        Assert.Equal("http://127.0.0.1:2", store.Services("local")!["sts", "endpoint_url"]);
        Assert.Null(store.Services("local")!["sts"]);
        Assert.Equal("eu-west-1", store.SsoSession("corp")!["sso_region"]);
        Assert.Null(store.Find("corp"));
    }

    [Fact]
    public void Names_of_profiles_mind_upper_and_lower_case_and_a_heading_may_come_twice()
    {
        using Machine machine = new Machine().Config("[profile Ops]\nregion=a\n[profile ops]\nregion=b\n[profile Ops]\noutput=json\n");

        Assert.Equal(("a", "json", "b"), (Store(machine).Find("Ops")!["region"], Store(machine).Find("Ops")!["output"], Store(machine).Find("ops")!["region"]));
        Assert.Null(Store(machine).Find("OPS"));
    }

    [Fact]
    public void In_the_config_file_only_marked_sections_are_profiles()
    {
        using Machine machine = new Machine().Config("[ops]\nregion=a\n[plugins]\nx=y\n[default]\nregion=b\n");

        Assert.Null(Store(machine).Find("ops"));
        Assert.Equal("b", Store(machine).Find("default")!["region"]);
    }

    [Fact]
    public void Another_location_stands_for_the_credentials_file_and_has_its_config_file_beside_it()
    {
        using Machine machine = new Machine().With("AWS_CONFIG_FILE", null).Config("[profile ops]\nregion=wrong\n");
        Directory.CreateDirectory(machine.File("other"));
        machine.Write("other/credentials", "[ops]\naws_access_key_id=a\n").Write("other/config", "[profile ops]\nregion=right\n");

        foreach (string location in new[] { machine.File("other/credentials"), machine.File("other") })
        {
            SharedFileSection profile = new ProfileStore(location, machine.MachineEnvironment).Find("ops")!;
            Assert.Equal(("a", "right"), (profile["aws_access_key_id"], profile["region"]));
        }
    }

    [Fact]
    public void Without_variables_the_files_of_the_home_folder_are_read()
    {
        using Machine machine = new Machine().With("AWS_CONFIG_FILE", null).With("AWS_SHARED_CREDENTIALS_FILE", null)
            .With("HOME", null)
            .Config("[profile ops]\nregion=a\n").CredentialsFile("[ops]\naws_access_key_id=b\n");

        Assert.Equal(("a", "b"), (Store(machine).Find("ops")!["region"], Store(machine).Find("ops")!["aws_access_key_id"]));
    }

    [Fact]
    public void A_path_in_a_variable_may_begin_with_the_home_folder()
    {
        using Machine machine = new Machine().With("AWS_CONFIG_FILE", "~/elsewhere").Write("elsewhere", "[profile ops]\nregion=a\n");

        Assert.Equal("a", Store(machine).Find("ops")!["region"]);
    }

    [Fact]
    public void Missing_files_hold_nothing_and_broken_ones_what_can_be_read()
    {
        using var machine = new Machine();
        Assert.Null(Store(machine).Find("default"));

        machine.Config("key = before any heading\n[unclosed\nregion = lost\n[profile ops]\n= no key\nregion = a\n");
        Assert.Equal("a", Store(machine).Find("ops")!["region"]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_with_its_path()
    {
        using Machine machine = new Machine().Config("[default]\n");
        using FileStream locked = new(machine.File(".aws/config"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        GatewayException error = Assert.Throws<GatewayException>(() => Store(machine));

        Assert.Contains(machine.File(".aws/config"), error.Message, System.StringComparison.Ordinal);
    }

    private static ProfileStore Store(Machine machine) => new(null, machine.MachineEnvironment);
}
