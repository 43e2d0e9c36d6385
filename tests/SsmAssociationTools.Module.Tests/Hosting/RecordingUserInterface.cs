using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Text;
using System.Threading;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>The part of the host that talks to the user: text is kept, questions get the answers that the test has laid out.</summary>
public sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<HostPrompt> _prompts = [];
    private readonly Queue<int> _answers = new();

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUserInterface();

    /// <summary>Lays out the answers to the next questions, as indices of their choices.</summary>
    /// <param name="answers">The answers in the order of the questions.</param>
    public void Answer(params int[] answers)
    {
        lock (_lock)
        {
            foreach (int answer in answers)
            {
                _answers.Enqueue(answer);
            }
        }
    }

    /// <summary>Hands over the text written since the last call.</summary>
    /// <returns>The text, with line feeds only.</returns>
    public string TakeText()
    {
        lock (_lock)
        {
            string text = _text.ToString().ReplaceLineEndings("\n");
            _text.Clear();
            return text;
        }
    }

    /// <summary>Hands over the questions asked since the last call.</summary>
    /// <returns>The questions in their order.</returns>
    public IReadOnlyList<HostPrompt> TakePrompts()
    {
        lock (_lock)
        {
            HostPrompt[] prompts = [.. _prompts];
            _prompts.Clear();
            return prompts;
        }
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        lock (_lock)
        {
            if (!_answers.TryDequeue(out int answer))
            {
                throw new InvalidOperationException($"The test has no answer to: {caption} {message}");
            }

            _prompts.Add(new HostPrompt(caption, message, [.. choices.Select(choice => choice.Label)], answer));
            return answer;
        }
    }

    /// <inheritdoc/>
    public override void Write(string value) => Append(value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Append(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Append(value + "\n");

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Append(value + "\n");

    /// <inheritdoc/>
    public override void WriteDebugLine(string message)
    {
        // The streams of the pipeline hold it; see ScriptResult.
    }

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message)
    {
        // The streams of the pipeline hold it; see ScriptResult.
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => Append("WARNING: " + message + "\n");

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // The streams of the pipeline hold it; see ScriptResult.
    }

    /// <inheritdoc/>
    public override string ReadLine() => throw Unanswered("ReadLine");

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw Unanswered("ReadLineAsSecureString");

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Unanswered(string.Join(", ", descriptions.Select(description => description.Name)));

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw Unanswered(caption);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw Unanswered(caption);

    private static InvalidOperationException Unanswered(string question) => new($"A test has nobody who could answer: {question}");

    private void Append(string value)
    {
        lock (_lock)
        {
            // The format system colours headings by escape sequences, which the console host takes out where they are not wanted.
            _text.Append(new StringDecorated(value).ToString(OutputRendering.PlainText));
        }
    }
}
