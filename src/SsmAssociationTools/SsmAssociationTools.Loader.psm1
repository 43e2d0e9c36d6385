# The runtime keeps the assembly that it has, so importing another copy would only seem to do so, and PowerShell would complain
# of every single type that both describe. Asked here, because a question of the assembly would cost a pipeline of its own.
foreach ($loaded in Microsoft.PowerShell.Core\Get-Module -Name SsmAssociationTools) {
    throw [System.InvalidOperationException]::new(
        "Another copy of this module is loaded, from $($loaded.ModuleBase). Go on with that one, or start a new session for the other.")
}

# The build that starts fastest in this shell: code that was compiled ahead for its runtime and platform, where there is some.
$build = if ($PSEdition -eq 'Desktop') { 'net472' } else { 'net8.0' }
if ($build -eq 'net8.0') {
    try {
        $architecture = [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture
        $platform = if ($IsWindows) { "win-$architecture" } elseif ($IsLinux) { "linux-$architecture" } else { 'other' }
        $platform = $platform.ToLowerInvariant()
        if ([System.Environment]::Version.Major -eq 10 -and [System.IO.File]::Exists("$PSScriptRoot/$platform/SsmAssociationTools.dll")) {
            $build = $platform
        }
    }
    catch {
        # Constrained language forbids the question.
        $build = 'net8.0'
    }
}

# Import-Module -Force leaves what is nested where it is; -Force here tells the assembly of the new import.
Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/$build/SsmAssociationTools.dll" -Force -ErrorAction Stop
