# Imports the module that "dotnet build" staged, unless the session has one already. The samples dot-source this file.
if (-not (Get-Module SsmAssociationTools)) {
    $out = [IO.Path]::Combine((Split-Path -Parent $PSScriptRoot), 'out', 'SsmAssociationTools')
    if (-not (Test-Path -LiteralPath $out)) { throw "There is no module in $out yet. Run 'dotnet build' first." }
    $newest = Get-ChildItem -LiteralPath $out -Directory | Sort-Object { [version]$_.Name } | Select-Object -Last 1
    Import-Module (Join-Path $newest.FullName 'SsmAssociationTools.psd1')
}
