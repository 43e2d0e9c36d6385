BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Get-SsmAssociationSchedule' {
    It 'says what is open, in the list and with a star in the table' {
        $run = Get-SsmAssociationSchedule 'cron(0 2 ? * 3 *)' -Count 1
        $run.Note | Should -Match 'TUE or WED'
        $run | Format-List | Out-String -Width 300 | Should -Match 'Note\s+: cron'
        ($run | Out-String -Width 200) -replace '\s+', ' ' | Should -Match 'every Tuesday at 02:00 UTC \*'
        (Get-SsmAssociationSchedule 'cron(0 2 ? * TUE *)' -Count 1).Note | Should -BeNullOrEmpty
    }
}
