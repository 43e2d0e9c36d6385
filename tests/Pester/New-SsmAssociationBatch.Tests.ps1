BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $suffix = ',SsmAssociationTools.Commands.NewSsmAssociationBatchCommand'
}

Describe 'New-SsmAssociationBatch' {
    BeforeEach {
        $endpoint = Start-SsmLocalEndpoint
        $connection = $endpoint.Connection
    }

    AfterEach {
        $endpoint | Stop-SsmLocalEndpoint
    }

    It 'creates every entry and returns one result for each, in input order' {
        $results = @(1..45 | ForEach-Object { New-Sample @{ AssociationName = "patch-$_" } } | New-SsmAssociationBatch @connection)
        $results.Count | Should -Be 45
        $results.Index | Should -Be @(0..44)
        $results.AssociationName | Should -Be @(1..45 | ForEach-Object { "patch-$_" })
        @($results | Where-Object Status -NE 'Created').Count | Should -Be 0
        @($results.AssociationId | Sort-Object -Unique).Count | Should -Be 45
        $endpoint.AssociationCount | Should -Be 45
    }

    It 'says of each result where it came from' {
        $input1 = New-Sample
        $result = $input1 | New-SsmAssociationBatch @connection
        $result | Should -BeOfType [SsmAssociationTools.AssociationSuccess]
        $result.Name | Should -Be 'AWS-RunPatchBaseline'
        $result.Target | Should -Be 'tag:Role=web'
        $result.Region | Should -Be 'us-east-1'
        $result.Attempts | Should -Be 1
        $result.BatchNumber | Should -Be 1
        $result.RequestId | Should -Not -BeNullOrEmpty
        $result.ErrorCode | Should -BeNullOrEmpty
        [object]::ReferenceEquals($result.InputObject, $input1) | Should -BeTrue
    }

    It 'sends <Calls> calls for 10 entries with -BatchSize <Size>' -ForEach @(
        @{ Size = 1; Calls = 10 }
        @{ Size = 4; Calls = 3 }
        @{ Size = 10; Calls = 1 }
        @{ Size = 1000; Calls = 1 }
    ) {
        $results = 1..10 | ForEach-Object { New-Sample @{ AssociationName = "patch-$_" } } | New-SsmAssociationBatch @connection -BatchSize $Size
        @($results).Count | Should -Be 10
        $endpoint.RequestCount | Should -Be $Calls
    }

    It 'takes rows of a CSV file' {
        $file = Join-Path $TestDrive 'fleet.csv'
        Set-Content -LiteralPath $file -Encoding UTF8 -Value @(
            'Name,AssociationName,Targets,Parameters,ScheduleExpression,MaxErrors'
            'AWS-RunPatchBaseline,patch-web,"tag:Role=web,db; tag:Env=prod",Operation=Scan,rate(1 day),10%'
            'AWS-UpdateSSMAgent,agent-all,InstanceIds=*,,rate(14 days),'
        )
        $results = @(Import-Csv -LiteralPath $file | New-SsmAssociationBatch @connection)
        $results.Status | Should -Be @('Created', 'Created')
    }

    It 'mixes created, invalid and failed entries, each with its result' {
        $results = @(
            New-Sample @{ AssociationName = 'good-1' }
            New-Sample @{ AssociationName = 'bad name' }
            New-Sample @{ Name = 'No-Such-Document'; Parameters = $null; AssociationName = 'unknown-document' }
            , $null
            New-Sample @{ AssociationName = 'good-2' }
        ) | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue -ErrorVariable problems
        $results.Status | Should -Be @('Created', 'Invalid', 'Failed', 'Invalid', 'Created')
        $results.Index | Should -Be @(0, 1, 2, 3, 4)
        $results[1].ErrorCode | Should -Be 'EntryInvalid'
        $results[2].ErrorCode | Should -Be 'InvalidDocument'
        $results[2].Fault | Should -Be 'Client'
        $results[1].Attempts | Should -Be 0
        $endpoint.AssociationCount | Should -Be 2
        $own = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $own.Count | Should -Be 3
        ($own.FullyQualifiedErrorId | Sort-Object) | Should -Be @("EntryInvalid$suffix", "EntryInvalid$suffix", "InvalidDocument$suffix")
    }

    It 'writes an error with a category, the input as target and what to do' {
        $input1 = New-Sample @{ Name = 'No-Such-Document'; Parameters = $null }
        $input1 | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue -ErrorVariable problems | Out-Null
        $record = $problems[0]
        $record.FullyQualifiedErrorId | Should -Be "InvalidDocument$suffix"
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        [object]::ReferenceEquals($record.TargetObject, $input1) | Should -BeTrue
        @($record.Exception.Results).Count | Should -Be 1
    }

    It 'answers <Code> with the category <Category>' -ForEach @(
        @{ Code = 'InvalidParameters'; Category = 'InvalidArgument'; With = @{ Parameters = @{ Operation = @('Scan'); NoSuch = @('x') } } }
        @{ Code = 'InvalidDocument'; Category = 'ObjectNotFound'; With = @{ Name = 'No-Such-Document'; Parameters = $null } }
    ) {
        $result = New-Sample $With | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -ErrorVariable problems
        $result.Status | Should -Be 'Failed'
        $result.ErrorCode | Should -Be $Code
        $problems[0].CategoryInfo.Category | Should -Be $Category
    }

    It 'reports that an association is there already' {
        $legacy = @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
        ($legacy | New-SsmAssociationBatch @connection).Status | Should -Be 'Created'
        $again = $legacy | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue -ErrorVariable problems
        $again.Status | Should -Be 'Failed'
        $again.ErrorCode | Should -Be 'AssociationAlreadyExists'
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $endpoint.AssociationCount | Should -Be 1
    }

    It 'takes its own results again, and nothing else than their entries' {
        $first = @((New-Sample), (New-Sample @{ Name = 'Own-Document'; Parameters = $null })) | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue
        $first.Status | Should -Be @('Created', 'Failed')
        $other = Start-SsmLocalEndpoint -Document 'Own-Document'
        try {
            $to = $other.Connection
            $second = @($first | Where-Object Status -EQ 'Failed' | New-SsmAssociationBatch @to)
            $second.Status | Should -Be @('Created')
            $second[0].Name | Should -Be 'Own-Document'
        }
        finally {
            $other | Stop-SsmLocalEndpoint
        }
    }

    It 'calls nothing with -WhatIf, and says of each entry what it would do' {
        $results = @((New-Sample @{ AssociationName = 'patch-web' }), (New-Sample @{ Name = 'a b' })) | New-SsmAssociationBatch @connection -WhatIf -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('NotAttempted', 'Invalid')
        $endpoint.RequestCount | Should -Be 0
    }

    It 'needs neither Region nor credentials for -WhatIf' {
        $text = Invoke-FreshShell '@{ Name = "AWS-UpdateSSMAgent"; AssociationName = "agent-web"; Targets = "tag:Role=web"; ScheduleExpression = "rate(1 day)" } | New-SsmAssociationBatch -WhatIf | ForEach-Object { "status:$($_.Status)" }; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like "AWSSDK*" }).Count'
        "$text" | Should -Match 'What if: .*agent-web.*tag:Role=web'
        $text | Should -Contain 'status:NotAttempted'
        $text[-1] | Should -Be '0'
    }

    It 'sends what it is told not to check with -SkipValidation' {
        $result = New-Sample @{ ScheduleExpression = 'rate(29 minutes)' } | New-SsmAssociationBatch @connection -SkipValidation -ErrorAction SilentlyContinue
        $result.Status | Should -Be 'Failed'
        $result.ErrorCode | Should -Be 'InvalidSchedule'
    }

    It 'stops at the first failure with -ErrorAction Stop, after all results' {
        $seen = New-Object Collections.ArrayList
        $caught = $null
        try {
            @((New-Sample @{ AssociationName = 'good-1' }), (New-Sample @{ Name = 'No-Such-Document'; Parameters = $null }), (New-Sample @{ AssociationName = 'good-2' })) |
                New-SsmAssociationBatch @connection -ErrorAction Stop | ForEach-Object { [void]$seen.Add($_) }
        }
        catch {
            $caught = $_
        }
        $caught.FullyQualifiedErrorId | Should -Be "InvalidDocument$suffix"
        $seen.Count | Should -Be 3
        @($caught.Exception.Results).Count | Should -Be 3
        @($seen | Where-Object Status -EQ 'Created').Count | Should -Be $endpoint.AssociationCount
    }

    It 'is caught by the type of its exception, which carries all results' {
        $results = $null
        try {
            $results = @((New-Sample), (New-Sample @{ Name = 'No-Such-Document'; Parameters = $null })) | New-SsmAssociationBatch @connection -ErrorAction Stop
        }
        catch [SsmAssociationTools.AssociationBatchException] {
            $results = $_.Exception.Results
        }
        @($results).Count | Should -Be 2
        @($results)[1].ErrorCode | Should -Be 'InvalidDocument'
    }

    It 'says what became of entries whose results an upstream error cut off' {
        # PowerShell lets a stopped command write nothing more, so it goes to the host.
        $text = Invoke-FreshShell @'
$endpoint = Start-SsmLocalEndpoint
$connection = $endpoint.Connection
try {
    & { foreach ($n in 1..2) { @{ Name = 'AWS-UpdateSSMAgent'; Targets = "tag:Role=r$n" } }; throw 'upstream' } | New-SsmAssociationBatch @connection
}
catch {
    "caught: $_"
}
"exist: $($endpoint.AssociationCount)"
'@
        $text | Should -Contain 'caught: upstream'
        $text | Should -Contain 'exist: 0'
        "$text" | Should -Match '2 entries.*2 NotAttempted.*-IfExists Skip'
    }

    It 'never shows a value of Parameters' {
        $secret = 'hunter2-s3cret'
        $entries = @(
            New-Sample @{ Parameters = @{ Operation = @('Scan'); InstallOverrideList = @($secret) } }
            New-Sample @{ Parameters = @{ Operation = @('Scan'); NoSuch = @($secret) } }
            New-Sample @{ AssociationName = 'bad name'; Parameters = @{ Operation = @($secret) } }
            New-Sample @{ Name = 'No-Such-Document'; Parameters = @{ Operation = @($secret) } }
            ('{"Name":"AWS-RunPatchBaseline","Parameters":{"Operation":["' + $secret + '"]')
        )
        $all = $entries | New-SsmAssociationBatch @connection -Verbose -Debug:$false -ErrorAction Continue *>&1
        $shown = $all | ForEach-Object { "$_"; $_ | Out-String -Width 500 } | Out-String -Width 500
        foreach ($record in @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) {
            $shown += "$($record.Exception) $($record.CategoryInfo) $($record.ErrorDetails)"
        }
        @($all | Where-Object { $_ -is [SsmAssociationTools.AssociationResult] }).Count | Should -Be 5
        $shown | Should -Not -Match 'hunter2'
    }

    It 'never shows a value of Parameters with -WhatIf' {
        # What -WhatIf says goes to the host, so it takes another process to see it.
        $text = Invoke-FreshShell '@{ Name = "AWS-RunPatchBaseline"; Targets = "tag:Role=web"; Parameters = @{ Operation = "hunter2-s3cret" } } | New-SsmAssociationBatch -WhatIf -Verbose'
        "$text" | Should -Match 'What if: .*AWS-RunPatchBaseline'
        "$text" | Should -Not -Match 'hunter2'
    }

    It 'shows results as a table with status, document, name, target and id' {
        $text = New-Sample @{ AssociationName = 'patch-web' } | New-SsmAssociationBatch @connection | Out-String -Width 200
        $text | Should -Match 'Status\s+.*Name\s+.*AssociationName\s+.*Target'
        $text | Should -Match 'Created\s.*AWS-RunPatchBaseline\s+.*patch-web\s+.*tag:Role=web\s+.*[0-9a-f]{8}-'
    }

    It 'writes verbose lines that name calls and counts' {
        $lines = New-Sample | New-SsmAssociationBatch @connection -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -Match 'us-east-1'
        @($lines).Count | Should -BeGreaterThan 1
    }
}

Describe 'New-SsmAssociationBatch and a service in trouble' {
    AfterEach {
        Stop-SsmLocalEndpoint
    }

    It 'sends a throttled batch again' {
        $endpoint = Start-SsmLocalEndpoint -Fault 'CreateAssociationBatch first 2 throttle'
        $connection = $endpoint.Connection
        $result = New-Sample | New-SsmAssociationBatch @connection -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Created'
        $result.Attempts | Should -Be 3
        $endpoint.AssociationCount | Should -Be 1
    }

    It 'does not let one bad entry sink its neighbours when the whole call is refused' {
        $endpoint = Start-SsmLocalEndpoint
        $connection = $endpoint.Connection
        $entries = @(1..7 | ForEach-Object { New-Sample @{ AssociationName = "patch-$_" } }) + @(New-Sample @{ AssociationName = 'a b' })
        $results = $entries | New-SsmAssociationBatch @connection -SkipValidation -ErrorAction SilentlyContinue
        @($results | Where-Object Status -EQ 'Created').Count | Should -Be 7
        $results[7].Status | Should -Be 'Failed'
        $results[7].ErrorCode | Should -Be 'ValidationException'
    }

    It 'attempts nothing more once the limit is reached' {
        $endpoint = Start-SsmLocalEndpoint -AssociationLimit 3
        $connection = $endpoint.Connection
        $results = @(1..9 | ForEach-Object { New-Sample @{ AssociationName = "patch-$_" } } | New-SsmAssociationBatch @connection -BatchSize 2 -ThrottleLimit 1 -ErrorAction SilentlyContinue)
        $results.Count | Should -Be 9
        @($results | Where-Object Status -EQ 'Created').Count | Should -Be 3
        @($results | Where-Object ErrorCode -EQ 'AssociationLimitExceeded').Count | Should -BeGreaterThan 0
        $results[8].Status | Should -Be 'NotAttempted'
    }

    It 'ends at once with <Code>, because no entry can succeed' -ForEach @(
        @{ Code = 'AccessDeniedException'; Category = 'PermissionDenied' }
        @{ Code = 'ExpiredTokenException'; Category = 'AuthenticationError' }
    ) {
        $endpoint = Start-SsmLocalEndpoint -Fault "* always error code=$Code message=`"no`""
        $connection = $endpoint.Connection
        $caught = $null
        $seen = New-Object Collections.ArrayList
        try { (New-Sample), (New-Sample @{ AssociationName = 'second' }) | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue | ForEach-Object { [void]$seen.Add($_) } } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike "$Code,*"
        $caught.CategoryInfo.Category | Should -Be $Category
        $seen.Count | Should -Be 2
        $endpoint.AssociationCount | Should -Be 0
    }

    It 'says that nothing was sent when no connection can be made' {
        $endpoint = Start-SsmLocalEndpoint
        $connection = $endpoint.Connection
        $endpoint | Stop-SsmLocalEndpoint
        $results = @(New-Sample | New-SsmAssociationBatch @connection -MaxAttempt 1 -ErrorAction SilentlyContinue -ErrorVariable problems)
        $results.Count | Should -Be 1
        $results[0].ErrorCode | Should -Be 'EndpointUnreachable'
        $results[0].Status | Should -BeIn @('Failed', 'NotAttempted')
        $results[0].IsRetryable | Should -BeTrue
        $problems.Count | Should -BeGreaterThan 0
        $problems[0].ErrorDetails.RecommendedAction | Should -Match 'EndpointUrl'
    }
}

Describe 'The connection of New-SsmAssociationBatch' {
    It 'refuses plain http beyond this computer' {
        { New-Sample | New-SsmAssociationBatch -EndpointUrl 'http://ssm.example.com' -Region us-east-1 -AccessKey a -SecretKey b } | Should -Throw -ErrorId "InvalidEndpointUrl$suffix"
    }

    It 'refuses an endpoint that is no URL' {
        { New-Sample | New-SsmAssociationBatch -EndpointUrl 'ssm' -Region us-east-1 -AccessKey a -SecretKey b } | Should -Throw -ErrorId "InvalidEndpointUrl$suffix"
    }

    It 'says <Code> where there is none' -ForEach @(
        @{ Code = 'NoRegion'; Arguments = '-AccessKey a -SecretKey b' }
        @{ Code = 'NoCredentials'; Arguments = '-Region us-east-1' }
    ) {
        $script = @'
foreach ($name in 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI') {
    [Environment]::SetEnvironmentVariable($name, $null)
}
$env:AWS_EC2_METADATA_DISABLED = 'true'
$env:AWS_CONFIG_FILE = $env:AWS_SHARED_CREDENTIALS_FILE = [IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid().ToString())
try { @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | New-SsmAssociationBatch ARGUMENTS } catch { $_.FullyQualifiedErrorId; $_.Exception.Message }
'@
        $text = Invoke-FreshShell ($script -replace 'ARGUMENTS', $Arguments)
        $text | Should -Contain "$Code$suffix"
    }

    It 'takes the Region from $StoredAWSRegion' {
        $endpoint = Start-SsmLocalEndpoint -Region eu-west-1
        try {
            $StoredAWSRegion = 'eu-west-1'
            $result = New-Sample | New-SsmAssociationBatch -EndpointUrl $endpoint.Url -AccessKey local -SecretKey local
            $result.Region | Should -Be $StoredAWSRegion
        }
        finally {
            $endpoint | Stop-SsmLocalEndpoint
        }
    }
}
