#Requires -Version 5.1
<#
.SYNOPSIS
Takes a fleet's associations from a file through the whole module, against an endpoint in this process.
.DESCRIPTION
Needs no AWS account, no credentials and no network. Runs in PowerShell 7 and in Windows PowerShell 5.1 after
"dotnet build", and without any PowerShell by "dotnet run --project samples/Quickstart", whose engine has only the
cmdlets of Microsoft.PowerShell.Core: that is why files are read by .NET here. In your own session Get-Content,
Import-Csv, Group-Object and the like do the same in fewer words.
.EXAMPLE
./samples/quickstart.ps1
.EXAMPLE
./samples/quickstart.ps1 -Path ./my-fleet.jsonl
#>
[CmdletBinding()]
param(
    # One association a line, as JSON with the member names of the API.
    [string] $Path = [IO.Path]::Combine($PSScriptRoot, 'fleet.jsonl')
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Module SsmAssociationTools)) {
    # What the build staged: out/SsmAssociationTools/<version>, the newest of them.
    $out = [IO.Path]::Combine([IO.Path]::GetDirectoryName($PSScriptRoot), 'out', 'SsmAssociationTools')
    if (-not [IO.Directory]::Exists($out)) { throw "There is no module in $out yet. Run 'dotnet build' first." }
    $newest = $null
    foreach ($folder in [IO.Directory]::GetDirectories($out)) {
        if ($null -eq $newest -or [version][IO.Path]::GetFileName($folder) -gt [version][IO.Path]::GetFileName($newest)) { $newest = $folder }
    }
    Import-Module ([IO.Path]::Combine($newest, 'SsmAssociationTools.psd1'))
}

# Each line of text goes through the pipeline as it is: the cmdlets read JSON.
$lines = [IO.File]::ReadAllLines($Path)

'1. Test-SsmAssociationEntry: what can be known without calling the service'
''
$timer = [Diagnostics.Stopwatch]::StartNew()
$verdicts = @($lines | Test-SsmAssociationEntry -Region eu-north-1)
$timer.Stop()
$valid = 0
$warned = 0
foreach ($verdict in $verdicts) {
    if ($verdict.IsValid) { $valid++ }
    if ($verdict.IsValid -and $verdict.WarningCount) { $warned++ }
}
'   {0} entries in {1:n0} ms: {2} valid ({3} of them with warnings), {4} with errors' -f $verdicts.Count, $timer.ElapsedMilliseconds, $valid, $warned, ($verdicts.Count - $valid)
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
    if ($created) { $created[0..([Math]::Min(5, $created.Count) - 1)] }
    $others

    '3. Counts by status'
    ''
    $counts = @{}
    foreach ($result in $results) { $counts["$($result.Status)"]++ }
    foreach ($status in [Enum]::GetNames([SsmAssociationTools.AssociationStatus])) {
        if ($counts[$status]) { '   {0,-12} {1,5}' -f $status, $counts[$status] }
    }
    '   {0} calls of the service; {1} associations exist there now' -f $endpoint.RequestCount, $endpoint.AssociationCount
    ''

    '4. Each mistake, and what to do about it'
    ''
    foreach ($result in $others) {
        $entry = $result.Entry
        if ($null -eq $entry) { $entry = '(cannot be read)' }
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

    # The promise of the module, checked: one result for every input, and what was reported is what exists.
    if ($results.Count -ne $lines.Count -or $created.Count -ne $endpoint.AssociationCount) {
        throw "$($lines.Count) lines gave $($results.Count) results; $($created.Count) were created, and $($endpoint.AssociationCount) exist."
    }
    '{0} lines, {1} results, {2} associations: nothing lost, nothing created twice.' -f $lines.Count, $results.Count, $created.Count
}
finally {
    $endpoint | Stop-SsmLocalEndpoint
}
