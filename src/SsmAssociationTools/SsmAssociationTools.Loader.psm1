# Every import runs this, and a session that starts cold pays for each construct in it. So it has few of them, and what is
# seldom needed stands in script blocks, which cost nothing until they run. Types are not named anywhere: PowerShell looks for
# them when it reads the script, also in blocks that never run.

# The runtime keeps the assembly that it has, so importing another copy would only seem to do so, and PowerShell would complain
# of every single type that both describe.
if ($loaded = Microsoft.PowerShell.Core\Get-Module -Name SsmAssociationTools) {
    & {
        $message = "Another copy of this module is loaded, from $($loaded.ModuleBase). Go on with that one, or start a new session for the other."
        if ($exception = $message -as 'System.InvalidOperationException') { throw $exception }
        throw $message
    }
}

# Compiled ahead for the platform, or portable. Windows PowerShell has none of these variables, of which strict mode complains.
$build = 'net472'
try {
    if ($IsLinux) { $build = 'linux-x64' } elseif ($IsWindows) { $build = 'win-x64' } elseif ($IsMacOS) { $build = 'net8.0' }

    # The types come first, because PowerShell would go through those of the assembly again; and because their manifest names the
    # processor where the build is for one, so that another processor ends here. To be known before: the runtime remembers an
    # assembly that it could not load, and takes no other one of that name. -Force, because Import-Module -Force leaves what is
    # nested where it is, and the assembly has to learn of the new import.
    Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/$build/SsmAssociationTools.Types.psd1", "$PSScriptRoot/$build/SsmAssociationTools.dll" -Force -ErrorAction Stop
}
catch {
    & {
        # Another processor, or the module was built without builds for platforms.
        $portable = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
        Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/$portable/SsmAssociationTools.Types.psd1", "$PSScriptRoot/$portable/SsmAssociationTools.dll" -Force -ErrorAction Stop
        if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { $global:Error.RemoveAt(0) }
    }
}
