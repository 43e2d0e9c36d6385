#Requires -Version 5.1
<#
.SYNOPSIS
Makes a shell to play in: the module is loaded, and an endpoint of this process answers instead of AWS.
.DESCRIPTION
Start it with -NoExit, so that the shell stays. Every cmdlet that calls the service reaches the endpoint without
parameters; nothing leaves this machine, and all is gone when the shell ends. $endpoint says what was called, and
$fleet holds the lines of samples/fleet.jsonl.
.EXAMPLE
dotnet pwsh -NoExit samples/playground.ps1
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalVars', '', Justification = 'They are for the session that stays.')]
param()

. (Join-Path $PSScriptRoot 'import-module.ps1')

$global:endpoint = Start-SsmLocalEndpoint -Region eu-north-1
$global:fleet = @(Get-Content -LiteralPath (Join-Path $PSScriptRoot 'fleet.jsonl') -Encoding UTF8)

# All cmdlets of the module that take a connection get this one, until the shell ends.
foreach ($command in Get-Command -Module SsmAssociationTools -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('EndpointUrl') }) {
    foreach ($name in $endpoint.Connection.Keys) { $global:PSDefaultParameterValues["$($command.Name):$name"] = $endpoint.Connection[$name] }
}

# The menu shows for each value what it is. PowerShell alone, elsewhere than on Windows, shows a bare list.
if (Get-Module PSReadLine) { Set-PSReadLineKeyHandler -Key Tab -Function MenuComplete }

@"
SsmAssociationTools $((Get-Module SsmAssociationTools).Version) is loaded.
An endpoint in this process answers instead of AWS. Try:

  # What is wrong with the fleet, without sending it
  `$fleet | Test-SsmAssociationEntry

  # Send it; every mistake is a result and an error
  `$results = `$fleet | New-SsmAssociationBatch

  # What exists there now, and when it runs
  Get-SsmAssociationEntry | Get-SsmAssociationSchedule -Count 1

  # Tab completes documents, targets, schedules and parameters
  New-SsmAssociationEntry -Name AWS-RunP

"@
