# Every import runs this, and a session that starts cold pays for each construct in it. So it has few of them, and what is
# seldom needed stands in script blocks, which cost nothing until they run.

# The runtime keeps the assembly that it has, so importing another copy would only seem to do so, and PowerShell would complain
# of every single type that both describe.
if ($loaded = Microsoft.PowerShell.Core\Get-Module -Name SsmAssociationTools) {
    & { throw [System.InvalidOperationException] "Another copy of this module is loaded, from $($loaded.ModuleBase). Go on with that one, or start a new session for the other." }
}

# Compiled ahead for the platform, or portable. To be known before: the runtime remembers an assembly that it could not load, and
# takes no other one of that name. Windows PowerShell has none of these variables, of which strict mode complains.
$build = 'net472'
try {
    if ($IsLinux) { $build = 'linux-x64' } elseif ($IsWindows) { $build = 'win-x64' } elseif ($IsMacOS) { $build = 'net8.0' }
    if ($build -ne 'net472' -and [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -ne 'X64') { $build = 'net8.0' }

    # The types come first, because PowerShell would go through those of the assembly again. -Force, because Import-Module -Force
    # leaves what is nested where it is, and the assembly has to learn of the new import.
    Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/../types/SsmAssociationTools.Types.psd1", "$PSScriptRoot/$build/SsmAssociationTools.dll" -Force -ErrorAction Stop
}
catch {
    & {
        # The module was built without builds for platforms, or a session forbids the questions.
        $portable = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
        Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/../types/SsmAssociationTools.Types.psd1", "$PSScriptRoot/$portable/SsmAssociationTools.dll" -Force -ErrorAction Stop
        if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { $global:Error.RemoveAt(0) }
    }
}
