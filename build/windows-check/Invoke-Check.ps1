<#
.SYNOPSIS
Runs the specs with one version of Pester and writes what came of them into a file.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Specs,

    [Parameter(Mandatory)]
    [string] $Result
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Specs
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

$lines = @(
    foreach ($test in $run.Tests | Where-Object Result -EQ 'Failed') {
        "FAILED $($test.ExpandedPath)"
        $test.ErrorRecord | ForEach-Object { $_.DisplayErrorMessage; $_.DisplayStackTrace }
    }
    $run.FailedContainers | ForEach-Object { "FAILED $($_.Item)"; $_.ErrorRecord | ForEach-Object { "$_" } }
    $run.FailedBlocks | ForEach-Object { "FAILED $($_.ExpandedPath)"; $_.ErrorRecord | ForEach-Object { "$_" } }
    "PowerShell $($PSVersionTable.PSVersion) for $($PSVersionTable.OS), Pester $((Get-Module Pester).Version), $([int]$run.Duration.TotalSeconds) s"
    "$($run.PassedCount) passed, $($run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount) failed, $($run.SkippedCount) skipped"
)
Set-Content -LiteralPath $Result -Value $lines -Encoding utf8
exit $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
