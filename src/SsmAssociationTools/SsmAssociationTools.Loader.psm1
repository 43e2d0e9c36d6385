# The runtime keeps the assembly that it has, so importing another copy would only seem to do so, and PowerShell would complain
# of every single type that both describe. Asked here, because a question of the assembly would cost a pipeline of its own.
if ($loaded = Microsoft.PowerShell.Core\Get-Module -Name SsmAssociationTools) {
    throw [System.InvalidOperationException] "Another copy of this module is loaded, from $($loaded.ModuleBase). Go on with that one, or start a new session for the other."
}

# The build that starts fastest in this shell: compiled ahead where there is such a build for the platform. A runtime that does
# not take the native code in it runs its program all the same.
$build = 'net472'
if ($PSEdition -ne 'Desktop') {
    $build = 'net8.0'
    try {
        if ([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64') {
            if ($IsWindows) { $build = 'win-x64' } elseif ($IsLinux) { $build = 'linux-x64' }
        }
    }
    catch {
        # A session may forbid the question.
        $build = 'net8.0'
    }
}

# Before the assembly, because PowerShell goes through its types once more for every later change. -Force, because
# Import-Module -Force leaves what is nested where it is, and the assembly has to learn of the new import.
Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/../types/SsmAssociationTools.Types.psd1" -Force -ErrorAction Stop
try {
    Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/$build/SsmAssociationTools.dll" -Force -ErrorAction Stop
}
catch {
    Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/net8.0/SsmAssociationTools.dll" -Force -ErrorAction Stop
}
