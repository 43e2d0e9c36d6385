#Requires -Version 5.1
<#
.SYNOPSIS
Tutorial 6: did it apply? Send, follow, find the nodes that failed, fix them, and run again.
.DESCRIPTION
Works against an endpoint in this process with simulated nodes, so AWS is not needed. Takes about half a minute, because runs
take their time.
.PARAMETER Folder
Where the report goes. Default: a folder for temporary files.
.EXAMPLE
./samples/tutorials/6-run-and-follow.ps1
#>
[CmdletBinding()]
param([string] $Folder = [IO.Path]::GetTempPath())

$ErrorActionPreference = 'Stop'
'Tutorial 6: did it apply? An endpoint in this process answers instead of AWS, and its nodes are simulated.'
. ([IO.Path]::Combine($PSScriptRoot, '..', 'import-module.ps1'))

# Four nodes: on one the document fails, and one is switched off.
$nodes = @(
    @{ Id = 'i-0a000000000000001'; Tags = @{ Role = 'web' } }
    @{ Id = 'i-0a000000000000002'; Tags = @{ Role = 'web' }; Outcomes = 'Failed' }
    @{ Id = 'i-0a000000000000003'; Tags = @{ Role = 'db' } }
    @{ Id = 'i-0a000000000000004'; Tags = @{ Role = 'store' }; Offline = $true }
)
$endpoint = Start-SsmLocalEndpoint -Node $nodes
try {
    $connection = $endpoint.Connection

    '1. Send three associations. That they were created says nothing of the nodes.'
    $results = @(
        foreach ($role in 'web', 'db', 'store') {
            New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName "agent-$role" -Target "tag:Role=$role" -ScheduleExpression 'rate(7 days)'
        }
    ) | New-SsmAssociationBatch @connection
    foreach ($result in $results) { "   $($result.Status) $($result.AssociationName)" }

    '2. Look at once: nobody has picked them up yet. The service already says Success.'
    foreach ($outcome in $results | Get-SsmAssociationOutcome @connection) { "   $($outcome.Status) $($outcome.AssociationName)" }

    '3. Wait until each is decided. Ten seconds are enough to pick one up here; five minutes is what nodes get otherwise.'
    $outcomes = @($results | Get-SsmAssociationOutcome @connection -Wait -ReachTimeout 10 -Detailed -ErrorAction SilentlyContinue)
    foreach ($outcome in $outcomes) { "   $($outcome.Status) $($outcome.AssociationName) $($outcome.Counts)".TrimEnd() }

    '4. Which nodes failed, and where is their output? Get-SSMCommandInvocation of AWS.Tools shows it by these two ids.'
    foreach ($node in $outcomes.Nodes) { "   $($node.ResourceId) $($node.Status), output $($node.OutputSourceId)" }

    '5. Fix the node, switch the other one on, and run again what failed: exactly these runs are followed.'
    $endpoint.SetNode(@{ Id = 'i-0a000000000000002'; Tags = @{ Role = 'web' } })
    $endpoint.SetNode(@{ Id = 'i-0a000000000000004'; Tags = @{ Role = 'store' } })
    $again = @(
        $outcomes | Where-Object Status -In 'Failed', 'ReachedNobody' |
            Start-SsmAssociationBatch @connection |
            Get-SsmAssociationOutcome @connection -Wait -ReachTimeout 10 -Detailed
    )
    foreach ($outcome in $again) { "   $($outcome.Status) $($outcome.AssociationName) $($outcome.Counts)" }

    '6. For the auditors: the current state of all that exists, as one page.'
    $report = [IO.Path]::Combine($Folder, 'outcome.html')
    Get-SsmAssociationEntry @connection |
        Get-SsmAssociationOutcome @connection -AllNodes |
        Export-SsmAssociationReport -LiteralPath $report -Title 'Did it apply?' -Force
    "   $report"
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
}
