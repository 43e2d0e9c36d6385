using System;
using System.IO;
using System.Management.Automation;

namespace SsmAssociationTools.Isolation;

/// <summary>The session still has the module, and its folder is gone or not whole: it was updated, uninstalled or copied in part.</summary>
internal sealed class ModuleFilesMissingException : IOException, IContainsErrorRecord
{
    public ModuleFilesMissingException(string folder, Exception cause)
        : base(
            $"Files of this module are missing in {folder}: it was updated or uninstalled after this session loaded it, or copied in part. Restart the session; if that does not help, install the module again.",
            cause)
    {
        ErrorRecord = new ErrorRecord(this, "ModuleFilesMissing", ErrorCategory.ResourceUnavailable, folder);
    }

    public ErrorRecord ErrorRecord { get; }
}
