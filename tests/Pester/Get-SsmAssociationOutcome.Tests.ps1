BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Get-SsmAssociationOutcome and Start-SsmAssociationBatch' {
    BeforeEach {
        $nodes = @{ Id = 'i-00000001'; Tags = @{ Env = 'a' } }, @{ Id = 'i-00000002'; Tags = @{ Env = 'b' }; Outcomes = 'Failed', 'Success' }
        $endpoint = Start-SsmLocalEndpoint -Clock 2027-01-01T00:00:00Z -ClockSpeed 0 -Node $nodes
        $connection = $endpoint.Connection
        $made = @('a', 'b' | ForEach-Object { New-Sample @{ AssociationName = "scan-$_"; Targets = "tag:Env=$_" } } | New-SsmAssociationBatch @connection)
        $endpoint.Advance('0:10:0')
    }

    AfterEach {
        $endpoint | Stop-SsmLocalEndpoint
    }

    It 'takes results that were written to <Form>' -TestCases @(
        @{ Form = 'JSON'; Copy = { param($results) $results | ConvertTo-Json -Depth 10 | ConvertFrom-Json | ForEach-Object { $_ } } }
        @{ Form = 'CSV'; Copy = { param($results) $results | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Form = 'CLIXML'; Copy = { param($results) $file = Join-Path $TestDrive 'x.xml'; $results | Export-Clixml -LiteralPath $file; Import-Clixml -LiteralPath $file } }
    ) {
        $outcomes = @(& $Copy $made | Get-SsmAssociationOutcome @connection -ErrorAction SilentlyContinue)
        "$($outcomes.Status)" | Should -Be 'Success Failed'
        $again = @(& $Copy $outcomes | Get-SsmAssociationOutcome @connection -ErrorAction SilentlyContinue)
        "$($again.Status)" | Should -Be 'Success Failed'
    }

    It 'follows the run of a start that was written to <Form>' -TestCases @(
        @{ Form = 'JSON'; Copy = { param($results) $results | ConvertTo-Json -Depth 8 -WarningAction SilentlyContinue | ConvertFrom-Json | ForEach-Object { $_ } } }
        @{ Form = 'CSV'; Copy = { param($results) $results | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
    ) {
        $started = @($made | Start-SsmAssociationBatch @connection)
        $endpoint.Advance('0:10:0')
        $outcomes = @(& $Copy $started | Get-SsmAssociationOutcome @connection)
        "$($outcomes.Status)" | Should -Be 'Success Success'
        ([datetime]$outcomes[0].CreatedTime).ToUniversalTime().Minute | Should -Be 10
    }

    It 'is a table that fits into 80 columns, with the numbers of nodes' {
        $text = $made | Get-SsmAssociationOutcome @connection -ErrorAction SilentlyContinue | Out-String -Width 80
        $text | Should -Match 'Failed=1'
        $text | Should -Match ([regex]::Escape($made[0].AssociationId))
        foreach ($line in $text -split '\r?\n') { $line.Length | Should -BeLessOrEqual 80 }
    }

    It 'has numbers for a spreadsheet and for strict mode' {
        Set-StrictMode -Version 3
        $rows = @($made | Get-SsmAssociationOutcome @connection -ErrorAction SilentlyContinue | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)
        $rows[1].Counts | Should -Be 'Failed=1'
        $rows[1].FailedNodeCount | Should -Be '1'
        $made[0], 'nothing' | Get-SsmAssociationOutcome @connection -ErrorAction SilentlyContinue | ForEach-Object { $_.Message, $_.NextRun, $_.Nodes, $_.StatusCounts } | Out-Null
    }

    It 'ends when a command wants no more' {
        $text = Invoke-FreshShell "
            `$c = @{ EndpointUrl = '$($connection.EndpointUrl)'; AccessKey = 'a'; SecretKey = 'b'; Region = 'us-east-1' }
            '$($made[0].AssociationId)', '$($made[1].AssociationId)' | Get-SsmAssociationOutcome @c -Wait -ErrorAction SilentlyContinue | Select-Object -First 1 | ForEach-Object Status"
        @($text)[0] | Should -Be 'Success'
    }
}
