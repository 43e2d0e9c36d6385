BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    $samples = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'samples')
}

Describe 'The samples in this shell' {
    It 'quickstart.ps1 finds the module by itself, from any directory, and ends with its promise kept' {
        $shell = Get-ThisShell
        Push-Location $TestDrive
        try {
            $output = & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $samples 'quickstart.ps1')
            $LASTEXITCODE | Should -Be 0
        }
        finally {
            Pop-Location
        }
        $lines = @(Get-Content -LiteralPath (Join-Path $samples 'fleet.jsonl')).Count
        @($output -ne '')[-1] | Should -Match "^$lines lines, $lines results, \d+ associations"
    }

    It 'playground.ps1 leaves a shell whose commands reach the endpoint without parameters' {
        $playground = (Join-Path $samples 'playground.ps1') -replace "'", "''"
        $output = Invoke-FreshShell @"
            . '$playground' | Out-Null
            `$created = @(`$fleet[0..4] | New-SsmAssociationBatch)
            "`$(`$created.Count) created, `$(@(Get-SsmAssociationEntry).Count) read, `$(`$endpoint.AssociationCount) exist"
"@
        $output | Should -Be '5 created, 5 read, 5 exist'
    }
}
