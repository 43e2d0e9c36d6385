BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $suffix = ',SsmAssociationTools.Commands.RemoveSsmAssociationBatchCommand'
}

Describe 'Remove-SsmAssociationBatch' {
    BeforeEach {
        $endpoint = Start-SsmLocalEndpoint
        $connection = $endpoint.Connection
        $made = @(1..10 | ForEach-Object { New-Sample @{ AssociationName = "patch-$_" } } | New-SsmAssociationBatch @connection)
    }

    AfterEach {
        $endpoint | Stop-SsmLocalEndpoint
    }

    It 'removes what a run created and returns one result for each, in input order' {
        $results = @($made | Remove-SsmAssociationBatch @connection -Confirm:$false)
        $results.Status | Sort-Object -Unique | Should -Be 'Removed'
        $results.AssociationId | Should -Be $made.AssociationId
        $results.AssociationName | Should -Be $made.AssociationName
        $endpoint.AssociationCount | Should -Be 0
    }

    It 'removes what a CSV file names' {
        $file = Join-Path $TestDrive 'made.csv'
        $made | Select-Object AssociationId, Region | Export-Csv -LiteralPath $file -NoTypeInformation
        $results = @(Import-Csv -LiteralPath $file | Remove-SsmAssociationBatch -EndpointUrl $connection.EndpointUrl -AccessKey a -SecretKey b -Confirm:$false)
        @($results | Where-Object Status -EQ 'Removed').Count | Should -Be 10
    }

    It 'removes nothing that a written result says failed' {
        $file = Join-Path $TestDrive 'results.csv'
        $made | Export-Csv -LiteralPath $file -NoTypeInformation
        $rows = Import-Csv -LiteralPath $file
        $rows[0].Status = 'Failed'
        $results = @($rows | Remove-SsmAssociationBatch @connection -Confirm:$false)
        $results[0].Status | Should -Be 'NotAttempted'
        $endpoint.AssociationCount | Should -Be 1
    }

    It 'compares the content of results that were written to JSON' {
        $results = @($made | ConvertTo-Json -Depth 10 | ConvertFrom-Json | ForEach-Object { $_ } | Remove-SsmAssociationBatch @connection -Confirm:$false -Verbose 4>&1)
        @($results | Where-Object Status -EQ 'Removed').Count | Should -Be 10
        $endpoint.AssociationCount | Should -Be 0
    }

    It 'leaves alone what has changed, and says so' {
        $made[0].Entry.MaxErrors = '7'
        $result = $made[0] | Remove-SsmAssociationBatch @connection -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.Status | Should -Be 'Changed'
        $problems[0].FullyQualifiedErrorId | Should -Be "AssociationChanged$suffix"
        $endpoint.AssociationCount | Should -Be 10
    }

    It 'says with -WhatIf what it would remove' {
        $results = @($made | Remove-SsmAssociationBatch @connection -WhatIf)
        $results.Status | Sort-Object -Unique | Should -Be 'NotAttempted'
        $endpoint.AssociationCount | Should -Be 10
    }

    It 'reports what is gone as absent' {
        $null = $made | Remove-SsmAssociationBatch @connection -Force
        $results = @($made | Remove-SsmAssociationBatch @connection -Force)
        $results.Status | Sort-Object -Unique | Should -Be 'Absent'
    }

    It 'stops with a command that wants no more' {
        $results = @($made | Remove-SsmAssociationBatch @connection -Force -ThrottleLimit 1 | Select-Object -First 1)
        $results.Count | Should -Be 1
        $results[0].Status | Should -Be 'Removed'
    }

    It 'tells of what was under way when a command wants no more, and not of what that has taken' {
        $text = Invoke-FreshShell "
            `$c = @{ EndpointUrl = '$($connection.EndpointUrl)'; AccessKey = 'a'; SecretKey = 'b'; Region = 'us-east-1' }
            '$($made[0].AssociationId)' | Remove-SsmAssociationBatch @c -Force | Select-Object -First 1 | ForEach-Object Status"
        $text | Should -Be 'Removed'
    }
}
