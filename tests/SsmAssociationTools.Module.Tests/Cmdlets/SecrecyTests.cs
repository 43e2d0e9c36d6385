using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Values of Parameters are sensitive: no stream, no view, no message and no journal holds them.</summary>
public sealed class SecrecyTests
{
    private const string Secret = "Hunter2-Tr0ub4dor";

    /// <summary>Ways to pass the secret, most of them with a mistake that a message has to speak of.</summary>
    private static readonly string[] s_inputs =
    [
        $"@{{ Name = 'Mine'; AssociationName = 'note-0'; Targets = 'tag:A=b'; Parameters = @{{ Password = '{Secret}' }} }}",
        $"@{{ Name = 'Mine'; AssociationName = 'note-1'; Targets = 'tag:A=b'; Parameters = @{{ Password = @('{Secret}', 'other') }} }}",
        $"[pscustomobject]@{{ Name = 'Mine'; AssociationName = 'note-2'; Targets = 'tag:A=b'; Parameters = 'Password={Secret}' }}",
        $"[pscustomobject]@{{ Name = 'Mine'; AssociationName = 'note-3'; Targets = 'tag:A=b'; Parameters = '{{\"Password\":[\"{Secret}\"]}}' }}",
        $"'{{\"Name\":\"Mine\",\"AssociationName\":\"note-4\",\"Targets\":[{{\"Key\":\"tag:A\",\"Values\":[\"b\"]}}],\"Parameters\":{{\"Password\":[\"{Secret}\"]}}}}'",
        $"[pscustomobject]@{{ Name = 'Mine'; AssociationName = 'note-5'; Targets = 'tag:A=b'; 'Parameters.Password' = '{Secret}' }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = '{Secret}' }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = 'Password=\"{Secret}' }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = '{{\"Password\":[\"{Secret}\"' }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = @('{Secret}') }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = @{{ Password = @{{ Value = '{Secret}' }} }} }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Paramaters = @{{ Password = '{Secret}' }} }}",
        $"@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameter = 'Password={Secret}' }}",
        $"@{{ Name = 'x'; Targets = 'tag:A=b'; Parameters = @{{ Password = '{Secret}' }}; ScheduleExpression = 'nonsense' }}",
        $"'{{\"Name\":\"Mine\",\"Parameters\":{{\"Password\":[\"{Secret}\"]}},'",
        $"'{{\"Name\":\"Mine\",\"Parameters\":\"{Secret}\" oops}}'",
        $"'Name=Mine; Parameters={Secret}'",
        $"[pscustomobject]@{{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = 'Password={Secret}'; 'Parameters.Password' = '{Secret}2' }}",
    ];

    public static TheoryData<string> Inputs() => [.. s_inputs];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Test_says_it_nowhere(string input)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run($"{input} | Test-SsmAssociationEntry -Verbose -Debug");

        AssertSilent(result);
        Assert.DoesNotContain(Secret, session.Render($"{input} | Test-SsmAssociationEntry"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, session.Render($"({input} | Test-SsmAssociationEntry).Issues"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, session.Render($"({input} | Test-SsmAssociationEntry).Entry"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Fault 'CreateAssociationBatch always fail-entries code=InvalidParameters message=\"The value Hunter2-Tr0ub4dor of Password is refused\"'")]
    [InlineData("-Fault 'CreateAssociationBatch always fail-entries code=InvalidParameters message=\"InvalidParameters: {Password=[Hunter2-Tr0ub4dor, other]}\"'")]
    [InlineData("-Fault 'CreateAssociationBatch always error code=ValidationException message=\"1 validation error detected: Value {Password=[Hunter2-Tr0ub4dor]} at entries.1.member.parameters failed to satisfy constraint\"'")]
    [InlineData("-Fault 'CreateAssociationBatch always error code=AccessDeniedException message=\"not for Hunter2-Tr0ub4dor\"'")]
    [InlineData("-Fault 'CreateAssociationBatch always error code=InvalidParameters message=\"Hunter2-Tr0ub4dor\"'")]
    [InlineData("-Fault 'CreateAssociationBatch always server-error acted=yes message=\"Password=Hunter2-Tr0ub4dor broke the service\"', 'ListAssociations always error code=AccessDeniedException message=\"Hunter2-Tr0ub4dor\"'")]
    [InlineData("-Fault 'CreateAssociationBatch always throttle message=\"too many Hunter2-Tr0ub4dor\"'")]
    public void New_says_it_nowhere_whatever_the_service_answers(string fault)
    {
        using var endpoint = new EndpointSession("-Document Mine " + fault);
        string inputs = "& { " + string.Join("\n", s_inputs) + " }";

        ScriptResult result = endpoint.Run($"{inputs} | New-SsmAssociationBatch @c -BatchSize 3 -MaxAttempt 2 -Verbose -Debug");
        ScriptResult stopped = endpoint.Run($"{inputs} | New-SsmAssociationBatch @c -BatchSize 3 -MaxAttempt 2 -ErrorAction Stop");
        ScriptResult shown = endpoint.Run($"$r = {inputs} | New-SsmAssociationBatch @c -MaxAttempt 2 -ErrorAction SilentlyContinue; $r | Out-Default");

        AssertSilent(result);
        AssertSilent(stopped);
        AssertSilent(shown);
        Assert.NotNull(stopped.TerminatingError);
        Assert.Contains(Seen.In(result), item => item.Attempts > 0);
        Assert.Equal(s_inputs.Length, result.Output.Count);
    }

    [Fact]
    public void What_is_readable_is_sent_whole()
    {
        using var endpoint = new EndpointSession("-Document Mine");

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"& {{ {string.Join("\n", s_inputs)} }} | New-SsmAssociationBatch @c"));

        Assert.Equal([0, 1, 2, 3, 4, 5, 12], seen.Where(item => item.Status == "Created").Select(item => item.Index));
        Assert.All(seen.Where(item => item.Status == "Created"), item => Assert.Equal(Secret, endpoint.Describe(item.AssociationId!).GetProperty("Parameters").GetProperty("Password")[0].GetString()));
    }

    [Fact]
    public void A_broken_service_that_says_it_is_not_repeated()
    {
        using var endpoint = new EndpointSession($"-Document Mine -Fault 'CreateAssociationBatch always server-error message=\"Password={Secret} broke the service\"'");

        ScriptResult result = endpoint.Run($"{s_inputs[0]} | New-SsmAssociationBatch @c -MaxAttempt 1 -Verbose");

        AssertSilent(result);
        Assert.Contains("broke the service", Assert.Single(Seen.In(result)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_is_shown_does_not_show_its_target()
    {
        using var endpoint = new EndpointSession("-Document Mine -Fault 'CreateAssociationBatch always fail-entries code=InvalidParameters'");

        foreach (string input in s_inputs)
        {
            // Render turns errors into output, as a console shows them.
            string text = endpoint.Session.Render($"{input} | New-SsmAssociationBatch @c 2>&1");
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatIf_and_Confirm_say_it_nowhere()
    {
        using var endpoint = new EndpointSession("-Document Mine");
        string inputs = "& { " + string.Join("\n", s_inputs) + " }";

        AssertSilent(endpoint.Run($"{inputs} | New-SsmAssociationBatch @c -WhatIf -Verbose"));
        endpoint.Session.Answer([.. Enumerable.Repeat(2, s_inputs.Length)]);
        ScriptResult asked = endpoint.Run($"{inputs} | New-SsmAssociationBatch @c -Confirm");

        AssertSilent(asked);
        Assert.NotEmpty(asked.Prompts);
    }

    [Theory]
    [InlineData("pw1")]
    [InlineData("7")]
    [InlineData("value")]
    [InlineData("two words")]
    [InlineData("quo\"te")]
    [InlineData("a\\b\\c")]
    [InlineData("zeile1\nzeile2")]
    public void Values_of_any_form_are_taken_out_of_quotes_of_the_service(string value)
    {
        string escaped = value.Replace("\"", string.Empty, StringComparison.Ordinal);
        using var faulty = new EndpointSession($"-Document Mine -Fault \"CreateAssociationBatch always fail-entries code=InvalidParameters message=`\"The value '{escaped}' is refused`\"\"");
        faulty.Session.SetVariable("value", escaped);

        ScriptResult result = faulty.Run("@{ Name = 'Mine'; Targets = 'tag:A=b'; Parameters = @{ P = $value } } | New-SsmAssociationBatch @c");

        Assert.DoesNotContain($"'{escaped}'", Seen.In(result)[0].Message, StringComparison.Ordinal);
        Assert.Contains("is refused", Seen.In(result)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_does_not_hold_it()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using var endpoint = new EndpointSession($"-Document Mine -Fault 'CreateAssociationBatch always fail-entries share=50% code=InvalidParameters message=\"not {Secret}\"'");
            string journal = Path.Combine(folder, "run.journal");

            endpoint.Run($"& {{ {string.Join("\n", s_inputs)} }} | New-SsmAssociationBatch @c -JournalPath '{journal}'");

            Assert.NotEmpty(File.ReadAllText(journal));
            Assert.All(Directory.GetFiles(folder), file => Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertSilent(ScriptResult result)
    {
        Assert.DoesNotContain(Secret, result.AllText(), StringComparison.Ordinal);
        foreach (ErrorRecord error in result.Errors.Append(result.TerminatingError).OfType<ErrorRecord>())
        {
            foreach (string? text in new[] { error.CategoryInfo.TargetName, error.CategoryInfo.GetMessage(CultureInfo.InvariantCulture), error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction, error.Exception.ToString(), error.FullyQualifiedErrorId })
            {
                Assert.DoesNotContain(Secret, text ?? string.Empty, StringComparison.Ordinal);
            }
        }

        foreach (PSObject output in result.Output.OfType<PSObject>().Where(item => item.BaseObject.GetType().Namespace == "SsmAssociationTools"))
        {
            // What the user passed in is his; everything that is text is ours.
            IEnumerable<string> texts = output.Properties.Select(property => property.Value).OfType<string>().Append(output.ToString());
            Assert.All(texts, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
            Assert.All(new Seen(output).Issues, issue => Assert.DoesNotContain(Secret, $"{issue} {issue["Value"]} {issue["Path"]}", StringComparison.Ordinal));
        }
    }
}
