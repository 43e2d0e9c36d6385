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

    It 'has the severity of an issue as text, at every depth of JSON, and it compares with the enumeration' {
        $verdict = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web'; MaxErrors = 'many' } | Test-SsmAssociationEntry
        $issue = @($verdict.Issues)[0]
        $issue.Severity | Should -BeExactly 'Error'
        $issue.Severity -eq [SsmAssociationTools.IssueSeverity]::Error | Should -BeTrue
        [SsmAssociationTools.IssueSeverity]::Error -eq $issue.Severity | Should -BeTrue
        @($verdict.Issues | Where-Object Severity -EQ 'Error').Count | Should -Be $verdict.ErrorCount
        $json = $verdict | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        @($json.Issues)[0].Severity | Should -BeExactly 'Error'
    }

    It 'loads no AWS SDK and needs no credentials' {
        $loaded = Invoke-FreshShell '$v = @{ Name = "AWS-UpdateSSMAgent"; Targets = "tag:Role=web" } | Test-SsmAssociationEntry; "valid:$($v.IsValid)"; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }'
        $loaded | Should -Contain 'valid:True'
        $loaded | Should -Contain 'SsmAssociationTools'
        @($loaded -like 'AWSSDK*').Count | Should -Be 0
        $loaded | Should -Not -Contain 'SsmAssociationTools.Aws'
    }

    It 'asks the service with -Online, and says how many nodes the targets select' {
        $endpoint = Start-SsmLocalEndpoint -Node @{ Id = 'i-00000001'; Tags = @{ Role = 'web' } }, @{ Id = 'i-00000002'; Tags = @{ Role = 'web' } }
        try {
            $connection = $endpoint.Connection
            $web, $nobody = 'web', 'wbe' | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; Targets = "tag:Role=$_" } } | Test-SsmAssociationEntry -Online @connection
            $web.NodeCount | Should -Be 2
            $web.Issues | Should -BeNullOrEmpty
            $nobody.NodeCount | Should -Be 0
            $nobody.Issues.RuleId | Should -Be 'Nodes.None'
            ($web | Out-String) | Should -Match '2 nodes'
        }
        finally { Stop-SsmLocalEndpoint -Endpoint $endpoint }
    }

    It 'checks parameters against documents as files, in JSON and in YAML' {
        Set-Content -Path TestDrive:/web-config.yaml -Value "schemaVersion: '2.2'`nparameters:`n  Level: { type: String, allowedValues: [low, high] }"
        $verdict = @{ Name = 'web-config'; Targets = 'tag:Role=web'; Parameters = 'Level=LOW' } | Test-SsmAssociationEntry -DocumentPath (Get-Item TestDrive:/).FullName
        $verdict.IsValid | Should -BeFalse
        $verdict.Issues.RuleId | Should -Be 'Parameters.AllowedValues'
    }
}
