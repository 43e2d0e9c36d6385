BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    $samples = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'samples')
}

Describe 'samples/quickstart.ps1 in this shell' {
    It 'finds the module by itself, from any directory, and ends with its promise kept' {
        $shell = (Get-Process -Id $PID).Path
        Push-Location $TestDrive
        try {
            $output = & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $samples 'quickstart.ps1')
            $LASTEXITCODE | Should -Be 0
        }
        finally {
            Pop-Location
        }
        $lines = @(Get-Content -LiteralPath (Join-Path $samples 'fleet.jsonl')).Count
        "$output" | Should -Match "$lines lines, $lines results, \d+ associations"
    }

    It 'ends with an error for a file that is not there' {
        $shell = (Get-Process -Id $PID).Path
        & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $samples 'quickstart.ps1') -Path (Join-Path $TestDrive 'none.jsonl') 2>&1 | Out-Null
        $LASTEXITCODE | Should -Not -Be 0
    }
}
