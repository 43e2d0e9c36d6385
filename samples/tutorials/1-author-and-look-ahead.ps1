#Requires -Version 5.1
<#
.SYNOPSIS
Tutorial 1: write associations, check them, see when they will run. Nothing is sent, and AWS is not needed.
.DESCRIPTION
Run it as it is: ./samples/tutorials/1-author-and-look-ahead.ps1. The files that it writes are in the folder of -Folder.
.EXAMPLE
./samples/tutorials/1-author-and-look-ahead.ps1 -Folder ./plan
#>
[CmdletBinding()]
param(
    # Where the files go. It is made where it is missing.
    [string] $Folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'SsmAssociationTools-tutorial')
)

$ErrorActionPreference = 'Stop'
'Tutorial 1: write associations, check them, see when they will run. Nothing is sent.'
. ([IO.Path]::Combine($PSScriptRoot, '..', 'import-module.ps1'))
$null = [IO.Directory]::CreateDirectory($Folder)

'1. An entry from parameters. The Tab key completes documents, keys of targets, schedules and more.'
$patch = New-SsmAssociationEntry -Name AWS-RunPatchBaseline -AssociationName patch-web `
    -Target @{ 'tag:Role' = 'web', 'db' } -Parameter @{ Operation = 'Install'; RebootOption = 'NoReboot' } `
    -ScheduleExpression 'cron(0 2 ? * SUN#2 *)' -ScheduleOffset 2 -ApplyOnlyAtCronInterval $true `
    -MaxConcurrency 10% -MaxErrors 5%
"   $patch"

'2. One entry for each object of the pipeline, by its properties.'
$nodes = 'i-0123456789abcdef0', 'i-0123456789abcdef1', 'i-0123456789abcdef2'
$agents = $nodes | ForEach-Object { [pscustomobject]@{ InstanceId = $_ } } |
    New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName { "agent-$($_.InstanceId)" } -ScheduleExpression 'rate(14 days)'
foreach ($agent in $agents) { "   $agent" }

'3. Into a file, and back: the same entries, each with its file and line.'
$file = [IO.Path]::Combine($Folder, 'fleet.csv')
@($patch) + @($agents) | Export-SsmAssociationEntry $file -Force
$entries = @(Import-SsmAssociationEntry $file)
"   $($entries.Count) entries, the last from $($entries[-1].Source)"

'4. What the service would refuse is known before it is asked. This one has a schedule that State Manager does not take.'
$verdict = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web'; ScheduleExpression = 'cron(0 2 ? * MON-FRI *)' } | Test-SsmAssociationEntry
foreach ($issue in $verdict.Issues) { "   $issue" }

'5. When will they run? In UTC, in local time and in words.'
foreach ($run in $patch | Get-SsmAssociationSchedule -Count 3) { "   $run" }

'6. A plan to show around: one page with the runs of the coming week.'
$plan = [IO.Path]::Combine($Folder, 'plan.html')
$entries | Test-SsmAssociationEntry | Export-SsmAssociationReport -Path $plan -Title 'Patching of the web servers'
"   $plan"

'7. And what would be sent. -WhatIf needs no credentials and no network.'
$planned = @($entries | New-SsmAssociationBatch -Region us-east-1 -WhatIf)
"   $($planned.Count) results, all $($planned[0].Status)"
