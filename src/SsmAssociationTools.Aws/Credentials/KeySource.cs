using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>A place that keys come from.</summary>
internal sealed class KeySource
{
    public KeySource(string description, Func<CancellationToken, Task<AccessKeys>> read, TimeSpan? askAgainAfter = null)
    {
        Description = description;
        Read = read;
        AskAgainAfter = askAgainAfter;
    }

    /// <summary>What it is, for verbose text; holds no secret.</summary>
    public string Description { get; }

    /// <summary>Asks the source.</summary>
    public Func<CancellationToken, Task<AccessKeys>> Read { get; }

    /// <summary>How long its keys are kept at most; null until they expire.</summary>
    public TimeSpan? AskAgainAfter { get; }

    /// <summary>Makes a source of keys that stay as they are.</summary>
    public static KeySource Fixed(string description, AccessKeys keys) => new(description, _ => Task.FromResult(keys));
}
