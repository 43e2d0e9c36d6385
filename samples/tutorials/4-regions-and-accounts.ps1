#Requires -Version 5.1
<#
.SYNOPSIS
Tutorial 4: several Regions and accounts with one command, a copy of a fleet's associations, and a file shared by machines.
.DESCRIPTION
Works against an endpoint in this process, which has associations for every Region and account and lets every role be
assumed. AWS is not needed.
.EXAMPLE
./samples/tutorials/4-regions-and-accounts.ps1
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
'Tutorial 4: several Regions and accounts. An endpoint in this process answers instead of AWS.'
. ([IO.Path]::Combine($PSScriptRoot, '..', 'import-module.ps1'))

$endpoint = Start-SsmLocalEndpoint
try {
    $connection = $endpoint.Connection
    $connection.Remove('Region')
    $entries = 1..10 | ForEach-Object {
        New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName "agent-$_" -Target "tag:Wave=$_" -ScheduleExpression 'rate(14 days)'
    }

    '1. Every entry to two Regions of two accounts: one role for each account.'
    $roles = 'arn:aws:iam::111122223333:role/Operations', 'arn:aws:iam::444455556666:role/Operations'
    $results = @($entries | New-SsmAssociationBatch @connection -Region us-east-1, eu-west-1 -RoleArn $roles)
    foreach ($result in $results[0..3]) { "   $($result.Status) $($result.AssociationName) in $($result.Region) of $($result.AccountId)" }
    "   $($results.Count) results"

    '2. Copy what one Region has to another one.'
    $copies = @(Get-SsmAssociationEntry @connection -Region us-east-1 -RoleArn $roles[0] | New-SsmAssociationBatch @connection -Region ap-south-1)
    "   $($copies.Count) copies, the first is $($copies[0].AssociationName) in $($copies[0].Region)"

    '3. One input, four machines: each takes its part, and together they send it once.'
    $counts = foreach ($part in 1..4) {
        @($entries | New-SsmAssociationBatch @connection -Region eu-north-1 -Shard "$part/4").Count
    }
    $sum = 0
    foreach ($count in $counts) { $sum += $count }
    "   $($counts -join ' + ') = $sum"
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
}
