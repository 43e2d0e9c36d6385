using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>How a credential_process is started, and that it ends.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("/opt/x --a b", "/opt/x|--a|b")]
    [InlineData("\"/opt/a b/x\" --x \"a b\"", "/opt/a b/x|--x|a b")]
    [InlineData("/opt/x 'it is' \"\" a\\ b \"q\\\"q\" 'a\\b'", "/opt/x|it is||a b|q\"q|a\\b")]
    [InlineData("/opt/x --k=v", "/opt/x|--k=v")]
    [InlineData("/opt/x | jq .", null)]
    [InlineData("/opt/x > f", null)]
    [InlineData("/opt/x $HOME", null)]
    [InlineData("/opt/x \"$HOME\"", null)]
    [InlineData("/opt/x '$HOME'", "/opt/x|$HOME")]
    [InlineData("~/bin/x", null)]
    [InlineData("A=b /opt/x", null)]
    [InlineData("/opt/x \"open", null)]
    [InlineData("  ", null)]
    public void A_line_is_split_as_a_shell_would_or_left_to_one(string line, string? expected) =>
        Assert.Equal(expected, ProgramCommand.Split(line) is { } words ? string.Join('|', words) : null);

    [Fact]
    public void A_script_on_Windows_keeps_its_quotes()
    {
        ProcessStartInfo start = ProgramCommand.Start("\"C:\\a b\\x.cmd\" --x \"a b\"", isWindows: true, static _ => null);

        Assert.EndsWith("cmd.exe", start.FileName, StringComparison.Ordinal);
        Assert.Equal("/d /s /c \"\"C:\\a b\\x.cmd\" --x \"a b\"\"", start.Arguments);
    }

    [Fact]
    public void A_program_on_Windows_is_started_without_a_shell_and_gets_its_arguments_as_they_are_written()
    {
        _machine.Write("tool x.exe", string.Empty);
        string path = _machine.File("tool x.exe");

        ProcessStartInfo start = ProgramCommand.Start($"\"{path}\" --x \"a b\" c", isWindows: true, static _ => null);
        ProcessStartInfo withShell = ProgramCommand.Start($"\"{path}\" --x %USERNAME%", isWindows: true, static _ => null);

        Assert.Equal((path, "--x \"a b\" c"), (start.FileName, start.Arguments));
        Assert.EndsWith("cmd.exe", withShell.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_of_PATH_is_started_without_a_shell_and_one_of_the_current_folder_is_not_taken()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _machine.Write("tool", "#!/bin/sh\n");

        Assert.Equal(_machine.File("tool"), ProgramCommand.Start("tool a", isWindows: false, name => name == "PATH" ? ":.:" + _machine.Home : null).FileName);
        Assert.Equal("/bin/sh", ProgramCommand.Start("tool a", isWindows: false, _ => ":.").FileName);
    }

    [Fact]
    public async Task Quoted_arguments_and_paths_with_spaces_reach_the_program()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_machine.File("a b"));
        _machine.Write(Path.Combine("a b", "tool"), "#!/bin/sh\nprintf '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\"}' \"$2\" \"$#\"\n");
        File.SetUnixFileMode(Path.Combine(_machine.File("a b"), "tool"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _machine.Config($"[profile tool]\ncredential_process = \"{_machine.File("a b")}/tool\" --x \"a b\" ''\n");

        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "tool" });

        Assert.Equal(("a b", "3"), (keys.Last!.AccessKey, keys.Last.SecretKey));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_error_that_says_so()
    {
        _machine.Config("[profile tool]\ncredential_process = /no/such/tool --a\n");

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => _machine.FindAsync(new ConnectionSettings { ProfileName = "tool" }));

        Assert.Equal("NoCredentials", error.ErrorCode);
        Assert.Contains("profile 'tool'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_ended_with_what_it_started()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string mark = _machine.File("alive");
        TimeSpan limit = default;
        var program = new CredentialProgram(Endless(mark), "tool", null, new MachineEnvironment
        {
            ProgramLimit = (time, _) =>
            {
                limit = time;
                return StartedAsync(mark);
            },
        });

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => program.RunAsync(CancellationToken.None));

        Assert.Equal(TimeSpan.FromMinutes(1), limit);
        Assert.Contains("did not end within 60 seconds", error.Message, StringComparison.Ordinal);
        await AssertEndedAsync(mark);
    }

    [Fact]
    public async Task A_stop_ends_a_program_with_what_it_started()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string mark = _machine.File("alive");
        using var stop = new CancellationTokenSource();
        Task run = new CredentialProgram(Endless(mark), "tool", null, new MachineEnvironment()).RunAsync(stop.Token);
        await StartedAsync(mark);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await AssertEndedAsync(mark);
    }

    [Fact]
    public async Task A_program_that_reads_an_answer_gets_none()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _machine.Config("[profile tool]\ncredential_process = read answer || echo nobody answers >&2; exit 1\n");

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => _machine.FindAsync(new ConnectionSettings { ProfileName = "tool" }));

        Assert.Contains("nobody answers", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A shell that starts another one, which notes its id and never ends.</summary>
    private static string Endless(string mark) => $"sh -c 'echo $$ > {mark}; while :; do sleep 0.1; done' & wait";

    private static async Task StartedAsync(string mark)
    {
        // The shell makes the file before it writes the line.
        while (!File.Exists(mark) || !File.ReadAllText(mark).EndsWith('\n'))
        {
            await Task.Delay(20);
        }
    }

    private static async Task AssertEndedAsync(string mark)
    {
        int id = int.Parse(File.ReadAllText(mark), System.Globalization.CultureInfo.InvariantCulture);
        while (IsRunning(id))
        {
            await Task.Delay(20);
        }
    }

    private static bool IsRunning(int id)
    {
        // An ended process that nobody has asked about is still listed, as a zombie.
        string file = $"/proc/{id}/stat";
        try
        {
            return File.Exists(file) && !File.ReadAllText(file).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
