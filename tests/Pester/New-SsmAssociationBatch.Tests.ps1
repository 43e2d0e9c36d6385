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

    It 'needs neither Region nor credentials for -WhatIf' {
        $text = Invoke-FreshShell '@{ Name = "AWS-UpdateSSMAgent"; AssociationName = "agent-web"; Targets = "tag:Role=web"; ScheduleExpression = "rate(1 day)" } | New-SsmAssociationBatch -WhatIf | ForEach-Object { "status:$($_.Status)" }; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like "AWSSDK*" }).Count'
        "$text" | Should -Match 'What if: .*agent-web.*tag:Role=web'
        $text | Should -Contain 'status:NotAttempted'
        $text[-1] | Should -Be '0'
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
        "$text" | Should -Match '2 inputs that were taken: 2 not attempted.*was not read.*-IfExists Skip'
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

    It 'keeps the key of a journal readable by its owner alone, and goes on with the journal' {
        $journal = Join-Path $TestDrive 'run.journal'
        $first = New-Sample | New-SsmAssociationBatch @connection -JournalPath $journal
        $key = "$journal.key"
        if ($PSVersionTable.PSEdition -ne 'Core' -or $IsWindows) {
            # Wine has the system beside the owner in every list, whatever was asked for.
            $owner = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
            $others = (Get-Acl -LiteralPath $key).GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier]).IdentityReference.Value |
                Where-Object { $_ -notin $owner, 'S-1-5-18' }
            $others | Should -BeNullOrEmpty
        }
        else {
            (Get-Item -LiteralPath $key).UnixMode | Should -Be '-rw-------'
        }
        $again = New-Sample | New-SsmAssociationBatch @connection -JournalPath $journal
        $again.AssociationId | Should -Be $first.AssociationId
        $again.FromJournal | Should -BeTrue
    }

    It 'shows results as a table with status, association and id' {
        $text = New-Sample @{ AssociationName = 'patch-web' } | New-SsmAssociationBatch @connection | Out-String -Width 200
        $text | Should -Match 'Status\s+Association, AssociationId, Message'
        $text -replace '\s+', ' ' | Should -Match 'Created patch-web .*[0-9a-f]{8}-'
    }
}
