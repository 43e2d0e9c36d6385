#Requires -Version 5.1
<#
.SYNOPSIS
Tutorial 5: a week in the life of a fleet: plan, apply, an edit by hand in between, converge, and take it back.
.DESCRIPTION
Works against an endpoint in this process, so AWS is not needed. Its clock stands still and is put forward day by day.
.PARAMETER Folder
Folder for the file of the fleet, the approved plan and the page that shows it. Default: a temporary folder, removed at the end.
.EXAMPLE
./samples/tutorials/5-a-week-of-a-fleet.ps1 -Folder ./week
#>
[CmdletBinding()]
param([string] $Folder)

$ErrorActionPreference = 'Stop'
'Tutorial 5: a week of a fleet. An endpoint in this process answers instead of AWS.'
. ([IO.Path]::Combine($PSScriptRoot, '..', 'import-module.ps1'))

$isTemporary = -not $Folder
if ($isTemporary) { $Folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()) }
$null = New-Item -ItemType Directory -Path $Folder -Force
$endpoint = Start-SsmLocalEndpoint -Clock 2027-03-01T08:00:00Z -ClockSpeed 0
try {
    $connection = $endpoint.Connection
    $fleet = Join-Path $Folder 'fleet.csv'
    function Write-Fleet([string[]] $Rows) {
        @('AssociationName,Name,Targets,ScheduleExpression,ApplyOnlyAtCronInterval,MaxErrors,Parameters') + $Rows | Set-Content -Path $fleet
    }

    '1. Monday: the fleet is a file. The plan says what would be done, and calls nothing that changes.'
    Write-Fleet @(
        'agent-update,AWS-UpdateSSMAgent,InstanceIds=*,rate(14 days),,10%,'
        'patch-scan,AWS-RunPatchBaseline,tag:Env=prod,cron(0 2 ? * SUN *),true,10%,Operation=Scan'
        'patch-test,AWS-RunPatchBaseline,tag:Env=test,cron(0 4 ? * SAT *),true,50%,Operation=Install')
    $plan = @(Import-SsmAssociationEntry -Path $fleet | Compare-SsmAssociationEntry @connection)
    foreach ($line in $plan) { "   $line" }

    '2. Apply it. A second run finds everything as it should be and changes nothing.'
    foreach ($run in 1, 2) {
        $results = @(Import-SsmAssociationEntry -Path $fleet | Sync-SsmAssociationBatch @connection -Force)
        "   run $run`: $(@($results | Group-Object Status | ForEach-Object { "$($_.Count) $($_.Name)" }) -join ', ')"
    }

    '3. Wednesday: the file moves on. One schedule changes, one association goes, one comes. The plan is a page for those who approve it.'
    $endpoint.Advance([timespan]::FromDays(2))
    Write-Fleet @(
        'agent-update,AWS-UpdateSSMAgent,InstanceIds=*,rate(14 days),,10%,'
        'patch-scan,AWS-RunPatchBaseline,tag:Env=prod,cron(0 3 ? * SUN *),true,5%,Operation=Scan'
        'disk-check,AWS-RunShellScript,tag:Env=prod,rate(1 day),,10%,commands=df -h')
    $plan = @(Import-SsmAssociationEntry -Path $fleet | Compare-SsmAssociationEntry @connection)
    $plan | Export-SsmAssociationReport -Path (Join-Path $Folder 'plan.html') -Title 'Changes of Wednesday'
    $plan | Export-Clixml -Path (Join-Path $Folder 'plan.xml')
    foreach ($line in $plan) { "   $line" }

    '4. Thursday: somebody edits patch-scan by hand. The approved plan is carried out, but for the row that the fleet moved away from.'
    $endpoint.Advance([timespan]::FromDays(1))
    $scan = $plan | Where-Object AssociationName -EQ 'patch-scan'
    $null = @{ AssociationId = $scan.AssociationId; MaxConcurrency = '2' } | Update-SsmAssociationBatch @connection -Force
    $approved = Import-Clixml -Path (Join-Path $Folder 'plan.xml')
    $results = @($approved | Sync-SsmAssociationBatch @connection -Prune -Scope 'patch-*' -Force -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
    foreach ($result in $results) { "   $($result.Status) $($result.AssociationName)$(if ($result.ErrorCode) { ': ' + $result.ErrorCode })" }

    '5. Friday: the edit was a mistake. Converge: what differs gets the content of the file, and what nobody wants goes.'
    $endpoint.Advance([timespan]::FromDays(1))
    $results = @(Import-SsmAssociationEntry -Path $fleet | Sync-SsmAssociationBatch @connection -Prune -Scope 'patch-*' -Force)
    foreach ($result in $results | Where-Object Status -NE 'Existing') { "   $($result.Status) $($result.AssociationName) $(if ($result.Status -eq 'Updated') { "version $($result.PreviousVersion) to $($result.AssociationVersion)" })" }

    '6. Or it was not: take back what the run changed. The version before is restored with all its members.'
    $back = @($results | Where-Object Status -EQ 'Updated' | Update-SsmAssociationBatch @connection -Revert -Force)
    foreach ($result in $back) { "   $($result.Status) $($result.AssociationName) to version $($result.AssociationVersion)" }
    $now = Get-SsmAssociationEntry @connection -AssociationId $scan.AssociationId
    "   patch-scan has MaxConcurrency $($now.Entry.MaxConcurrency) again, as it was edited by hand"
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
    if ($isTemporary) { Remove-Item -LiteralPath $Folder -Recurse -Force }
}
