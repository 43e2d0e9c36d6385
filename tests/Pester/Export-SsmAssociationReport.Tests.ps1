BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Export-SsmAssociationReport' {
    BeforeEach {
        Push-Location $TestDrive
        Get-ChildItem | Remove-Item -Recurse -Force
    }
    AfterEach { Pop-Location }

    It 'writes a plan of verdicts' {
        New-Sample | Test-SsmAssociationEntry | Export-SsmAssociationReport plan.html | Should -BeNullOrEmpty
        $page = Get-Content plan.html -Raw
        $page | Should -BeLike '<!DOCTYPE html>*'
        $page | Should -Match '<title>State Manager associations: plan</title>'
        $page | Should -Match 'AWS-RunPatchBaseline'
    }

    It 'writes the results of a run, and returns the file with -PassThru' {
        $endpoint = Start-SsmLocalEndpoint
        try {
            $connection = $endpoint.Connection
            $results = New-Sample | New-SsmAssociationBatch @connection
        }
        finally { Stop-SsmLocalEndpoint }
        $file = $results | Export-SsmAssociationReport run.html -Title 'A <night>' -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $page = Get-Content $file.FullName -Raw
        $page | Should -Match $results.AssociationId
        $page | Should -Match '<h1 id="main">A &lt;night&gt;</h1>'
    }

    It 'keeps the old file when it cannot be finished, and with -NoClobber and -WhatIf' {
        Set-Content plan.html 'old'
        { & { New-Sample; throw 'no' } | Export-SsmAssociationReport plan.html } | Should -Throw
        { New-Sample | Export-SsmAssociationReport plan.html -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists*'
        New-Sample | Export-SsmAssociationReport plan.html -WhatIf
        Get-Content plan.html | Should -Be 'old'
        @(Get-ChildItem -Force).Count | Should -Be 1
    }
}
