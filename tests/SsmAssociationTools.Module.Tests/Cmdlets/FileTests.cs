using System;
using System.Diagnostics;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Tests.Files;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Files of entries: what is in them comes out with its place, and what cannot be written leaves the old file.</summary>
public sealed class FileTests : IDisposable
{
    private const string Fleet = "Name,AssociationName,Targets,ScheduleExpression,Region\nAWS-UpdateSSMAgent,agent-all,InstanceIds=*,rate(14 days),\nAWS-RunPatchBaseline,patch-web,tag:Role=web,rate(29 minutes),us-east-1\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly EndpointSession _endpoint = new();

    public FileTests() => _endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.FullName);

    public void Dispose()
    {
        _endpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Entries_have_their_place_and_it_stands_in_every_problem_and_result()
    {
        Write("fleet.csv", Fleet);

        Assert.Equal(
            ["agent-all fleet.csv:2 ", "patch-web fleet.csv:3 us-east-1"],
            Run("Import-SsmAssociationEntry fleet.csv | ForEach-Object { \"$($_.AssociationName) $($_.Source) $($_.Region)\" }").WithoutErrors().OutputOf<string>());
        Assert.StartsWith(
            "Error fleet.csv:3 ScheduleExpression: ",
            Assert.Single(Run("Import-SsmAssociationEntry fleet.csv | Test-SsmAssociationEntry | ForEach-Object { $_.Issues } | Where-Object Severity -EQ Error | ForEach-Object { \"$_\" }").WithoutErrors().OutputOf<string>()),
            StringComparison.Ordinal);

        ScriptResult result = Run("Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c | ForEach-Object { \"$($_.Status) $($_.Source)\" }");

        Assert.Equal(["Created fleet.csv:2", "Invalid fleet.csv:3"], result.OutputOf<string>());
        Assert.StartsWith("Entry 1 (fleet.csv:3) (patch-web", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _endpoint.Associations);
    }

    [Fact]
    public void A_bad_row_is_an_error_with_file_line_member_and_fix_and_the_others_go_on()
    {
        Write("fleet.csv", "Name,Targets,Duration,Owner\na,tag:A=b,x,me\nb,tag:A=b,2,me\nc,tag:A=b,3,me\n");

        ScriptResult result = Run("(Import-SsmAssociationEntry fleet.csv).Name");

        Assert.Equal(["b", "c"], result.OutputOf<string>());
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("EntryNotRead,SsmAssociationTools.Commands.ImportSsmAssociationEntryCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.StartsWith("fleet.csv:2: Duration: This is not a whole number: 'x'.", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal("fleet.csv:2", error.TargetObject);
        Assert.Equal(2L, error.Exception.GetType().GetProperty("Line")!.GetValue(error.Exception));
        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith("fleet.csv:2: Owner: ", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal("2 more warnings: Owner [Input.UnknownMember] 2 (fleet.csv:3, ...).", result.Warnings[1]);
        ScriptResult strict = Run("Import-SsmAssociationEntry fleet.csv -Strict");
        Assert.Equal(3, strict.Output.Count);
        Assert.Equal(3, strict.Errors.Count);
        Assert.StartsWith("fleet.csv:3: Owner: ", strict.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_a_spreadsheet_would_run_are_written_as_text_and_come_back_as_they_were()
    {
        const string Names = "-2-3|=2+5|+cmd|@SUM(A1)|'-1|''=x|'quoted'";

        ScriptResult result = Run(
            $$"""
            $names = "{{Names}}".Split('|')
            $names | ForEach-Object { [pscustomobject]@{ Name = 'AWS-Doc'; Targets = 'tag:A=b'; AssociationName = '-2-3'; AlarmConfiguration = @{ Alarms = @{ Name = $_ } } } } | Export-SsmAssociationEntry fleet.csv
            Get-Content fleet.csv | Select-Object -Skip 1 | ForEach-Object { $_.Split(',') } | Where-Object { $_ -match "^[=+@-]" }
            'from the file'
            Import-SsmAssociationEntry fleet.csv | ForEach-Object { $_.AssociationName + ' ' + $_.AlarmConfiguration.Alarms[0].Name }
            """);

        string[] expected = Array.ConvertAll(Names.Split('|'), static name => "-2-3 " + name);
        Assert.Equal(["from the file", .. expected], result.OutputOf<string>());
    }

    [Theory]
    [InlineData("a.json", "[{\"Name\":", "FileInvalid", "a.json:1: ")]
    [InlineData("a.txt", "Name\nx\n", "FormatUnknown", "a.txt: ")]
    [InlineData("a.yaml", "Name: x\n  y: z\n", "FileInvalid", "a.yaml:2: ")]
    public void A_file_that_cannot_be_read_ends_with_one_error_and_the_next_is_read(string name, string text, string id, string start)
    {
        Write(name, text);
        Write("good.csv", Fleet);

        ScriptResult result = Run($"Import-SsmAssociationEntry {name}, missing.csv, *.none, good.csv, '.'");

        Assert.Equal(
            ["UnreadableEntry", "UnreadableEntry", "UnreadableEntry", "AssociationEntry", "AssociationEntry", "UnreadableEntry"],
            Seen.In(result).Select(item => item.Kind));
        Assert.Equal([id, "FileNotFound", "FileNotFound", "PathInvalid"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.StartsWith(start, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_and_a_file_of_another_encoding_are_read_in_a_real_engine()
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "fleet.xlsx"), new Workbook().Sheet("A", [["Name", "Targets"], ["AWS-UpdateSSMAgent", "tag:a=b"]]).Sheet("B", [["Name"], ["Mine"]]).ToArray());
        File.WriteAllBytes(Path.Combine(_folder.FullName, "ansi.csv"), [.. "Name,Targets\nAWS-UpdateSSMAgent,tag:Owner=M"u8, 0xFC, .. "ller\n"u8]);

        ScriptResult result = Run("Import-SsmAssociationEntry fleet.xlsx; Import-SsmAssociationEntry fleet.xlsx -Sheet b; Import-SsmAssociationEntry ansi.csv -Encoding windows-1252");

        Assert.Empty(result.Errors);
        Assert.Contains("'B'; -Sheet", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            ["fleet.xlsx:2 tag:a=b", "fleet.xlsx:2 ", "ansi.csv:2 tag:Owner=M\u00fcller"],
            result.Output.Select(entry => $"{entry!.Properties["Source"].Value} {string.Join("; ", (object[]?)entry.Properties["Targets"].Value ?? [])}"));
        ScriptResult unknown = Run("Import-SsmAssociationEntry ansi.csv -Encoding nothing");
        Assert.Contains("is no encoding", (unknown.TerminatingError ?? Assert.Single(unknown.Errors)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_taken_with_wildcards_literally_and_from_the_pipeline()
    {
        Write("a1.csv", Fleet);
        Write("a[1].csv", Fleet);
        Write("list.txt", "Name|MaxErrors\nx|1\n");

        Assert.Equal(["a1.csv:2", "a1.csv:3"], Sources("Import-SsmAssociationEntry 'a[1].csv'"));
        Assert.Equal(["a[1].csv:2", "a[1].csv:3"], Sources("Import-SsmAssociationEntry -LiteralPath 'a[1].csv'"));
        Assert.Equal(4, Sources("Import-SsmAssociationEntry *.csv").Count);
        Assert.Equal(["a[1].csv:2", "a[1].csv:3"], Sources("$ExecutionContext.InvokeProvider.Item.Get([string[]] 'a[1].csv', $false, $true) | Import-SsmAssociationEntry"));
        Assert.Equal(["a1.csv:2", "a1.csv:3"], Sources("'a1.csv' | Import-SsmAssociationEntry"));
        Assert.Equal(["list.txt:2"], Sources("Import-SsmAssociationEntry list.txt -Format Csv -Delimiter '|'"));
        Assert.Contains("PathInvalid", Assert.Single(Run("Import-SsmAssociationEntry Variable:\\c").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_entries_is_told()
    {
        Write("a.csv", "Name,Targets\n");
        Write("b.json", "[]");

        ScriptResult result = Run("Import-SsmAssociationEntry a.csv, b.json").WithoutErrors();

        Assert.Empty(result.Output);
        Assert.Equal(["a.csv holds no entry.", "b.json holds no entry."], result.Warnings);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("yaml")]
    [InlineData("tf")]
    public void Entries_results_and_verdicts_are_exported_and_imported(string extension)
    {
        Write("fleet.csv", Fleet);

        ScriptResult result = Run($$"""
            Import-SsmAssociationEntry fleet.csv | Export-SsmAssociationEntry one.{{extension}}
            Import-SsmAssociationEntry fleet.csv | Test-SsmAssociationEntry | Export-SsmAssociationEntry two.{{extension}}
            Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | Export-SsmAssociationEntry three.{{extension}}
            Export-SsmAssociationEntry four.{{extension}} @{ Name = 'x'; Targets = 'tag:A=b' }, 'nothing', $null
            """);

        Assert.Equal(["EntryNotExported", "EntryNotExported"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(Read("one." + extension), Read("two." + extension));
        if (extension != "tf")
        {
            // What was created has an import block there.
            Assert.Equal(Read("one." + extension), Read("three." + extension));
        }

        Assert.Equal(["agent-all ", "patch-web us-east-1"], Run($"Import-SsmAssociationEntry one.{extension} | ForEach-Object {{ \"$($_.AssociationName) $($_.Region)\" }}").WithoutErrors().OutputOf<string>());
        Assert.Equal(["x"], Run($"(Import-SsmAssociationEntry four.{extension}).Name").WithoutErrors().OutputOf<string>());
        Assert.Empty(_folder.GetFiles("*.tmp"));
    }

    [Fact]
    public void A_failed_or_stopped_export_leaves_the_old_file_and_nothing_else()
    {
        Write("out.csv", "old");
        string[] before = Files();

        Assert.NotNull(Run(EndpointSession.Tried("& { @{ Name = 'x' }; throw 'no' } | Export-SsmAssociationEntry out.csv")).TerminatingError);
        Assert.Equal("old", Read("out.csv"));
        Assert.Equal(before, Files());

        using RunningScript running = _endpoint.Session.Start("& { @{ Name = 'x' }; 'go'; while ($true) { } } | Export-SsmAssociationEntry out.csv -ErrorAction SilentlyContinue");
        System.Threading.SpinWait.SpinUntil(() => _folder.GetFiles(".*.tmp").Length > 0);
        Assert.True(running.Stop().WasStopped);
        Assert.Equal("old", Read("out.csv"));
        Assert.Equal(before, Files());

        Write("out.csv", "Name\nx\n");
        Assert.Contains("FileNotWritten", Run(EndpointSession.Tried("@{ Name = 'y'; MaxErrors = 1 } | Export-SsmAssociationEntry out.csv -Append")).TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Name\nx\n", Read("out.csv"));
        Assert.Equal(before, Files());
    }

    [Fact]
    public void NoClobber_Append_Force_and_WhatIf_do_what_Export_Csv_does()
    {
        Run("@{ Name = 'a' } | Export-SsmAssociationEntry out.jsonl -NoClobber; @{ Name = 'b' } | Export-SsmAssociationEntry out.jsonl -Append").WithoutErrors();
        Assert.Equal("{\"Name\":\"a\"}\n{\"Name\":\"b\"}\n", Read("out.jsonl"));
        Assert.Contains("FileExists", Error("@{ Name = 'c' } | Export-SsmAssociationEntry out.jsonl -NoClobber"), StringComparison.Ordinal);

        ScriptResult whatIf = Run("@{ Name = 'c' } | Export-SsmAssociationEntry out.jsonl -WhatIf; Export-SsmAssociationEntry new.csv -Template Csv -WhatIf").WithoutErrors();
        Assert.Equal(2, whatIf.WhatIf.Count);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "new.csv")));

        File.SetAttributes(Path.Combine(_folder.FullName, "out.jsonl"), FileAttributes.ReadOnly);
        Assert.Contains("FileNotWritten", Error("@{ Name = 'c' } | Export-SsmAssociationEntry out.jsonl"), StringComparison.Ordinal);
        Run("@{ Name = 'c' } | Export-SsmAssociationEntry out.jsonl -Force").WithoutErrors();
        Assert.Equal("{\"Name\":\"c\"}\n", Read("out.jsonl"));
    }

    [Fact]
    public void An_export_that_cannot_be_put_in_its_place_leaves_no_file_with_values()
    {
        ScriptResult result = Run(
            """
            1..3 | ForEach-Object {
                if ($_ -eq 2) { [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($PWD.ProviderPath, 'out.csv')) | Out-Null }
                @{ Name = 'Doc-A'; Parameters = @{ Secret = 'hunter2' } }
            } | Export-SsmAssociationEntry out.csv -ErrorAction SilentlyContinue
            """);

        Assert.Contains(result.Errors.Append(result.TerminatingError), error => error?.FullyQualifiedErrorId.StartsWith("FileNotWritten", StringComparison.Ordinal) == true);
        Assert.Empty(_folder.GetFiles("*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("@{ Name = 'Doc-A' } | Export-SsmAssociationEntry pipe.csv", "pipe.csv")]
    [InlineData("@{ Name = 'Doc-A'; Targets = 'tag:a=b' } | Test-SsmAssociationEntry | Export-SsmAssociationReport pipe.html", "pipe.html")]
    public void What_is_no_regular_file_is_not_replaced(string script, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (Process made = Process.Start("mkfifo", Path.Combine(_folder.FullName, name)))
        {
            made.WaitForExit();
        }

        ScriptResult result = Run(EndpointSession.Tried(script));

        Assert.Contains("FileNotWritten", (result.TerminatingError ?? result.Errors[0]).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(name, Assert.Single(_folder.GetFileSystemInfos()).Name);
    }

    [Theory]
    [InlineData(" : e")]
    [InlineData("a: [\n")]
    public void A_broken_YAML_file_is_an_error_with_file_and_line(string text)
    {
        Write("fleet.yaml", text);

        ErrorRecord error = Assert.Single(Run("Import-SsmAssociationEntry fleet.yaml | Out-Null").Errors);

        Assert.StartsWith("FileInvalid", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Matches(@"^fleet\.yaml:\d+: ", error.ToString());
    }

    [Theory]
    [InlineData("out.tfstate", "FormatUnknown")]
    [InlineData("out.yaml -Append", "InvalidAppend")]
    [InlineData("out.tf -As CloudFormation", "InvalidAs")]
    [InlineData("out", "FormatUnknown")]
    [InlineData("out.json -Append", "InvalidAppend")]
    [InlineData("out.csv -As Entries", "InvalidAs")]
    [InlineData("out.csv -Delimiter '\"'", "InvalidDelimiter")]
    [InlineData("no-such-folder/out.csv", "FileNotWritten")]
    [InlineData("*.none", "PathInvalid")]
    [InlineData(".", "PathInvalid")]
    [InlineData("Variable:\\x", "PathInvalid")]
    [InlineData("NoDrive:\\x", "FileNotFound")]
    public void What_cannot_be_written_ends_the_command(string arguments, string id)
    {
        Assert.StartsWith(id, Error($"@{{ Name = 'x' }} | Export-SsmAssociationEntry {arguments}"), StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public void A_link_and_the_mode_of_the_old_file_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("real.csv", "old");
        string real = Path.Combine(_folder.FullName, "real.csv");
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.csv"), real);

        Run("@{ Name = 'x' } | Export-SsmAssociationEntry link.csv").WithoutErrors();

        Assert.Equal("Name\nx\n", Read("real.csv"));
        Assert.NotNull(new FileInfo(Path.Combine(_folder.FullName, "link.csv")).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(real));
    }

    [Fact]
    public void The_document_of_the_AWS_CLI_leaves_the_Region_out_and_says_so()
    {
        ScriptResult result = Run("@{ Name = 'x'; Region = 'us-east-1' } | Export-SsmAssociationEntry out.json -As Entries").WithoutErrors();

        Assert.Single(result.Warnings);
        Assert.Equal("{\n  \"Entries\": [\n    {\n      \"Name\": \"x\"\n    }\n  ]\n}\n", Read("out.json"));
    }

    [Fact]
    public void A_verdict_keeps_the_Region_that_the_entry_names()
    {
        Assert.Equal(["us-east-1"], Run("@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b'; Region = 'us-east-1' } | Test-SsmAssociationEntry | ForEach-Object { $_.Entry.Region }").OutputOf<string>());
    }

    [Fact]
    public void The_libraries_stay_in_a_context_of_their_own()
    {
        Write("a.csv", Fleet);
        Write("b.yaml", "Name: x\n");
        FreshProcessResult result = FreshProcess.Run($"(Import-SsmAssociationEntry '{_folder.FullName}/a.csv', '{_folder.FullName}/b.yaml').Count");

        Assert.Empty(result.Errors);
        Assert.Equal(["3"], result.Output);
        Assert.All(
            result.Assemblies.Where(assembly => assembly.Name is "CsvHelper" or "YamlDotNet" or "SsmAssociationTools.Formats"),
            assembly => Assert.Equal("SsmAssociationTools", assembly.Context));
        Assert.Equal(3, result.Assemblies.Count(assembly => assembly.Name is "CsvHelper" or "YamlDotNet" or "SsmAssociationTools.Formats"));
        Assert.DoesNotContain(result.Assemblies, assembly => assembly.Name.StartsWith("AWSSDK", StringComparison.Ordinal));
    }

    private ScriptResult Run(string script) => _endpoint.Session.Run(script);

    private string Error(string script) => Run(EndpointSession.Tried(script)).TerminatingError!.FullyQualifiedErrorId;

    private IReadOnlyList<string> Sources(string script) => Run($"({script}).Source").WithoutErrors().OutputOf<string>();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));

    private string[] Files() => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
