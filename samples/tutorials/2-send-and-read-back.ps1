#Requires -Version 5.1
<#
.SYNOPSIS
Tutorial 2: send a file of associations, deal with what fails, read back what exists and keep a backup.
.DESCRIPTION
Works against an endpoint in this process, so AWS is not needed. With an account of your own, leave out the endpoint and
@connection, and give -Region.
.EXAMPLE
./samples/tutorials/2-send-and-read-back.ps1 -Folder ./run
#>
[CmdletBinding()]
param(
    # Where the files go. It is made where it is missing.
    [string] $Folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'SsmAssociationTools-tutorial')
)

$ErrorActionPreference = 'Stop'
'Tutorial 2: send, deal with failures, read back. An endpoint in this process answers instead of AWS.'
. ([IO.Path]::Combine($PSScriptRoot, '..', 'import-module.ps1'))
$null = [IO.Directory]::CreateDirectory($Folder)
$journal = [IO.Path]::Combine($Folder, "run-$([guid]::NewGuid()).journal")

# It throttles, as the service does, and one answer in ten is lost after the associations were created.
$endpoint = Start-SsmLocalEndpoint -Fault 'CreateAssociationBatch always rate-limit per-second=20 burst=4', 'CreateAssociationBatch 10% reset acted=yes' -Seed 7
try {
    $connection = $endpoint.Connection
    $rows = 1..120 | ForEach-Object {
        [pscustomobject]@{
            Name               = if ($_ -eq 50) { 'AWS-NoSuchDocument' } else { 'AWS-RunPatchBaseline' }
            AssociationName    = "patch-group-$_"
            Targets            = "tag:PatchGroup=group-$_"
            Parameters         = 'Operation=Scan'
            ScheduleExpression = if ($_ -eq 70) { 'rate(5 minutes)' } else { 'rate(1 day)' }
        }
    }

    '1. Send. Every row has one result, whatever happens on the way. The endpoint throttles, so this takes a while.'
    $results = @($rows | New-SsmAssociationBatch @connection -JournalPath $journal -ErrorAction SilentlyContinue)
    $created = @($results | Where-Object Status -EQ Created)
    "   $($rows.Count) rows, $($results.Count) results, $($created.Count) created, $($endpoint.AssociationCount) associations exist"

    '2. What failed says why, and what to do.'
    foreach ($failure in $results | Where-Object Status -NE Created) {
        "   $($failure.AssociationName): $($failure.Status), $($failure.ErrorCode). $($failure.RecommendedAction)"
    }

    '3. The same command again: the journal knows what is there, so nothing is created twice.'
    $again = @($rows | New-SsmAssociationBatch @connection -JournalPath $journal -ErrorAction SilentlyContinue)
    "   $($again.Count) results, $($endpoint.AssociationCount) associations exist"

    '4. Read back what the Region has, whole, and keep it: a backup is a file of entries.'
    $existing = @(Get-SsmAssociationEntry @connection -Name AWS-RunPatchBaseline)
    $backup = [IO.Path]::Combine($Folder, 'backup.jsonl')
    $existing | Export-SsmAssociationEntry $backup -Force
    "   $($existing.Count) associations, $([IO.File]::ReadAllLines($backup).Count) lines in the backup"

    '5. A report of the run.'
    $report = [IO.Path]::Combine($Folder, 'run.html')
    $results | Export-SsmAssociationReport -Path $report -Title 'First run'
    "   $report"
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
}
