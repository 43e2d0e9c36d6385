BeforeDiscovery {
    $sources = @(
        @{ What = 'one entry'; Make = { $entry } }
        @{ What = 'entries'; Make = { $entry, $other } }
        @{ What = 'verdicts'; Make = { $entry, $other | Test-SsmAssociationEntry } }
        @{ What = 'results'; Make = { $entry, $other | New-SsmAssociationBatch @connection } }
        @{ What = 'comparisons'; Make = { $entry, $other | Compare-SsmAssociationEntry @connection | Where-Object Entry } }
    )
    $ways = @(
        @{ Way = 'ConvertTo-Json'; Send = { $input | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json } }
        @{ Way = 'ConvertTo-Json -Depth 9'; Send = { $input | ConvertTo-Json -Depth 9 | ConvertFrom-Json } }
        @{ Way = 'ConvertTo-Csv'; Send = { $input | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Way = 'Select-Object'; Send = { $input | Select-Object * } }
        @{ Way = 'a JSON file'; Send = { $input | ConvertTo-Json -WarningAction Ignore | Set-Content "$TestDrive/f.json"; Import-SsmAssociationEntry "$TestDrive/f.json" -WarningAction Stop } }
        @{ Way = 'a CSV file'; Send = { $input | Export-Csv "$TestDrive/f.csv" -NoTypeInformation -Encoding UTF8; Import-SsmAssociationEntry "$TestDrive/f.csv" -WarningAction Stop } }
        @{ Way = 'a CSV file with semicolons'; Send = { $input | Export-Csv "$TestDrive/s.csv" -Delimiter ';' -Encoding UTF8; Import-SsmAssociationEntry "$TestDrive/s.csv" -WarningAction Stop } }
    )
    $cases = foreach ($source in $sources) {
        foreach ($way in $ways) {
            # Windows PowerShell makes one more level of a list.
            if ($PSVersionTable.PSVersion.Major -ge 6 -or $way.Way -notmatch 'Json$|JSON file') { $source + $way }
        }
    }
}

Describe 'What the commands of PowerShell make flat' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'StagedModule.ps1')
        Import-StagedModule
        $endpoint = Start-SsmLocalEndpoint
        $connection = @{ EndpointUrl = $endpoint.Url; Region = 'us-east-1'; AccessKey = 'AKIDLOCAL'; SecretKey = 'local' }
        $parameters = @{ commands = 'cd /tmp', 'echo "Hunter2; x"'; workingDirectory = '/' }
        $entry = New-SsmAssociationEntry -Name AWS-RunShellScript -AssociationName patch -Target 'tag:Role=web,db', 'tag:Env=prod' -Parameter $parameters `
            -ScheduleExpression 'cron(0 2 ? * SUN *)' -ApplyOnlyAtCronInterval $true -Duration 2 -OutputLocation 's3://logs/web' -CalendarName a, b
        $other = New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName agent -Target 'InstanceIds=*'
        $whole = $entry.EntryJson.Text
    }

    AfterAll {
        Stop-SsmLocalEndpoint $endpoint
    }

    It 'Whole <What> come back from <Way>' -ForEach $cases {
        $sent = @(& $Make)
        $back = @($sent | & $Send)
        $read = @($back | Test-SsmAssociationEntry)
        $read.Count | Should -Be $sent.Count
        $read[0].Entry.EntryJson.Text | Should -BeExactly $whole
        $read.Issues | Should -BeNullOrEmpty
    }

    It 'What somebody changed in the flat form counts' {
        $row = $entry | ConvertTo-Csv | ConvertFrom-Csv
        $row.ScheduleExpression = 'rate(1 day)'
        $row.Duration = ''
        $row.ApplyOnlyAtCronInterval = ''
        $row.Targets = 'tag:Role=db'
        $row.OutputLocation = ''
        $changed = ($row | Test-SsmAssociationEntry).Entry
        $changed.ScheduleExpression | Should -Be 'rate(1 day)'
        $changed.Duration | Should -BeNullOrEmpty
        $changed.ApplyOnlyAtCronInterval | Should -BeNullOrEmpty
        "$($changed.Targets)" | Should -Be 'tag:Role=db'
        $changed.OutputLocation | Should -BeNullOrEmpty
        $changed.Parameters.commands.Count | Should -Be 2

        $json = $entry | ConvertTo-Json -Depth 9 | ConvertFrom-Json
        $json.Targets[1].Values = @('test')
        $json.Parameters.workingDirectory = @('/srv')
        $changed = ($json | Test-SsmAssociationEntry).Entry
        "$($changed.Targets)" | Should -Be 'tag:Role=web,db tag:Env=test'
        $changed.Parameters.workingDirectory | Should -Be '/srv'
        $changed.Parameters.commands.Count | Should -Be 2
    }

    It 'Status is text in JSON and in a comparison' {
        $results = @($entry, @{ Name = 'no!' } | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue)
        ($results | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).Status -join ',' | Should -Be 'Created,Invalid'
        $results[0].Status -eq [SsmAssociationTools.AssociationStatus]::Created | Should -BeTrue
        ([SsmAssociationTools.AssociationStatus]::Created -eq $results[0].Status) | Should -BeTrue
        $removals = $results | Remove-SsmAssociationBatch @connection -Confirm:$false -ErrorAction SilentlyContinue
        ($removals | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).Status | Should -Contain 'Removed'
        (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:x=y' } | Compare-SsmAssociationEntry @connection | Where-Object Status -EQ Missing | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).Status |
            Should -Be 'Missing'
    }

    It 'No view and no text shows the values' {
        $results = @($entry | New-SsmAssociationBatch @connection)
        $all = @($results; $results | Test-SsmAssociationEntry; $entry)
        ($all | Format-List * | Out-String -Width 4000) | Should -Not -Match Hunter2
        ($all | Format-Table * | Out-String -Width 4000) | Should -Not -Match Hunter2
        ($all | Out-String -Width 4000) | Should -Not -Match Hunter2
        "$($all.EntryJson)" | Should -Not -Match Hunter2
    }

    It 'All results have the same properties, whatever their status' {
        Set-StrictMode -Version Latest
        $results = @($other, @{ Name = 'no!' }, @{ Name = 'Nobody-Has-It'; Targets = 'tag:a=b' } | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue)
        @($results | ForEach-Object { $_.PSObject.Properties.Name -join ',' } | Select-Object -Unique).Count | Should -Be 1
        $rows = $results | ConvertTo-Csv | ConvertFrom-Csv
        $rows[1].RecommendedAction | Should -Not -BeNullOrEmpty
        { $results[0].RecommendedAction } | Should -Not -Throw
    }
}
