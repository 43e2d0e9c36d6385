#Requires -Version 5.1
<#
.SYNOPSIS
Takes a fleet's associations from a file through the whole module, against an endpoint in this process.
.DESCRIPTION
Needs no AWS account, no credentials and no network. "dotnet run --project samples/Quickstart" builds the module,
restores PowerShell and runs this script in it. In a PowerShell of your own (7.4 or later, or 5.1) it runs after
"dotnet build".
.EXAMPLE
./samples/quickstart.ps1
.EXAMPLE
./samples/quickstart.ps1 -Path ./my-fleet.jsonl
#>
[CmdletBinding()]
param(
    # One association a line, as JSON with the member names of the API.
    [string] $Path = (Join-Path $PSScriptRoot 'fleet.jsonl')
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'import-module.ps1')

# Each line of text goes through the pipeline as it is: the cmdlets read JSON.
$lines = @(Get-Content -LiteralPath $Path -Encoding UTF8)

'1. Test-SsmAssociationEntry: what can be known without calling the service'
''
$timer = [Diagnostics.Stopwatch]::StartNew()
$verdicts = @($lines | Test-SsmAssociationEntry -Region eu-north-1)
$timer.Stop()
$valid = @($verdicts | Where-Object IsValid)
$warned = @($valid | Where-Object WarningCount)
'   {0} entries in {1:n0} ms: {2} valid ({3} of them with warnings), {4} with errors' -f $verdicts.Count, $timer.ElapsedMilliseconds, $valid.Count, $warned.Count, ($verdicts.Count - $valid.Count)
''

'2. New-SsmAssociationBatch: the same file, sent to an endpoint in this process'
''
# The endpoint knows common AWS documents. Documents of one's own are named.
$documents = 'Halden-LinuxBaseline', 'Halden-WindowsBaseline', 'Halden-RotateAppLogs', 'Halden-TerminalKiosk', 'Halden-DeployCertificates', 'Halden-ClockCheck'
$endpoint = Start-SsmLocalEndpoint -Region eu-north-1 -Document $documents
try {
    $connection = $endpoint.Connection

    # Every entry that was not created is a result and an error. Here the results are enough.
    $results = @($lines | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue)
    $created = @($results | Where-Object Status -EQ 'Created')
    $others = @($results | Where-Object Status -NE 'Created')

    '   The first {0} that were created, and all that were not:' -f [Math]::Min(5, $created.Count)
    $created | Select-Object -First 5
    $others

    '3. Counts by status'
    ''
    $results | Group-Object Status -NoElement | ForEach-Object { '   {0,-12} {1,5}' -f $_.Name, $_.Count }
    '   {0} calls of the service; {1} associations exist there now' -f $endpoint.RequestCount, $endpoint.AssociationCount
    ''

    '4. Each mistake, and what to do about it'
    ''
    foreach ($result in $others) {
        $entry = if ($null -eq $result.Entry) { '(cannot be read)' } else { $result.Entry }
        'Line {0}, {1}: {2}' -f ($result.Index + 1), $result.Status, $entry
        if ($result.Status -eq 'Invalid') {
            # Found before sending: every problem of the entry at once, each with what to do.
            $result.Issues | ForEach-Object { "   $_" }
        }
        else {
            '   {0}: {1}' -f $result.ErrorCode, $result.Message
            '   What to do: {0}' -f $result.RecommendedAction
        }
        ''
    }

    '5. The fleet as a CSV file, read with Import-Csv and sent once more'
    ''
    $csv = Join-Path ([IO.Path]::GetTempPath()) "fleet-$([guid]::NewGuid()).csv"
    try {
        $created | Export-SsmAssociationEntry $csv
        $again = @(Import-Csv -LiteralPath $csv | New-SsmAssociationBatch @connection -IfExists Skip)
    }
    finally {
        Remove-Item -LiteralPath $csv -ErrorAction Ignore
    }
    $again | Group-Object Status -NoElement | ForEach-Object { '   {0} rows: {1}' -f $_.Count, $_.Name }
    ''

    # The promise of the module, checked: one result for every input, and what was reported is what exists.
    if ($results.Count -ne $lines.Count -or $created.Count -ne $endpoint.AssociationCount) {
        throw "$($lines.Count) lines gave $($results.Count) results; $($created.Count) were created, and $($endpoint.AssociationCount) exist."
    }
    '{0} lines, {1} results, {2} associations: nothing lost, nothing created twice.' -f $lines.Count, $results.Count, $created.Count
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
}
