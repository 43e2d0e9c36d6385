BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Import-SsmAssociationEntry and Export-SsmAssociationEntry' {
    BeforeEach {
        Push-Location $TestDrive
        Get-ChildItem | Remove-Item -Recurse -Force
    }
    AfterEach { Pop-Location }

    It 'imports what it exported as <Extension>' -ForEach @(
        @{ Extension = 'csv' }, @{ Extension = 'tsv' }, @{ Extension = 'json' }, @{ Extension = 'jsonl' }
    ) {
        $entries = @(
            New-Sample @{ AssociationName = 'quote " comma , semicolon ;'; Parameters = @{ commands = @("line 1`nline 2", ' =1+1 ', '{"a":[1]}', '') } }
            New-Sample @{ Targets = @{ Key = 'tag:Note'; Values = @('a,b', 'c=d', 'true') }; OutputLocation = @{ S3Location = @{ OutputS3BucketName = 'logs' } }; Region = 'eu-north-1' }
        )
        $entries | Export-SsmAssociationEntry "fleet.$Extension"
        $read = @(Import-SsmAssociationEntry "fleet.$Extension")
        $read.Count | Should -Be 2
        $read[0].AssociationName | Should -Be 'quote " comma , semicolon ;'
        $read[0].Parameters['commands'] | Should -Be @("line 1`nline 2", ' =1+1 ', '{"a":[1]}', '')
        $read[1].Targets[0].Values | Should -Be @('a,b', 'c=d', 'true')
        $read[1].Region | Should -Be 'eu-north-1'
        @($entries | ForEach-Object { Get-Reading (Test-SsmAssociationEntry $_).Entry }) | Should -Be @($read | ForEach-Object { Get-Reading $_ })
    }

    It 'reads cells that it guarded against spreadsheets as they were, by way of Import-Csv too' {
        $names = '-2-3', '=2+5', "'=x", '@SUM(A1)'
        $names | ForEach-Object { New-Sample @{ AssociationName = '-2-3'; AlarmConfiguration = @{ Alarms = @{ Name = $_ } } } } | Export-SsmAssociationEntry fleet.csv
        $rows = Import-Csv fleet.csv
        $rows.AssociationName | Sort-Object -Unique | Should -Be "'-2-3"
        $read = ($rows | Test-SsmAssociationEntry).Entry
        $read.AssociationName | Sort-Object -Unique | Should -Be '-2-3'
        $read.AlarmConfiguration.Alarms.Name | Should -Be $names
    }

    It 'reads a file that <Writer> wrote' -ForEach @(
        @{ Writer = 'Export-Csv'; Make = { New-Object psobject -Property @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web,db' } | Export-Csv fleet.csv }; File = 'fleet.csv' }
        @{ Writer = 'Export-Csv in UTF-16'; Make = { New-Object psobject -Property @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web,db' } | Export-Csv fleet.csv -Encoding Unicode -Delimiter ';' -NoTypeInformation }; File = 'fleet.csv' }
        @{ Writer = 'ConvertTo-Json'; Make = { @(@{ Name = 'AWS-UpdateSSMAgent'; Targets = @(@{ Key = 'tag:Role'; Values = @('web', 'db') }) }) | ConvertTo-Json -Depth 9 | Set-Content fleet.json }; File = 'fleet.json' }
        @{ Writer = 'hand, in YAML'; Make = { "- Name: AWS-UpdateSSMAgent`n  Targets: tag:Role=web,db" | Set-Content fleet.yaml }; File = 'fleet.yaml' }
        @{ Writer = 'hand, as a template'; Make = { "Resources:`n  Agent:`n    Type: AWS::SSM::Association`n    Properties:`n      Name: !Sub AWS-UpdateSSMAgent`n      Targets: [ { Key: !Join [':', [tag, Role]], Values: [ web, db ] } ]" | Set-Content fleet.template }; File = 'fleet.template' }
        @{ Writer = 'hand, for Terraform'; Make = { "resource ""aws_ssm_association"" ""agent"" {`n  name = ""AWS-UpdateSSMAgent""`n  targets {`n    key    = ""tag:Role""`n    values = [""web"", ""db""]`n  }`n}" | Set-Content fleet.tf }; File = 'fleet.tf' }
    ) {
        & $Make
        $read = @(Get-ChildItem $File | Import-SsmAssociationEntry)
        $read.Count | Should -Be 1
        "$($read[0].Targets)" | Should -Be 'tag:Role=web,db'
        $read[0].Source | Should -Match "^$([regex]::Escape($File)):\d$"
    }

    It 'gives a template what it needs, secrets too' {
        "Parameters: { Role: { Type: String, NoEcho: true } }`nResources:`n  Agent:`n    Type: AWS::SSM::Association`n    Properties: { Name: !Ref Document, AssociationName: !Sub 'run-`${Role}' }" | Set-Content stack.yaml
        Import-SsmAssociationEntry stack.yaml -ErrorVariable needed -ErrorAction SilentlyContinue | Out-Null
        "$needed" | Should -BeLike "*-TemplateParameter @{ 'Role' = '...' } -TemplateValue @{ 'Document' = '...' }.*"
        $secret = New-Object System.Security.SecureString
        'web'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
        $read = Import-SsmAssociationEntry stack.yaml -TemplateParameter @{ Role = $secret } -TemplateValue @{ Document = 'AWS-UpdateSSMAgent' }
        "$read" | Should -Be 'run-web (AWS-UpdateSSMAgent)'
    }

    It 'takes paths with wildcards and literally' {
        'Name', 'a' | Set-Content -LiteralPath 'one[1].csv'
        'Name', 'b' | Set-Content one1.csv
        (Import-SsmAssociationEntry 'one[1].csv').Name | Should -Be 'b'
        (Import-SsmAssociationEntry -LiteralPath 'one[1].csv').Name | Should -Be 'a'
        (Get-ChildItem *.csv | Import-SsmAssociationEntry).Count | Should -Be 2
    }

    It 'keeps the old file when the export does not come to its end' {
        'old' | Set-Content out.csv
        { & { New-Sample; throw 'no' } | Export-SsmAssociationEntry out.csv } | Should -Throw 'no'
        Get-Content out.csv | Should -Be 'old'
        (Get-ChildItem -Force).Name | Should -Be 'out.csv'
        { New-Sample | Export-SsmAssociationEntry out.csv -NoClobber } | Should -Throw '*NoClobber*'
        Get-Content out.csv | Should -Be 'old'
    }

    It 'writes a starting file as <Template> that is valid as it is' -ForEach @(@{ Template = 'Csv' }, @{ Template = 'Json' }) {
        Export-SsmAssociationEntry "new.$Template" -Template $Template
        Import-SsmAssociationEntry "new.$Template" | Test-SsmAssociationEntry -Quiet | Should -Be @($true, $true)
    }

    It 'keeps the place of an entry through Export-Clixml' {
        'Name,Targets', 'AWS-UpdateSSMAgent,tag:A=b' | Set-Content fleet.csv
        Import-SsmAssociationEntry fleet.csv | Export-Clixml fleet.xml
        $verdict = Import-Clixml fleet.xml | Test-SsmAssociationEntry
        $verdict.Source | Should -Be 'fleet.csv:2'
        $verdict.WarningCount | Should -Be 0
    }
}
