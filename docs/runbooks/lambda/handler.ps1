# Creates State Manager associations from what the event names, in AWS Lambda. The function New-AssociationFromEvent is the
# handler: handler.ps1::New-AssociationFromEvent with the PowerShell custom runtime, or -PowerShellFunctionHandler
# New-AssociationFromEvent with AWSLambdaPSCore. README.md beside this file has the events and the modules.
#Requires -Version 7.4
#Requires -Modules SsmAssociationTools

# The custom runtime gives a number of milliseconds, AWSLambdaPSCore a TimeSpan.
function Get-SecondsLeft($LambdaContext) {
    $left = $LambdaContext.RemainingTime
    if ($left -is [TimeSpan]) { $left.TotalSeconds } else { [double]$left / 1000 }
}

# What the event asks for: entries of its own, an object of S3 that it names, or one that S3 or EventBridge reports.
function Get-EntrySource($LambdaInput) {
    if ($LambdaInput.Entries) { return @{ Entries = $LambdaInput.Entries } }
    if ("$($LambdaInput.EntriesUri)" -match '^s3://(?<bucket>[^/]+)/(?<key>.+)$') { return @{ Bucket = $Matches.bucket; Key = $Matches.key } }
    $record = @($LambdaInput.Records)[0]
    if ($record.s3) {
        # S3 writes the key as a form does: a blank is a plus sign.
        return @{ Bucket = $record.s3.bucket.name; Key = [Net.WebUtility]::UrlDecode($record.s3.object.key) }
    }
    if ($LambdaInput.detail.bucket) { return @{ Bucket = $LambdaInput.detail.bucket.name; Key = $LambdaInput.detail.object.key } }
    throw 'The event has neither Entries nor EntriesUri (s3://bucket/key), and is none of S3.'
}

function New-AssociationFromEvent {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Lambda asks nobody.')]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingWriteHost', '', Justification = 'What is written to the host is the log.')]
    param($LambdaInput, $LambdaContext)

    $left = Get-SecondsLeft $LambdaContext
    if ($left -lt 30) { throw "A run needs 30 seconds at least; $([int]$left) are left. Give the function a longer timeout." }
    $clock = [Diagnostics.Stopwatch]::StartNew()

    # Nothing is handed out in the last quarter, at most two minutes, and nothing is awaited in the last eighth: a call and
    # what is tried again after it have to fit into what is left then.
    $whole = $left
    if ($LambdaInput.OutcomeSeconds) { $left = [Math]::Max(30, $left - [double]$LambdaInput.OutcomeSeconds) }
    $reserve = [Math]::Min($left / 4, 120)
    $options = @{
        IfExists      = if ($LambdaInput.IfExists) { $LambdaInput.IfExists } else { 'Skip' }
        RetryTimeout  = [int][Math]::Max(1, $reserve / 4)
        TimeoutSec    = [int][Math]::Min(30, [Math]::Max(1, $reserve / 8))
        ErrorAction   = 'SilentlyContinue'
        WarningAction = 'SilentlyContinue'
    }
    foreach ($name in 'Region', 'RoleArn', 'ExternalId') { if ($LambdaInput.$name) { $options[$name] = $LambdaInput.$name } }
    $shard = if ($LambdaInput.Shard) { $LambdaInput.Shard } else { '1/1' }

    $source = Get-EntrySource $LambdaInput
    $folder = $null
    $counts = [ordered]@{}
    $failures = [Collections.Generic.List[object]]::new()
    $outcomes = [ordered]@{}
    $followed = [Collections.Generic.List[object]]::new()
    $run = @{ NotReached = 0; IsLate = $false; LeftOut = 0; Failed = 0 }
    function Add-Failure($Failure) {
        $run.Failed++
        if ($failures.Count -lt 100) { $failures.Add([pscustomobject]$Failure) } else { $run.LeftOut++ }
    }

    try {
        $read = if ($source.Bucket) {
            $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N'))
            $null = [IO.Directory]::CreateDirectory($folder)
            $file = [IO.Path]::Combine($folder, $source.Key.Substring($source.Key.LastIndexOf('/') + 1))
            Import-Module AWS.Tools.S3
            $null = Read-S3Object -BucketName $source.Bucket -Key $source.Key -File $file
            { Import-SsmAssociationEntry -LiteralPath $file -ErrorAction SilentlyContinue -WarningAction SilentlyContinue }
        }
        else { { $source.Entries } }

        try {
            . $read |
                ForEach-Object { if ($clock.Elapsed.TotalSeconds -lt $left - $reserve) { $_ } else { $run.NotReached++ } } |
                New-SsmAssociationBatch @options -Shard $shard |
                ForEach-Object {
                    $status = "$($_.Status)"
                    $counts[$status] = 1 + $counts[$status]
                    if ($status -ne 'Created' -and $status -ne 'Existing') {
                        Add-Failure ([ordered]@{ Source = $_.Source; Index = $_.Index; Status = $status; Name = $_.Name; AssociationName = $_.AssociationName; Region = $_.Region; ErrorCode = $_.ErrorCode; Message = $_.Message })
                    }
                    elseif ($LambdaInput.OutcomeSeconds) { $followed.Add($_) }
                    if ($clock.Elapsed.TotalSeconds -gt $left - $reserve / 2) { $run.IsLate = $true; throw 'The time is up; what was under way is not known. Start again with IfExists Skip.' }
                }
        }
        catch {
            if (-not $run.IsLate) { throw }
            Add-Failure ([ordered]@{ Status = 'NotReported'; Message = "$_" })
        }

        # What is not decided when the time is up is not known to have applied. Ten seconds are left for the answer.
        if ($followed.Count) {
            $wait = [int][Math]::Max(1, $whole - 10 - $clock.Elapsed.TotalSeconds)
            $connection = @{}
            foreach ($name in 'RoleArn', 'ExternalId') { if ($options.ContainsKey($name)) { $connection[$name] = $options[$name] } }
            $followed | Get-SsmAssociationOutcome @connection -Wait -WaitTimeout $wait -ReachTimeout $wait -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
                ForEach-Object {
                    $status = "$($_.Status)"
                    $outcomes[$status] = 1 + $outcomes[$status]
                    if ($status -ne 'Success' -and $status -ne 'Skipped' -and $status -ne 'Scheduled' -and $LambdaInput.FailOnOutcomes -ne $false) {
                        Add-Failure ([ordered]@{ Source = $_.Source; Index = $_.Index; Status = $status; Name = $_.Name; AssociationName = $_.AssociationName; Region = $_.Region; ErrorCode = $_.ErrorCode; Message = $_.Message })
                    }
                }
        }

        if ($run.NotReached) {
            $counts.NotReached = $run.NotReached
            Add-Failure ([ordered]@{ Status = 'NotReached'; Message = "$($run.NotReached) entries were not reached in time. Start again with IfExists Skip, or in shards." })
        }
    }
    finally {
        if ($folder) { [IO.Directory]::Delete($folder, $true) }
    }

    # One string: the runtimes write objects as JSON with different depths.
    $answer = ConvertTo-Json -InputObject ([pscustomobject]@{ Shard = $shard; Counts = $counts; Outcomes = $outcomes; Failures = $failures.ToArray(); FailuresLeftOut = $run.LeftOut }) -Depth 4 -Compress
    if ($run.Failed -gt 0 -and $LambdaInput.FailOnErrors -ne $false) {
        # An invocation that fails has no answer, so it goes to the log before.
        Write-Host $answer
        $summary = ($counts.Keys | ForEach-Object { "$($counts[$_]) $_" }) -join ', '
        throw "Not all associations were created$(if ($outcomes.Count) { ' and applied' }). Shard ${shard}: $summary. First: $($failures[0].Source) $($failures[0].Message)"
    }
    $answer
}
