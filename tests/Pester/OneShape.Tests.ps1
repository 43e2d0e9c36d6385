Describe 'All that a command puts out has one shape, whatever became of it' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'StagedModule.ps1')
        Import-StagedModule
        $endpoint = Start-SsmLocalEndpoint
        $connection = $endpoint.Connection
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $good = @(1..3 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = "agent-$_"; Targets = "tag:Node=n$_" } })
        $bad = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:a=b'; ScheduleExpression = 'rate(1 minute)' }
        $refused = @{ Name = 'Nobody-Has-It'; Targets = 'tag:a=b' }
        # The first row that cannot be read decides the columns of a table.
        Set-Content -Path "$TestDrive/fleet.csv" -Value 'Name,AssociationName,Targets,Duration', 'AWS-UpdateSSMAgent,f-2,tag:x=2,no', 'AWS-UpdateSSMAgent,f-1,tag:x=1,'
        $imported = @(Import-SsmAssociationEntry "$TestDrive/fleet.csv" @quiet)
        $mixed = $good + $bad + $refused + 42 + $imported
        $results = @($mixed | New-SsmAssociationBatch @connection @quiet)
        $wanted = @($imported) + $good[0] + @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent-2'; Targets = 'tag:Node=other' } + $bad
        $comparisons = @($wanted | Compare-SsmAssociationEntry @connection @quiet)
        $ids = @($results.AssociationId | Where-Object { $_ }) + 'no id' + [guid]::Empty.ToString()
        $verdicts = @($mixed | Test-SsmAssociationEntry) + @($mixed | Test-SsmAssociationEntry -Online @connection @quiet)
        $updates = @($comparisons) + @{ AssociationId = $ids[0]; MaxErrors = '3' } + 42 | Update-SsmAssociationBatch @connection -Force @quiet
        $starts = $ids | Start-SsmAssociationBatch @connection -Force @quiet
        $outcomes = @(@($starts) + $results + $ids | Get-SsmAssociationOutcome @connection -Detailed @quiet)
        $synced = @($good[0, 1] + $refused | Sync-SsmAssociationBatch @connection -Prune -Scope 'agent-*', 'f-*' -Force @quiet)
        $removals = @($ids + 42 | Remove-SsmAssociationBatch @connection -Force @quiet)
        $outputs = @{
            Import = $imported; New = $results; Test = $verdicts; Compare = $comparisons; Update = $updates; Start = $starts; Outcome = $outcomes
            Sync = $synced; Remove = $removals
        }
    }

    AfterAll { Stop-SsmLocalEndpoint $endpoint }

    It '<_>' -ForEach 'Import', 'New', 'Test', 'Compare', 'Update', 'Start', 'Outcome', 'Sync', 'Remove' {
        $output = @($outputs[$_])
        $output.Count | Should -BeGreaterThan 1
        # In Import-, entries keep the properties of an entry and no others.
        $common = @($output | Where-Object { $_.PSObject.TypeNames[0] -notmatch 'UnreadableEntry' } | ForEach-Object { $_.PSObject.Properties.Name } | Sort-Object -Unique)
        foreach ($item in $output) {
            Compare-Object $common @($item.PSObject.Properties.Name) | Where-Object SideIndicator -EQ '<=' | Should -BeNullOrEmpty
        }
        Set-StrictMode -Version Latest
        { foreach ($item in $output) { foreach ($name in $common) { $null = $item.$name } } } | Should -Not -Throw
        $columns = @($output | ConvertTo-Csv | ConvertFrom-Csv)[0].PSObject.Properties.Name
        $common | Where-Object { $_ -notin $columns } | Should -BeNullOrEmpty
    }

    It 'A table whose first row could not be read keeps the others, and that row is not lost' {
        $rows = @($imported | ConvertTo-Csv | ConvertFrom-Csv)
        $again = @($rows | Test-SsmAssociationEntry)
        $again.IsValid | Should -Be $false, $true
        $again[0].Issues[0].Message | Should -Match 'fleet.csv:2: Duration'
        $again[1].Entry.AssociationName | Should -Be 'f-1'
        $again[1].Issues | Should -BeNullOrEmpty
    }

    It 'So it is for comparisons' {
        $rows = @($comparisons | ConvertTo-Csv | ConvertFrom-Csv)
        @($rows | New-SsmAssociationBatch @connection -IfExists Skip @quiet).Status | Should -Be @($comparisons | New-SsmAssociationBatch @connection -IfExists Skip @quiet).Status
    }
}
