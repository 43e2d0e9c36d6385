using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Runs the credential_process of a profile and reads its answer. A program that does not end in time is ended with all that
/// it started, and so is one whose command is stopped.
/// </summary>
internal sealed class CredentialProgram
{
    /// <summary>How long a program may take, as long as the AWS SDK that limits it (the one for Go) gives it.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>Characters of an output, at most; real ones have about a thousand.</summary>
    private const int MaxOutput = 1 << 16;

    private readonly string _command;
    private readonly string _profileName;
    private readonly string? _accountId;
    private readonly MachineEnvironment _environment;

    public CredentialProgram(string command, string profileName, string? accountId, MachineEnvironment environment)
    {
        _command = command;
        _profileName = profileName;
        _accountId = accountId;
        _environment = environment;
    }

    /// <summary>Gets keys.</summary>
    /// <exception cref="GatewayException">The program gives none.</exception>
    public async Task<AccessKeys> RunAsync(CancellationToken cancellationToken)
    {
        using Process program = Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string> output = ReadAsync(program.StandardOutput);
        Task<string> errors = ReadAsync(program.StandardError);
        Task tooLong = _environment.ProgramLimit(s_limit, limit.Token);

        // It may close its output and go on, or end and leave the output to a program that it started.
        Task ended = Task.WhenAll(output, errors, Task.Run(program.WaitForExit, CancellationToken.None));
        if (await Task.WhenAny(ended, tooLong).ConfigureAwait(false) != ended)
        {
            ProcessTree.End(program);
            cancellationToken.ThrowIfCancellationRequested();
            throw CredentialErrors.NotFound($"The credential_process of the profile '{_profileName}' did not end within {s_limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds, and was ended. Run the command by itself to see whether it waits for somebody.");
        }

        limit.Cancel();

        if (program.ExitCode != 0)
        {
            throw Failed($"It ended with exit code {program.ExitCode.ToString(CultureInfo.InvariantCulture)}. {await errors.ConfigureAwait(false)}");
        }

        return KeysOf(await output.ConfigureAwait(false));
    }

    private Process Start()
    {
        ProcessStartInfo start = ProgramCommand.Start(_command, Path.DirectorySeparatorChar == '\\', _environment.Variable);
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            Process program = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");

            // Nobody answers it.
            program.StandardInput.Dispose();
            return program;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException or PlatformNotSupportedException)
        {
            throw Failed(error.Message, error);
        }
    }

    /// <summary>Reads to the end, and keeps as much as an answer can have.</summary>
    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        char[] buffer = new char[4096];
        try
        {
            int count;
            while ((count = await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
            {
                text.Append(buffer, 0, Math.Min(count, MaxOutput - text.Length));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The program was ended; nobody reads what there is.
        }

        return text.ToString();
    }

    private AccessKeys KeysOf(string output)
    {
        if (!JsonValues.TryParse(output, out JsonElement root))
        {
            throw Failed("What it wrote is no JSON object.");
        }

        if (root.Number("Version") != 1)
        {
            throw Failed("Its answer is not of version 1.");
        }

        if (root.Text("AccessKeyId") is not { } accessKey || root.Text("SecretAccessKey") is not { } secretKey)
        {
            throw Failed("Its answer lacks a key.");
        }

        string? account = root.Text("AccountId") ?? _accountId;
        return new AccessKeys(accessKey, secretKey, root.Text("SessionToken"))
        {
            Expiration = root.Time("Expiration"),
            AccountId = Arns.IsAccount(account) ? account : null,
        };
    }

    private GatewayException Failed(string reason, Exception? cause = null) =>
        CredentialErrors.NotFound($"The credential_process of the profile '{_profileName}' gave no credentials. Run the command by itself to see why: it must write the JSON of version 1 with AccessKeyId and SecretAccessKey. {CredentialErrors.Foreign(reason)}".TrimEnd(), cause);
}
