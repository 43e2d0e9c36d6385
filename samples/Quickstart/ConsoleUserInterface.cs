using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace SsmAssociationTools.Quickstart;

/// <summary>Writes what a script shows to the console: errors to standard error, all else to standard output, in pwsh's colours.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private const string NoQuestions = "The quickstart cannot ask questions. Run its script in pwsh.";

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface();

    /// <summary>
    /// Whether tables are styled with escape sequences: on a terminal that reads them. The Windows console does so only
    /// after it was asked to, so it gets plain text.
    /// </summary>
    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected && !OperatingSystem.IsWindows() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc/>
    public override void Write(string value) => Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal));

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Coloured(foregroundColor, () => Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => Console.Out.WriteLine(GetOutputString(value, SupportsVirtualTerminal));

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Coloured(ConsoleColor.Red, () => Console.Error.WriteLine(GetOutputString(value, supportsVirtualTerminal: false)));

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteLine(ConsoleColor.Yellow, "WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteLine(ConsoleColor.Yellow, "VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteLine(ConsoleColor.Yellow, "DEBUG: " + message);

    /// <summary>Shows nothing: a bar would have to be drawn over the lines that are written meanwhile.</summary>
    /// <param name="sourceId">Who reports.</param>
    /// <param name="record">How far it is.</param>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    /// <inheritdoc/>
    public override string ReadLine() => Console.In.ReadLine() ?? string.Empty;

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw new PSNotSupportedException(NoQuestions);

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new PSNotSupportedException(NoQuestions);

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new PSNotSupportedException(NoQuestions);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new PSNotSupportedException(NoQuestions);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new PSNotSupportedException(NoQuestions);

    private static void WriteLine(ConsoleColor colour, string text) => Coloured(colour, () => Console.Out.WriteLine(GetOutputString(text, supportsVirtualTerminal: false)));

    private static void Coloured(ConsoleColor colour, Action write)
    {
        if (Console.IsOutputRedirected)
        {
            write();
            return;
        }

        Console.ForegroundColor = colour;
        try
        {
            write();
        }
        finally
        {
            Console.ResetColor();
        }
    }
}
