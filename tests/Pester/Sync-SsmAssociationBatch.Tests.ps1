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

    It 'gives results and removals with the same properties, also as CSV, as JSON and under strict mode' {
        Set-StrictMode -Version Latest
        $invalid = @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-bad'; MaxErrors = 'many'; Target = 'tag:Role=web' }
        $sent = @($wanted | Sync-SsmAssociationBatch @connection -Prune -Scope 'patch-*' -Force -WarningAction SilentlyContinue) +
            @($invalid | Sync-SsmAssociationBatch @connection -Force -ErrorAction SilentlyContinue)
        @($sent.Status) | Should -Be @('Existing', 'Updated', 'Existing', 'Created', 'Removed', 'Invalid')
        $names = @($sent | ForEach-Object { @($_.PSObject.Properties.Name | Sort-Object) -join ',' } | Select-Object -Unique)
        $names.Count | Should -Be 1
        $file = Join-Path $TestDrive 'sync.csv'
        $reversed = $sent.Clone()
        [array]::Reverse($reversed)
        foreach ($order in $sent, $reversed) {
            foreach ($property in $names[0] -split ',') { { $null = $order | ForEach-Object { $_.$property } } | Should -Not -Throw }
            $order | Export-Csv -LiteralPath $file -NoTypeInformation
            $rows = @(Import-Csv -LiteralPath $file)
            @($rows.RecommendedAction | Where-Object { $_ }).Count | Should -Be 1
            @($rows.Status) | Should -Be @($order.Status)
            $read = @($order | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json | ForEach-Object { $_ })
            @($read.Status) | Should -Be @($order.Status)
        }

        $live = $sent | Where-Object Status -EQ 'Removed' | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue
        foreach ($copy in @(Import-Csv -LiteralPath $file), @($sent | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json | ForEach-Object { $_ })) {
            # A copy of a removal stands for what it removed, not for a result that created something.
            $removed = @($copy | Where-Object Status -EQ 'Removed' | Remove-SsmAssociationBatch @connection -Force)
            @($removed.Status) | Should -Be @('Absent')
            $created = $copy | Where-Object Status -EQ 'Removed' | New-SsmAssociationBatch @connection -ErrorAction SilentlyContinue
            "$($created.Status) $($created.ErrorCode)" | Should -Be "$($live.Status) $($live.ErrorCode)"
        }

        @(Get-SsmAssociationEntry @connection).AssociationName | Should -Not -Contain 'patch-old'
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
