using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>
/// Names, file names and texts of the service may hold what a terminal obeys or nobody sees. No stream, no view and no error
/// writes it; the data of results stay as they are.
/// </summary>
public sealed class SafeTextTests
{
    private const string Setup = """
        $esc = [char]27; $hostile = "a$esc[31mb$([char]7)$([char]0x9B)2J$([char]0x202E)c$([char]0x200B)`nCreated ok"
        $named = @{ Name = "AWS-$hostile"; AssociationName = "n-$hostile"; Targets = "tag:A=$hostile"; ScheduleExpression = "rate($hostile)"; "Other$hostile" = 1 }
        """;

    [Fact]
    public void Validation_shows_hostile_names_as_what_they_are()
    {
        using var session = new ModuleSession();
        session.Run(Setup).WithoutErrors();

        AssertSafe(session.Run("$v = $named | Test-SsmAssociationEntry -Verbose; $v"));
        AssertSafe(session.Run("$named | New-SsmAssociationBatch -WhatIf -Verbose -Region us-east-1"));
        AssertSafe(session.Run("New-SsmAssociationEntry -Name $named.Name -AssociationName $named.AssociationName"));
        AssertSafe(session.Run("$named | Get-SsmAssociationSchedule"));
        foreach (string shown in new[] { "$v", "$v.Issues", "$v.Entry", "($named | New-SsmAssociationBatch -WhatIf -Region us-east-1 -ErrorAction SilentlyContinue)" })
        {
            AssertSafe(session.Render(shown));
        }

        Assert.Equal("AWS-a\u001B[31mb\u0007\u009B2J\u202Ec\u200B\nCreated ok", ((PSObject)session.Run("$v.Name").Output.Single()!).BaseObject);
    }

    [Fact]
    public void A_service_cannot_write_to_the_terminal()
    {
        using var endpoint = new EndpointSession("-Fault \"CreateAssociationBatch always fail-entries code=InvalidDocument message=`\"bad $([char]27)[31m$([char]0x202E)text`\"\"");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -Verbose");

        AssertSafe(result);
        Assert.Contains("\\u{1B}[31m\\u{202E}", Seen.In(result).Single().Message, StringComparison.Ordinal);
        AssertSafe(endpoint.Session.Render("New-Good 2 | New-SsmAssociationBatch @c 2>&1"));
    }

    [Fact]
    public void A_whole_call_that_is_refused_cannot_either()
    {
        using var endpoint = new EndpointSession("-Fault \"CreateAssociationBatch always error code=ValidationException message=`\"bad $([char]27)[31m$([char]0x202E)text`\"\", \"ListAssociations always error code=AccessDeniedException message=`\"no $([char]27)[31m`\"\"");

        AssertSafe(endpoint.Run("(New-Good 1), (New-Good 2) | New-SsmAssociationBatch @c -Verbose"));
        AssertSafe(endpoint.Run("Get-SsmAssociationEntry @c -Verbose"));
    }

    [Fact]
    public void Lines_of_a_file_are_not_repeated_by_the_removal()
    {
        using var endpoint = new EndpointSession();
        const string lines = """'{', '"Parameters":{"pw":["very-secret"]}', '"very-secret"', 'very-secret', '}'""";

        ScriptResult result = endpoint.Run($"{lines} | Remove-SsmAssociationBatch @c -Force -Verbose");
        ScriptResult read = endpoint.Run($"{lines} | ForEach-Object {{ Get-SsmAssociationEntry $_ @c }}");

        Assert.Equal(5, result.Output.Count);
        Assert.DoesNotContain("very-secret", result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", endpoint.Session.Render($"{lines} | Remove-SsmAssociationBatch @c -Force -ErrorAction SilentlyContinue"), StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", string.Concat(read.Errors.Select(error => error.ErrorDetails?.Message ?? error.Exception.Message)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:very-secret@ssm.example/")]
    [InlineData("ftp://user:very-secret@ssm.example/")]
    [InlineData("http://user:very/secret@ssm.example/")]
    [InlineData("user:very-secret@ssm.example")]
    public void The_password_of_an_address_is_not_shown(string address)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run(EndpointSession.Tried($"@{{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b' }} | New-SsmAssociationBatch -Region us-east-1 -AccessKey a -SecretKey b -EndpointUrl '{address}'"));

        Assert.StartsWith("InvalidEndpointUrl,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("ssm.example", result.TerminatingError.Exception.Message, StringComparison.Ordinal);
        foreach (string text in new[] { result.AllText(), result.TerminatingError.CategoryInfo.GetMessage(CultureInfo.InvariantCulture), result.TerminatingError.TargetObject.ToString()! })
        {
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        }
    }

    private static void AssertSafe(ScriptResult result)
    {
        foreach (ErrorRecord error in result.Errors.Append(result.TerminatingError).OfType<ErrorRecord>())
        {
            foreach (string? text in new[] { error.CategoryInfo.TargetName, error.CategoryInfo.GetMessage(CultureInfo.InvariantCulture), error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction, error.Exception.Message, error.FullyQualifiedErrorId })
            {
                AssertLine(text);
            }
        }

        foreach (string text in result.Warnings.Concat(result.Verbose).Concat(result.WhatIf).Concat(result.Progress.Select(record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}")))
        {
            AssertLine(text);
        }

        AssertSafe(result.HostText);
        foreach (PSObject output in result.Output.OfType<PSObject>().Where(item => item.BaseObject.GetType().Namespace == "SsmAssociationTools"))
        {
            AssertLine(output.ToString());
            AssertLine(output.Properties["Message"]?.Value as string);
            AssertLine(output.Properties["Target"]?.Value as string);
            Assert.All(new Seen(output).Issues, issue => AssertLine($"{issue} {issue["Message"]} {issue["Path"]}"));
        }
    }

    /// <summary>A rendered text has lines of its own.</summary>
    private static void AssertSafe(string text) => Assert.All(text.Split('\n'), line => AssertLine(line.TrimEnd('\r')));

    private static void AssertLine(string? line)
    {
        Assert.DoesNotContain(line ?? string.Empty, Hides);
        Assert.False((line ?? string.Empty).StartsWith("Created ok", StringComparison.Ordinal), line);
    }

    private static bool Hides(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
