BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    $tutorials = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'samples', 'tutorials')
    $shell = (Get-Process -Id $PID).Path

    function Invoke-Tutorial([string] $Name, [string[]] $Arguments = @()) {
        $lines = & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $tutorials $Name) @Arguments
        $LASTEXITCODE | Should -Be 0
        $lines
    }
}

Describe 'samples/tutorials in this shell' {
    It 'authors entries, writes a file and a plan' {
        $lines = Invoke-Tutorial '1-author-and-look-ahead.ps1' -Arguments '-Folder', "$TestDrive"
        $lines | Should -Contain '   4 entries, the last from fleet.csv:5'
        Join-Path $TestDrive 'plan.html' | Should -Exist
    }

    It 'sends through faults and creates each association once' {
        $lines = Invoke-Tutorial '2-send-and-read-back.ps1' -Arguments '-Folder', "$TestDrive"
        $lines | Should -Contain '   120 rows, 120 results, 118 created, 118 associations exist'
        $lines | Should -Contain '   118 associations, 118 lines in the backup'
    }

    It 'brings a Region to what is wanted' {
        Invoke-Tutorial '3-compare-and-clean-up.ps1' | Should -Contain '   6 compared, 6 the same'
    }

    It 'reaches several Regions and accounts' {
        Invoke-Tutorial '4-regions-and-accounts.ps1' | Should -Contain '   40 results'
    }
}
