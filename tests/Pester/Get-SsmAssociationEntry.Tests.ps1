BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $endpoint = Start-SsmLocalEndpoint
    $c = $endpoint.Connection
    $results = @(
        @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent-all'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(14 days)' }
        @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-web'; Targets = 'tag:Role=web,db'; Parameters = @{ Operation = 'Scan' }; ScheduleExpression = 'cron(0 2 ? * SUN *)'; ApplyOnlyAtCronInterval = $true }
        @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-db'; Targets = 'tag:Role=db'; Parameters = @{ Operation = 'Install' } }
    ) | New-SsmAssociationBatch @c
}

AfterAll { $endpoint | Stop-SsmLocalEndpoint }

Describe 'Get-SsmAssociationEntry' {
    It 'makes a backup that has the same content' {
        $file = Join-Path $TestDrive 'backup.jsonl'
        Get-SsmAssociationEntry @c | Export-SsmAssociationEntry $file
        @(Import-SsmAssociationEntry $file | Compare-SsmAssociationEntry @c | ForEach-Object { "$($_.Status)" }) | Should -Be @('Same', 'Same', 'Same')
    }

    It 'warns of a file with associations of several Regions' {
        $d = @{} + $c
        $d.Remove('Region')
        @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'InstanceIds=*' } | New-SsmAssociationBatch @d -Region eu-west-1, eu-west-2 | Out-Null
        Get-SsmAssociationEntry @d -Region eu-west-1, eu-west-2 | Export-SsmAssociationEntry (Join-Path $TestDrive 'two.csv') -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'several Regions'
    }

    It 'shows id, status and target in the table, and dates in the list' {
        $text = Get-SsmAssociationEntry @c | Out-String -Width 160
        $text | Should -Match 'Pending'
        $text | Should -Match $results[0].AssociationId
        $list = Get-SsmAssociationEntry @c -AssociationName patch-web | Format-List | Out-String
        $list | Should -Match 'LastUpdateAssociationDate\s+: \S'
        $list | Should -Not -Match 'Scan'
    }
}
