# Imports the module that "dotnet build" staged, unless the session has one already. The tutorials dot-source this file.
if (-not (Get-Module SsmAssociationTools)) {
    $samples = [IO.Path]::GetDirectoryName($PSScriptRoot)
    $out = [IO.Path]::Combine([IO.Path]::GetDirectoryName($samples), 'out', 'SsmAssociationTools')
    if (-not [IO.Directory]::Exists($out)) { throw "There is no module in $out yet. Run 'dotnet build' first." }
    $newest = $null
    foreach ($version in [IO.Directory]::GetDirectories($out)) {
        if ($null -eq $newest -or [version][IO.Path]::GetFileName($version) -gt [version][IO.Path]::GetFileName($newest)) { $newest = $version }
    }
    Import-Module ([IO.Path]::Combine($newest, 'SsmAssociationTools.psd1'))
}
