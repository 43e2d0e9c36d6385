using System;
using System.IO;
using System.Runtime.InteropServices;

namespace SsmAssociationTools.Staging;

/// <summary>
/// Which of the builds in the stage a process gets. The loader decides it, in few words of its own because every import pays
/// for them; here it is said for the tests and the benchmark, and a test holds that they say the same.
/// </summary>
internal static class StagedBuild
{
    /// <summary>The build that fits everywhere but Windows PowerShell.</summary>
    public const string Portable = "net8.0";

    /// <summary>The builds that are compiled ahead, as ReadyToRun.targets makes them.</summary>
    public static readonly string[] Ahead = ["linux-x64", "win-x64"];

    /// <summary>The folder that the loader takes in this process.</summary>
    /// <param name="stage">The staged module's folder. Without builds for platforms it has the portable one alone.</param>
    public static string FolderOfThisProcess(string stage)
    {
        string platform = OperatingSystem.IsLinux() ? "linux-x64" : OperatingSystem.IsWindows() ? "win-x64" : Portable;
        string folder = Path.Combine(stage, "bin", RuntimeInformation.ProcessArchitecture == Architecture.X64 ? platform : Portable);
        return Path.GetFullPath(Directory.Exists(folder) ? folder : Path.Combine(stage, "bin", Portable));
    }
}
