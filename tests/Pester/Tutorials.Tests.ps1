BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    $tutorials = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'samples', 'tutorials')

    # Each runs in a shell of its own, as a reader starts it. Steps are numbered, and each has something to show.
    function Invoke-Tutorial([string] $Name, [string[]] $Arguments = @()) {
        $shell = Get-ThisShell
        $lines = @(& $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $tutorials $Name) @Arguments)
        $LASTEXITCODE | Should -Be 0
        $steps = @($lines | Where-Object { $_ -match '^(\d\. |   \S)' } | ForEach-Object { $_.Substring(0, 2) })
        $numbers = @($steps -ne '  ')
        $numbers.Count | Should -BeGreaterOrEqual 3
        $numbers | Should -Be @(1..$numbers.Count | ForEach-Object { "$_." })
        "$steps" | Should -Not -Match '\d\. \d\.'
        $steps[-1] | Should -Be '  '
        $lines
    }
}

Describe 'samples/tutorials in this shell' {
    It 'authors entries, writes a file that imports and a plan' {
        $lines = Invoke-Tutorial '1-author-and-look-ahead.ps1' -Arguments '-Folder', "$TestDrive"
        $lines | Should -Contain '   4 entries, the last from fleet.csv:5'
        "$lines" | Should -BeLike '*`[Schedule.Cron.DayOfWeek`]*'
        $lines | Should -Contain '   4 results, all NotAttempted'
        Join-Path $TestDrive 'plan.html' | Should -FileContentMatch 'Patching of the web servers'
    }

    It 'sends through faults and creates each association once' {
        $lines = Invoke-Tutorial '2-send-and-read-back.ps1' -Arguments '-Folder', "$TestDrive"
        $lines | Should -Contain '   120 rows, 120 results, 118 created, 118 associations exist'
        $lines | Should -Contain '   120 results, 118 associations exist'
        $lines | Should -Contain '   118 associations, 118 lines in the backup'
        Join-Path $TestDrive 'run.html' | Should -FileContentMatch 'First run'
    }

    It 'brings a Region to what is wanted' {
        $lines = Invoke-Tutorial '3-compare-and-clean-up.ps1'
        $lines | Should -Contain '   6 compared, 6 the same'
        @($lines -like '   Created patch-*').Count | Should -Be 2
        @($lines -like '   Removed patch-*').Count | Should -Be 3
    }

    It 'takes a fleet through a week' {
        $lines = Invoke-Tutorial '5-a-week-of-a-fleet.ps1' -Arguments '-Folder', "$TestDrive"
        $lines | Should -Contain '   run 2: 3 Existing'
        $lines | Should -Contain '   Failed patch-scan: AssociationChanged'
        $lines | Should -Contain '   Updated patch-scan version 2 to 3'
        $lines | Should -Contain '   patch-scan has MaxConcurrency 2 again, as it was edited by hand'
        Join-Path $TestDrive 'plan.html' | Should -FileContentMatch 'Changes of Wednesday'
    }

    It 'follows what it sent, fixes what failed and runs it again' {
        $lines = Invoke-Tutorial '6-run-and-follow.ps1' -Arguments '-Folder', "$TestDrive"
        $lines | Should -Contain '   Failed agent-web Failed=1, Success=1'
        $lines | Should -Contain '   ReachedNobody agent-store'
        @($lines -like '   i-0a000000000000002 Failed, output *').Count | Should -Be 1
        $lines | Should -Contain '   Success agent-web Success=2'
        $lines | Should -Contain '   Success agent-store Success=1'
        Join-Path $TestDrive 'outcome.html' | Should -FileContentMatch 'Did it apply'
    }

    It 'reaches several Regions and accounts' {
        $lines = Invoke-Tutorial '4-regions-and-accounts.ps1'
        $lines | Should -Contain '   40 results'
        "$lines" | Should -Match '   10 copies'
        @($lines -like '* = 10').Count | Should -Be 1
    }
}
