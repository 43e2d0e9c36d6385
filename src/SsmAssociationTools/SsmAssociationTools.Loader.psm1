# Loads the build of the module that starts fastest in this shell: code that was compiled ahead for its runtime and platform,
# where there is some, and the portable build everywhere else.
$build = 'net8.0'
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

Microsoft.PowerShell.Core\Import-Module -Name "$PSScriptRoot/$build/SsmAssociationTools.dll" -ErrorAction Stop
