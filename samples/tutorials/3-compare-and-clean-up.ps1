#Requires -Version 5.1
<#
.SYNOPSIS
Tutorial 3: bring a Region to what a file says: create what is missing, remove what is extra, see what was changed.
.DESCRIPTION
Works against an endpoint in this process, so AWS is not needed.
.EXAMPLE
./samples/tutorials/3-compare-and-clean-up.ps1
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
'Tutorial 3: bring a Region to what is wanted. An endpoint in this process answers instead of AWS.'
. ([IO.Path]::Combine($PSScriptRoot, '..', 'import-module.ps1'))

$endpoint = Start-SsmLocalEndpoint
try {
    $connection = $endpoint.Connection
    function Get-Wanted([int] $number, [string] $errors = '5') {
        New-SsmAssociationEntry -Name AWS-RunPatchBaseline -AssociationName "patch-$number" -Target "tag:PatchGroup=group-$number" `
            -Parameter @{ Operation = 'Scan' } -ScheduleExpression 'rate(1 day)' -MaxError $errors
    }

    # What the Region has: 1 to 5, of which 5 differs from what is wanted.
    $null = @(1..4 | ForEach-Object { Get-Wanted $_ }) + @(Get-Wanted 5 -errors 10) | New-SsmAssociationBatch @connection

    '1. Wanted are 2 to 7. What does the Region have of it?'
    $wanted = 2..7 | ForEach-Object { Get-Wanted $_ }
    $comparison = @($wanted | Compare-SsmAssociationEntry @connection)
    foreach ($line in $comparison) { "   $line" }

    '2. Create what is missing. Piped in whole, the comparison creates that and nothing else.'
    $sent = @($comparison | New-SsmAssociationBatch @connection)
    foreach ($result in $sent) { "   $($result.Status) $($result.AssociationName)" }

    '3. Remove what is extra. It asks before it deletes; here the answer is given beforehand.'
    $removed = @($comparison | Remove-SsmAssociationBatch @connection -Confirm:$false)
    foreach ($result in $removed | Where-Object Status -EQ Removed) { "   Removed $($result.AssociationName) $($result.AssociationId)" }

    '4. What was changed is named member by member. An update gives it the wanted content, and keeps its id and its history.'
    $changed = $comparison | Where-Object Status -EQ Changed
    foreach ($difference in $changed.Differences) { "   $difference" }
    $updated = $changed | Update-SsmAssociationBatch @connection -Confirm:$false
    "   $($updated.Status) from version $($updated.PreviousVersion) to $($updated.AssociationVersion)"

    '5. Now all is as the file says.'
    $statuses = @($wanted | Compare-SsmAssociationEntry @connection | ForEach-Object { "$($_.Status)" })
    "   $($statuses.Count) compared, $(@($statuses | Where-Object { $_ -eq 'Same' }).Count) the same"

    '6. The way back of a whole run: its results say what to remove. What somebody changed since would stay.'
    $gone = @($sent | Remove-SsmAssociationBatch @connection -Confirm:$false)
    foreach ($result in $gone) { "   $($result.Status) $($result.AssociationName)" }
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
}
