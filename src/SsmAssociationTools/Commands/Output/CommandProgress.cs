using System;
using System.Management.Automation;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Writes the progress of a command: a few updates a second at most, none where nobody looks on, and its end.</summary>
internal sealed class CommandProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(300);

    private readonly PSCmdlet _command;
    private readonly bool _isShown;
    private DateTime _last;
    private bool _hasBegun;

    /// <summary>Makes the progress of a command.</summary>
    /// <param name="isShownAtOnce">True shows the first update at once; false only that of a command that takes a while.</param>
    public CommandProgress(PSCmdlet command, bool isShownAtOnce)
    {
        _command = command;
        _isShown = !RunbookHost.IsOne(command);
        _last = isShownAtOnce ? DateTime.MinValue : SystemTime.UtcNow;
    }

    /// <summary>Shows an update, unless the last one was just now.</summary>
    public void Show(Func<DateTime, ProgressRecord> describe)
    {
        DateTime now = SystemTime.UtcNow;
        if (_isShown && now - _last >= s_interval)
        {
            _last = now;
            _hasBegun = true;
            _command.WriteProgress(describe(now));
        }
    }

    /// <summary>Ends what was shown.</summary>
    public void End()
    {
        if (_hasBegun)
        {
            _command.WriteProgress(new ProgressRecord(1, _command.MyInvocation.MyCommand.Name, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
