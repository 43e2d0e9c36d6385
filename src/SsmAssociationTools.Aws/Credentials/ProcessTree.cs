using System;
using System.ComponentModel;
using System.Diagnostics;
#if !NET
using System.IO;
#endif

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Ends a program and all that it started.</summary>
internal static class ProcessTree
{
    public static void End(Process program)
    {
        try
        {
#if NET
            program.Kill(entireProcessTree: true);
#else
            // .NET Framework can end one process only; Windows has a program for the tree.
            string taskkill = Path.Combine(Environment.SystemDirectory, "taskkill.exe");
            if (File.Exists(taskkill))
            {
                var start = new ProcessStartInfo(taskkill, $"/T /F /PID {program.Id}") { UseShellExecute = false, CreateNoWindow = true };
                using Process? killer = Process.Start(start);
                killer?.WaitForExit(5_000);
            }

            if (!program.HasExited)
            {
                program.Kill();
            }
#endif
        }
#if NET
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
#else
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
#endif
        {
            // It has ended by itself, or will not be ended by this user.
        }
    }
}
