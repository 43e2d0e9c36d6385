BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Sync-SsmAssociationBatch and Update-SsmAssociationBatch' {
    BeforeEach {
        $endpoint = Start-SsmLocalEndpoint
        $connection = $endpoint.Connection
        $wanted = @(1..4 | ForEach-Object { New-Sample @{ AssociationName = "patch-$_" } })
        $null = $wanted[0..2] + (New-Sample @{ AssociationName = 'patch-old' }) | New-SsmAssociationBatch @connection
        $wanted[1] = New-Sample @{ AssociationName = 'patch-2'; MaxErrors = '7' }
        $plan = @($wanted | Compare-SsmAssociationEntry @connection)
    }

    AfterEach {
        $endpoint | Stop-SsmLocalEndpoint
    }

    It 'carries out a plan that went through <Form>, and refuses what moved on since' -ForEach @(
        @{ Form = 'Clixml'; Travel = { param($plan, $file) $plan | Export-Clixml -LiteralPath $file; Import-Clixml -LiteralPath $file } }
        @{ Form = 'JSON'; Travel = { param($plan, $file) ConvertTo-Json $plan -Depth 10 | Set-Content -LiteralPath $file; Get-Content -LiteralPath $file -Raw | ConvertFrom-Json | ForEach-Object { $_ } } }
    ) {
        $approved = @(& $Travel $plan (Join-Path $TestDrive "plan-$Form"))
        $null = @{ AssociationId = $plan[4].AssociationId; MaxErrors = '9' } | Update-SsmAssociationBatch @connection -WarningAction SilentlyContinue
        $results = @($approved | Sync-SsmAssociationBatch @connection -Prune -Scope 'patch-*' -Force -WarningVariable warnings -WarningAction SilentlyContinue)
        @($results.Status) | Should -Be @('Existing', 'Updated', 'Existing', 'Created', 'NotAttempted')
        "$warnings" | Should -BeLike '*not removed, because the plan does not name them as they are now*'

        $again = @($approved | Sync-SsmAssociationBatch @connection -Force -WarningAction SilentlyContinue)
        @($again.Status) | Should -Be @('Existing', 'Existing', 'Existing', 'Existing', 'NotAttempted')

        $null = @{ AssociationId = $plan[1].AssociationId; MaxErrors = '1' } | Update-SsmAssociationBatch @connection -WarningAction SilentlyContinue
        $refused = @($approved | Sync-SsmAssociationBatch @connection -Force -ErrorAction SilentlyContinue)
        $refused[1].ErrorCode | Should -Be 'AssociationChanged'
    }

    It 'shows old and new values of a comparison as a list' {
        $text = $plan[1] | Format-List | Out-String -Width 200
        $text | Should -Match 'Differences\s+: MaxErrors: .* -> 7'
    }

    It 'shows results, changes and removals in one table' {
        $text = $wanted | Sync-SsmAssociationBatch @connection -Prune -Scope 'patch-*' -Force -WarningAction SilentlyContinue | Out-String -Width 120
        @($text -split '\r?\n' -match '^Status\s').Count | Should -Be 1
        $text | Should -Match 'version 1 -> 2'
        $text | Should -Match '(?m)^Removed\s+patch-old'
    }

    It 'takes a mass edit from a CSV file and takes it back' {
        $file = Join-Path $TestDrive 'edit.csv'
        Get-SsmAssociationEntry @connection | ForEach-Object { [pscustomobject]@{ AssociationId = $_.AssociationId; MaxConcurrency = '3' } } | Export-Csv -LiteralPath $file -NoTypeInformation
        $results = @(Import-Csv -LiteralPath $file | Update-SsmAssociationBatch @connection -Force -WarningVariable warnings -WarningAction SilentlyContinue)
        @($results | Where-Object Status -EQ 'Updated').Count | Should -Be 4
        "$warnings" | Should -BeLike '4 associations run at once on all their targets*'
        @($results | Update-SsmAssociationBatch @connection -Revert -Force -WarningAction SilentlyContinue | Where-Object Status -EQ 'Updated').Count | Should -Be 4
        @(Get-SsmAssociationEntry @connection | Where-Object { $_.Entry.MaxConcurrency -eq '3' }).Count | Should -Be 0
    }
}
