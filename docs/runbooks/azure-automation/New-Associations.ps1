<#
.SYNOPSIS
Creates State Manager associations of AWS from a file of entries, as a runbook of Azure Automation.

.DESCRIPTION
Works in runbooks of PowerShell 7.4 or later and of 5.1 with the module SsmAssociationTools, imported from its zip. Writes one object with
counts by status, then one object for each entry that was not created, without the values of Parameters; created
associations are written to the verbose stream. The job ends as Failed when an entry was not created. It may be started
again at any time: with -IfExists Skip, the default, what is there already is left alone.

.PARAMETER EntriesUrl
The https address of the file of entries (.csv, .json, .jsonl, .yaml), such as that of a blob with a shared access signature.

.PARAMETER EntriesVariable
The Automation variable that holds the entries as JSON text, where EntriesUrl is not given.

.PARAMETER CredentialName
The Automation credential with the access key id as user name and the secret access key as password.

.PARAMETER ConnectionName
The Automation connection with the fields AccessKey, SecretKey and, for temporary keys, SessionToken.

.PARAMETER Region
The AWS Regions to create the associations in.

.PARAMETER RoleArn
The AWS roles to assume, one for each account to work in; the keys then need no more than sts:AssumeRole.

.PARAMETER ExternalId
The id that the roles ask for.

.PARAMETER Shard
The part of the file that this job takes, such as 3/16.

.PARAMETER IfExists
What to do with an entry whose association is there already: Skip, Fail or Create.

.PARAMETER OutcomeMinutes
Minutes in which the associations are followed until they ran on their nodes. 0, the default, does not look. The job ends as
Failed when one of them did not apply in this time.

.PARAMETER MaxFailures
How many entries that were not created are written out at most.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', 'CredentialName', Justification = 'It is the name of an asset.')]
param(
    [string] $EntriesUrl,
    [string] $EntriesVariable,
    [string] $CredentialName,
    [string] $ConnectionName,
    [Parameter(Mandatory)] [string[]] $Region,
    [string[]] $RoleArn,
    [string] $ExternalId,
    [ValidatePattern('^[1-9][0-9]{0,4}/[1-9][0-9]{0,4}$')] [string] $Shard = '1/1',
    [ValidateSet('Skip', 'Fail', 'Create')] [string] $IfExists = 'Skip',
    [ValidateRange(0, 1440)] [int] $OutcomeMinutes = 0,
    [ValidateRange(1, 10000)] [int] $MaxFailures = 500
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module SsmAssociationTools -Verbose:$false

# Windows PowerShell may not offer TLS 1.2 by itself. This client does; the process, which other jobs share, stays as it is.
function Save-EntryFile([string] $From, [string] $To) {
    if ($PSEdition -eq 'Core') {
        $null = Invoke-WebRequest -Uri $From -OutFile $To
        return
    }
    Add-Type -AssemblyName System.Net.Http
    $handler = New-Object Net.Http.HttpClientHandler -Property @{ SslProtocols = [Security.Authentication.SslProtocols]::Tls12 }
    $client = New-Object Net.Http.HttpClient $handler
    try { [IO.File]::WriteAllBytes($To, $client.GetByteArrayAsync($From).GetAwaiter().GetResult()) } finally { $client.Dispose() }
}

# Jobs share a process, so the connection is given to the command and kept nowhere else.
$connection = @{ Region = $Region }
if ($CredentialName) { $connection.Credential = Get-AutomationPSCredential -Name $CredentialName }
elseif ($ConnectionName) { $connection.Credential = Get-AutomationConnection -Name $ConnectionName }
else { throw 'Give CredentialName or ConnectionName: a runbook has no AWS identity of its own.' }
if ($RoleArn) { $connection.RoleArn = $RoleArn }
if ($ExternalId) { $connection.ExternalId = $ExternalId }

$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N'))
$null = [IO.Directory]::CreateDirectory($folder)
try {
    if ($EntriesUrl) {
        # The extension tells how the file is read.
        $file = [IO.Path]::Combine($folder, [IO.Path]::GetFileName([Uri]::UnescapeDataString(([Uri]$EntriesUrl).AbsolutePath)))
        Save-EntryFile -From $EntriesUrl -To $file
    }
    elseif ($EntriesVariable) {
        $file = [IO.Path]::Combine($folder, "$EntriesVariable.json")
        [IO.File]::WriteAllText($file, (Get-AutomationVariable -Name $EntriesVariable))
    }
    else { throw 'Give EntriesUrl or EntriesVariable.' }

    $counts = [ordered]@{}
    $outcomes = [ordered]@{}
    $followed = [Collections.Generic.List[object]]::new()
    $run = @{ NotCreated = 0; NotApplied = 0; Count = 0; Rows = [Collections.Generic.List[object]]::new(); Most = $MaxFailures }
    function Add-Row($Row) {
        $run.Count++
        if ($run.Rows.Count -lt $run.Most) { $run.Rows.Add([pscustomobject]$Row) }
    }

    # A result also holds the entry with its Parameters, which must not get into the job's history: chosen members go out.
    Import-SsmAssociationEntry -LiteralPath $file -Shard $Shard -ErrorAction SilentlyContinue |
        New-SsmAssociationBatch @connection -IfExists $IfExists -ErrorAction SilentlyContinue |
        ForEach-Object {
            $status = "$($_.Status)"
            $counts[$status] = 1 + $counts[$status]
            if ($status -eq 'Created' -or $status -eq 'Existing') {
                Write-Verbose "$($_.Source) $status $($_.AssociationId) in $($_.Region)"
                if ($OutcomeMinutes) { $followed.Add($_) }
            }
            else { $run.NotCreated++; Add-Row ([ordered]@{ Source = $_.Source; Status = $status; Name = $_.Name; AssociationName = $_.AssociationName; Region = $_.Region; AccountId = $_.AccountId; ErrorCode = $_.ErrorCode; Message = $_.Message; IsRetryable = $_.IsRetryable }) }
        }

    # What is not decided when the time is up is not known to have applied.
    if ($followed.Count) {
        $followed | Get-SsmAssociationOutcome @connection -Wait -WaitTimeout ($OutcomeMinutes * 60) -ErrorAction SilentlyContinue |
            ForEach-Object {
                $status = "$($_.Status)"
                $outcomes[$status] = 1 + $outcomes[$status]
                if ($status -ne 'Success' -and $status -ne 'Skipped' -and $status -ne 'Scheduled') {
                    $run.NotApplied++
                    Add-Row ([ordered]@{ Source = $_.Source; Status = $status; Name = $_.Name; AssociationName = $_.AssociationName; Region = $_.Region; AccountId = $_.AccountId; ErrorCode = $_.ErrorCode; Message = $_.Message; IsRetryable = $false })
                }
            }
    }
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

$summary = ($counts.Keys | ForEach-Object { "$($counts[$_]) $_" }) -join ', '
if ($outcomes.Count) { $summary += '; on the nodes ' + (($outcomes.Keys | ForEach-Object { "$($outcomes[$_]) $_" }) -join ', ') }
[pscustomobject]@{ Shard = $Shard; Summary = $summary; NotCreated = $run.NotCreated; NotApplied = $run.NotApplied; NotShown = $run.Count - $run.Rows.Count }
$run.Rows

# An error record alone would leave the job as Completed.
if ($run.NotCreated -gt 0) { throw "$($run.NotCreated) entries were not created: $summary" }
if ($run.NotApplied -gt 0) { throw "$($run.NotApplied) associations did not apply: $summary" }
