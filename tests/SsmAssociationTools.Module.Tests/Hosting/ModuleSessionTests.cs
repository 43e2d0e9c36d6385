using System.Linq;
using System.Threading;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>What the other tests rely on: the session shows what a user of PowerShell would see.</summary>
public sealed class ModuleSessionTests
{
    [Fact]
    public void Streams_are_kept_apart_and_complete()
    {
        using var session = ModuleSession.WithoutModule();

        ScriptResult result = session.Run("1; $PSCmdlet; & { [CmdletBinding()] param() $PSCmdlet.WriteWarning('w'); $PSCmdlet.WriteVerbose('v'); $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new('e'), 'Id', 'InvalidData', $null)); 2 } -Verbose");

        Assert.Equal([1, 2], result.OutputOf<int>());
        Assert.Equal(["w"], result.Warnings);
        Assert.Equal(["v"], result.Verbose);
        Assert.Equal("Id", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Null(result.TerminatingError);
        Assert.False(result.WasStopped);
    }

    [Fact]
    public void Output_before_a_terminating_error_is_not_lost()
    {
        using var session = ModuleSession.WithoutModule();

        ScriptResult result = session.Run("1; throw 'the end'; 2");

        Assert.Equal([1], result.OutputOf<int>());
        Assert.Equal("the end", result.TerminatingError!.Exception.Message);
        Assert.Contains("the end", result.AllText(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Input_reaches_the_script_and_variables_stay()
    {
        using var session = ModuleSession.WithoutModule();
        session.SetVariable("factor", 10);

        session.Run("$sum = 0; foreach ($item in $input) { $sum += $item * $factor }", [1, 2, 3]).WithoutErrors();

        Assert.Equal([60], session.Run("$sum").OutputOf<int>());
    }

    [Fact]
    public void Questions_get_the_answers_of_the_test_in_their_order()
    {
        using var session = ModuleSession.WithoutModule();
        session.Answer(0, 2);

        ScriptResult result = session.Run("& { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('first', 'Touch'); $PSCmdlet.ShouldProcess('second', 'Touch') }").WithoutErrors();

        Assert.Equal([true, false], result.OutputOf<bool>());
        Assert.Equal([0, 2], result.Prompts.Select(prompt => prompt.Answer));
        Assert.Contains("second", result.Prompts[1].Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_lines_are_found_in_the_text_of_the_host()
    {
        using var session = ModuleSession.WithoutModule();

        ScriptResult result = session.Run("& { [CmdletBinding(SupportsShouldProcess)] param() $PSCmdlet.ShouldProcess('it', 'Touch') } -WhatIf").WithoutErrors();

        Assert.Equal([false], result.OutputOf<bool>());
        Assert.Contains("\"Touch\" on target \"it\"", Assert.Single(result.WhatIf), System.StringComparison.Ordinal);
        Assert.Empty(session.Run("1").HostText);
    }

    [Fact]
    public void A_running_script_can_be_stopped_and_keeps_its_output()
    {
        using var session = ModuleSession.WithoutModule();
        using RunningScript running = session.Start("1; while ($true) { }");
        SpinWait.SpinUntil(() => running.OutputSoFar.Count > 0);

        ScriptResult result = running.Stop();

        Assert.True(result.WasStopped);
        Assert.Equal([1], result.OutputOf<int>());
        Assert.Equal([2], session.Run("2").OutputOf<int>());
    }

    [Fact]
    public void Rendered_text_is_what_a_console_shows()
    {
        using var session = ModuleSession.WithoutModule();

        string text = session.Render("[pscustomobject]@{ Name = 'a'; Size = 1 }");

        Assert.Equal(["Name Size", "---- ----", "a       1"], text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
    }

    [Fact]
    public void Scripts_run_in_English_whatever_the_culture_of_the_tests()
    {
        using var session = ModuleSession.WithoutModule();

        ScriptResult result = session.Run("[cultureinfo]::CurrentCulture.Name; [cultureinfo]::CurrentUICulture.Name").WithoutErrors();

        Assert.Equal(["en-US", "en-US"], result.OutputOf<string>());
    }

    [Fact]
    public void A_fresh_process_runs_the_script_with_the_module()
    {
        FreshProcessResult result = FreshProcess.Run("(Get-Module).Name; throw 'the end'");

        Assert.Contains("SsmAssociationTools", result.Output);
        Assert.Equal(["the end"], result.Errors);
        Assert.Contains(result.Assemblies, assembly => assembly is { Name: "SsmAssociationTools", Context: "Default" });
    }
}
