BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $runbooks = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'docs', 'runbooks')
    $endpoint = Start-SsmLocalEndpoint
    $connection = $endpoint.Connection

    # The script of the first step: the block below its Script key, without its indentation.
    function Get-StepScript {
        $isIn = $false
        $lines = foreach ($line in Get-Content ([IO.Path]::Combine($runbooks, 'ssm-automation', 'SsmAssociationTools-CreateAssociations.yaml'))) {
            if ($isIn -and $line -match '^ {0,7}\S') { break }
            if ($isIn) { $line -replace '^ {8}' }
            if ($line -match '^ {6}Script: \|-$') { $isIn = $true }
        }
        $lines -join "`n"
    }
}

AfterAll { $endpoint | Stop-SsmLocalEndpoint }

Describe 'Runbooks' {
    BeforeEach {
        Push-Location $TestDrive
        Get-ChildItem | Remove-Item -Recurse -Force
        'Name,AssociationName,Targets,Parameters', 'AWS-RunPatchBaseline,scan-a,tag:A=b,Operation=Scan', 'Nobody-Has-This,none-a,tag:A=b,' | Set-Content fleet.csv
    }
    AfterEach { Pop-Location }

    It '<File> parses in this shell' -ForEach @(@{ File = 'azure-automation/New-Associations.ps1' }, @{ File = 'lambda/handler.ps1' }, @{ File = 'remoting/Invoke-Shards.ps1' }) {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseFile([IO.Path]::Combine($runbooks, $File), [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'the Automation script takes module and entries from a zip, in a shell of its own' -Skip:($PSEdition -ne 'Core') {
        $package = New-Item -ItemType Directory -Path package
        Copy-Item -Recurse (Split-Path -Parent (Get-StagedManifest)) (Join-Path $package 'SsmAssociationTools')
        Copy-Item fleet.csv $package
        [IO.Compression.ZipFile]::CreateFromDirectory($package, (Join-Path $PWD.Path 'attachment.zip'))
        Remove-Item -Recurse fleet.csv, $package
        Get-StepScript | Set-Content step.ps1
        $shell = Get-ThisShell
        $output = & $shell -NoProfile -NonInteractive -Command @"
            `$PSDefaultParameterValues = @{ 'New-SsmAssociationBatch:EndpointUrl' = '$($endpoint.Url)'; 'New-SsmAssociationBatch:AccessKey' = 'local'; 'New-SsmAssociationBatch:SecretKey' = 'local' }
            `$env:InputPayload = '{"EntriesUri":"fleet.csv","Regions":"","OwnRegion":"us-east-1","Shard":"1/1","IfExists":"Skip","TimeBudgetSeconds":510,"ModuleUri":"","ModuleSha256":"","ModuleVersion":"0.2.0"}'
            ./step.ps1 | ConvertTo-Json -Depth 2 -Compress
"@
        $answer = $output | ConvertFrom-Json
        $answer.Summary | Should -Match '^Shard 1/1: 1 (Created|Existing), 1 Failed$'
        $answer.Failures[0].ErrorCode | Should -Be 'InvalidDocument'
    }

    It 'the Lambda handler answers in JSON at the depth of the runtime' -Skip:($PSEdition -ne 'Core') {
        . ([IO.Path]::Combine($runbooks, 'lambda', 'handler.ps1'))
        $PSDefaultParameterValues = @{ 'New-SsmAssociationBatch:EndpointUrl' = "$($endpoint.Url)"; 'New-SsmAssociationBatch:AccessKey' = 'local'; 'New-SsmAssociationBatch:SecretKey' = 'local' }
        $answer = New-AssociationFromEvent (Get-Content -Raw ([IO.Path]::Combine($runbooks, 'lambda', 'event.json')) | ConvertFrom-Json) @{ RemainingTime = 300000 }
        ($answer | ConvertFrom-Json).Counts.Created | Should -Be 4
    }

    It 'results and entries of a job are read again' {
        $job = Start-Job {
            param($Manifest, $File, $Connection)
            Import-Module $Manifest
            Import-SsmAssociationEntry $File
            Import-SsmAssociationEntry $File | New-SsmAssociationBatch @Connection -IfExists Skip -ErrorAction SilentlyContinue
        } -ArgumentList (Get-StagedManifest), (Convert-Path fleet.csv), $connection
        $back = @($job | Receive-Job -Wait -AutoRemoveJob)
        $back.Count | Should -Be 4
        $back[3].Status | Should -BeExactly 'Failed'
        $verdicts = @($back | Test-SsmAssociationEntry)
        $verdicts.WarningCount | Should -Be @(0, 0, 0, 0)
        $verdicts[2].Entry.Parameters['Operation'] | Should -Be 'Scan'
        ($back[2] | New-SsmAssociationBatch @connection -IfExists Skip).Status | Should -Be 'Existing'
    }

    It 'parallel runspaces give back the results themselves' -Skip:($PSEdition -ne 'Core') {
        $manifest = Get-StagedManifest
        $file = Convert-Path fleet.csv
        $results = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $connection = $using:connection
            Import-SsmAssociationEntry $using:file -Shard "$_/4" | New-SsmAssociationBatch @connection -IfExists Skip -ErrorAction SilentlyContinue
        }
        $results.Count | Should -Be 2
        $results[0].GetType().Namespace | Should -Be 'SsmAssociationTools'
    }
}
