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

    It 'tells of what was under way when a command wants no more, and not of what that has taken' {
        $text = Invoke-FreshShell "
            `$c = @{ EndpointUrl = '$($connection.EndpointUrl)'; AccessKey = 'a'; SecretKey = 'b'; Region = 'us-east-1' }
            '$($made[0].AssociationId)' | Remove-SsmAssociationBatch @c -Force | Select-Object -First 1 | ForEach-Object Status"
        $text | Should -Be 'Removed'
    }
}
