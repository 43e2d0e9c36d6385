BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Test-SsmAssociationEntry' {
    It 'finds nothing wrong with an entry that is right' {
        $verdict = New-Sample | Test-SsmAssociationEntry
        $verdict.IsValid | Should -BeTrue
        $verdict.Issues | Should -BeNullOrEmpty
        $verdict.Index | Should -Be 0
        $verdict.Target | Should -Be 'tag:Role=web'
    }

    It 'loads no AWS SDK and needs no credentials' {
        $loaded = Invoke-FreshShell '$v = @{ Name = "AWS-UpdateSSMAgent"; Targets = "tag:Role=web" } | Test-SsmAssociationEntry; "valid:$($v.IsValid)"; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }'
        $loaded | Should -Contain 'valid:True'
        $loaded | Should -Contain 'SsmAssociationTools'
        @($loaded -like 'AWSSDK*').Count | Should -Be 0
        $loaded | Should -Not -Contain 'SsmAssociationTools.Aws'
    }
}
