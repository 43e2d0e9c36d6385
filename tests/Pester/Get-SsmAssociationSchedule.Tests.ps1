BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Get-SsmAssociationSchedule' {
    It 'lists the runs of <Expression>' -ForEach @(
        @{ Expression = 'cron(0 2 ? * SUN *)'; Runs = '2026-11-29 02:00', '2026-12-06 02:00' }
        @{ Expression = 'cron(0 2 ? * SUN#2 *)'; Runs = '2026-12-13 02:00', '2027-01-10 02:00' }
        @{ Expression = 'rate(12 hours)'; Runs = '2026-11-24 01:00', '2026-11-24 13:00' }
        @{ Expression = 'at(2026-12-01T08:30:00)'; Runs = @('2026-12-01 08:30') }
    ) {
        $found = @($Expression | Get-SsmAssociationSchedule -Count 2 -From '2026-11-23T13:00Z')
        @($found | ForEach-Object { $_.Utc.ToString('yyyy-MM-dd HH:mm') }) | Should -Be $Runs
        $found[0].Utc.Kind | Should -Be 'Utc'
        $found[0].Local | Should -Be $found[0].Utc.ToLocalTime()
    }

    It 'sorts the runs of several entries' {
        $entries = @(
            New-SsmAssociationEntry AWS-UpdateSSMAgent -AssociationName later -Target InstanceIds=* -ScheduleExpression 'cron(0 2 ? * SAT *)'
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'sooner'; Targets = 'InstanceIds=*'; ScheduleExpression = 'cron(0 2 ? * FRI *)' }
            [pscustomobject]@{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'soonest'; Targets = 'InstanceIds=*'; ScheduleExpression = 'cron(0 2 ? * THU *)' } | Test-SsmAssociationEntry
        )
        ($entries | Get-SsmAssociationSchedule -Count 1 -From '2026-11-23T13:00Z' | Sort-Object Utc).AssociationName | Should -Be @('soonest', 'sooner', 'later')
    }

    It 'says what is open, in the list and with a star in the table' {
        $run = Get-SsmAssociationSchedule 'cron(0 2 ? * 3 *)' -Count 1
        $run.Note | Should -Match 'TUE or WED'
        $run | Format-List | Out-String -Width 300 | Should -Match 'Note\s+: cron'
        $run | Out-String -Width 200 | Should -Match 'every Tuesday at 02:00 UTC \*'
        (Get-SsmAssociationSchedule 'cron(0 2 ? * TUE *)' -Count 1).Note | Should -BeNullOrEmpty
    }

    It 'names the place and the fix of an expression that cannot be read, and goes on' {
        $runs = @('cron(0 2 ? * MON-FRI *)', 'rate(1 day)' | Get-SsmAssociationSchedule -Count 1 -ErrorAction SilentlyContinue -ErrorVariable problems)
        $runs.Expression | Should -Be 'rate(1 day)'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidScheduleExpression,*'
        "$($problems[0])" | Should -Match 'position 14'
    }
}
