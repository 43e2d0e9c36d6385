using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>What the search for credentials and Region sees of the process and the machine. Read anew for each connection.</summary>
internal sealed class MachineEnvironment
{
    /// <summary>Reads an environment variable; null where it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The time, in UTC.</summary>
    public Func<DateTime> UtcNow { get; init; } = static () => SystemTime.UtcNow;

    /// <summary>Waits between two attempts.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;

    /// <summary>Waits for the time that a credential_process may take.</summary>
    public Func<TimeSpan, CancellationToken, Task> ProgramLimit { get; init; } = Task.Delay;

    /// <summary>Reads an environment variable that counts only where it holds something.</summary>
    public string? Variable(string name)
    {
        string? value = Environment(name);
        return string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
    }

    /// <summary>
    /// The folders that may stand for ~. The AWS tools do not agree on one where HOME and USERPROFILE differ, so a file is
    /// looked for in each.
    /// </summary>
    public IReadOnlyList<string> HomeFolders()
    {
        var folders = new List<string>();
        foreach (string variable in new[] { "HOME", "USERPROFILE" })
        {
            if (Variable(variable) is { } folder && !folders.Contains(folder))
            {
                folders.Add(folder);
            }
        }

        if (folders.Count == 0 && System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile) is { Length: > 0 } profile)
        {
            folders.Add(profile);
        }

        return folders;
    }
}
