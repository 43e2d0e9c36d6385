using System;
using System.IO;
using System.Management.Automation;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Refuses the import of a second copy of the module. The runtime keeps the assembly that it has, so the second import
/// would only seem to be another one, and PowerShell would complain of every single type that both describe.
/// </summary>
public sealed class OneCopy : IModuleAssemblyInitializer
{
    /// <summary>Looks for a copy in the session, and stops the endpoints of one that was dropped.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public void OnImport()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Core\\Get-Module").AddParameter("Name", typeof(OneCopy).Assembly.GetName().Name);
        foreach (PSModuleInfo module in shell.Invoke<PSModuleInfo>())
        {
            throw new InvalidOperationException(
                $"Another copy of this module is loaded, from {Path.GetDirectoryName(module.Path)}. Go on with that one, or start a new session for the other.");
        }

        // Import-Module -Force drops the module without a word to the assemblies inside it.
        SessionEndpoints.StopRunning();
    }
}
