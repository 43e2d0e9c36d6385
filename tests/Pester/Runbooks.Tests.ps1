BeforeDiscovery {
    # The user who may write nothing: on Linux, where the specs run as one who can become that user.
    $canDrop = $IsLinux -and (Get-Command setpriv -CommandType Application -ErrorAction Ignore) -and (id -u) -eq 0
    $who = @(@{ Who = 'as it is' })
    if ($IsLinux) { $who += @{ Who = 'without HOME' } }
    if ($canDrop) { $who += @{ Who = 'as a user who may write temporary files only' } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $runbooks = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'docs', 'runbooks')
    $endpoint = Start-SsmLocalEndpoint
    $connection = $endpoint.Connection
    $work = "$TestDrive"
    $rows = 'Name,AssociationName,Targets,Parameters', 'AWS-RunPatchBaseline,scan-a,tag:A=b,Operation=Scan', 'Nobody-Has-This,none-a,tag:A=b,secret=hunter2-s3cret'
    $useEndpoint = "`$PSDefaultParameterValues = @{ 'New-SsmAssociationBatch:EndpointUrl' = '$($endpoint.Url)' }; "

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

    # The program of this shell, and what stands before its own arguments. The packages of root are closed to others.
    function Get-ReadableShell([string] $Who) {
        $shell = Get-ThisShell
        if ($Who -notlike 'as a user*' -or $PSHOME -notlike '*.nuget*') { return $shell }
        $copy = Join-Path $work 'shell'
        if (-not (Test-Path $copy)) { Copy-Item -Recurse $PSHOME $copy }
        Join-Path $env:DOTNET_ROOT 'dotnet'
        'exec'
        Join-Path $copy 'pwsh.dll'
    }

    # Runs a script as a host does: in a process with the given variables alone, in a folder that it may not change.
    function Invoke-Host([string] $Script, [hashtable] $Variables, [string] $Folder, [string] $Who) {
        $temp = Join-Path $work 'temp'
        $null = New-Item -ItemType Directory -Force -Path $temp
        $Variables = @{ NO_COLOR = '1'; TMPDIR = $temp; AWS_ACCESS_KEY_ID = 'local'; AWS_SECRET_ACCESS_KEY = 'local' } + $Variables
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Script))
        $arguments = '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded
        Push-Location $Folder
        try {
            if ($IsLinux -and $Who -ne 'as it is') {
                $command = @('-i', "PATH=$env:PATH", "DOTNET_ROOT=$env:DOTNET_ROOT") + @($Variables.Keys | ForEach-Object { "$_=$($Variables[$_])" })
                if ($Who -like 'as a user*') {
                    & chmod -R a-w,a+rX $Folder
                    & chmod 777 $temp
                    $command += 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'
                }
                $shell = @(Get-ReadableShell $Who)
                & env @command @shell @arguments
            }
            else {
                $saved = @{}
                foreach ($name in $Variables.Keys) { $saved[$name] = [Environment]::GetEnvironmentVariable($name); [Environment]::SetEnvironmentVariable($name, $Variables[$name]) }
                try { & (Get-ThisShell) @arguments } finally { foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) } }
            }
        }
        finally {
            Pop-Location
        }
    }

    function New-Folder([string] $Name) {
        $folder = [IO.Path]::Combine($work, [guid]::NewGuid().ToString('N'), $Name)
        (New-Item -ItemType Directory -Path $folder).FullName
    }
}

AfterAll { $endpoint | Stop-SsmLocalEndpoint }

Describe 'Runbooks' {
    It '<_> parses in this shell' -ForEach 'azure-automation/New-Associations.ps1', 'lambda/handler.ps1', 'remoting/Invoke-Shards.ps1' {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseFile([IO.Path]::Combine($runbooks, $_), [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
    }
}

Describe 'The Automation script, <Who>' -ForEach $who -Skip:($PSEdition -ne 'Core') {
    It 'takes module and entries from the attachment, answers, and leaves no copy of the entries' {
        $folder = New-Folder 'automation'
        $package = New-Folder 'package'
        Copy-Item -Recurse (Split-Path -Parent (Get-StagedManifest)) (Join-Path $package 'SsmAssociationTools')
        $rows | Set-Content (Join-Path $package 'fleet.csv')
        [IO.Compression.ZipFile]::CreateFromDirectory($package, (Join-Path $folder 'attachment.zip'), 'NoCompression', $false)
        $payload = @{
            EntriesUri = 'fleet.csv'; Regions = ''; OwnRegion = 'us-east-1'; Shard = '1/1'; IfExists = 'Skip'; TimeBudgetSeconds = 510; ModuleUri = ''; ModuleSha256 = ''
            ModuleVersion = '0.0.0'
        } | ConvertTo-Json -Compress
        $script = $useEndpoint + "function Step {`n$(Get-StepScript)`n}`n" + 'Step | ConvertTo-Json -Depth 2 -Compress; "module: $((Get-Module SsmAssociationTools).ModuleBase)"'

        $text = @(Invoke-Host $script @{ InputPayload = $payload } $folder $Who)

        $answer = $text[0] | ConvertFrom-Json
        $answer.Summary | Should -Match '^Shard 1/1: 1 (Created|Existing), 1 Failed$'
        $answer.Failures[0].ErrorCode | Should -Be 'InvalidDocument'
        "$text" | Should -Not -Match 'hunter2'
        $module = $text[1] -replace '^module: '
        Join-Path $module 'SsmAssociationTools.psd1' | Should -Exist
        @(Get-ChildItem (Split-Path -Parent $module)).Name | Should -Be 'SsmAssociationTools'
    }
}

Describe 'The Lambda handler, <Who>' -ForEach $who -Skip:($PSEdition -ne 'Core') {
    BeforeAll {
        # As in Lambda: handler and modules in the folder of the function, which nobody may change.
        $task = New-Folder 'task'
        Copy-Item ([IO.Path]::Combine($runbooks, 'lambda', 'handler.ps1')) $task
        $null = New-Item -ItemType Directory (Join-Path $task 'modules')
        Copy-Item -Recurse (Split-Path -Parent (Get-StagedManifest)) ([IO.Path]::Combine($task, 'modules', 'SsmAssociationTools'))
        $variables = @{ LAMBDA_TASK_ROOT = $task; PSModulePath = (Join-Path $task 'modules'); AWS_REGION = 'us-east-1'; AWS_SESSION_TOKEN = 'local' }
        # The runtime reads the event as JSON, loads the script and calls the function.
        $invoke = $useEndpoint + '. ./handler.ps1; try { New-AssociationFromEvent ($env:EVENT | ConvertFrom-Json) @{ RemainingTime = 300000 } } catch { "thrown: $_" }'
    }

    It 'answers in JSON' {
        $lambdaEvent = Get-Content -Raw ([IO.Path]::Combine($runbooks, 'lambda', 'event.json'))
        $text = @(Invoke-Host $invoke ($variables + @{ EVENT = $lambdaEvent }) $task $Who)
        $text.Count | Should -Be 1
        $counts = ($text[0] | ConvertFrom-Json).Counts
        $counts.Created + $counts.Existing | Should -Be 4
    }

    It 'fails where an entry failed, and says in the log which' {
        $lambdaEvent = '{"Entries":[{"Name":"Nobody-Has-This","Targets":"tag:A=b","Parameters":{"secret":["hunter2-s3cret"]}}],"Region":"us-east-1"}'
        $text = @(Invoke-Host $invoke ($variables + @{ EVENT = $lambdaEvent }) $task $Who)
        ($text[0] | ConvertFrom-Json).Failures[0].ErrorCode | Should -Be 'InvalidDocument'
        $text[-1] | Should -BeLike 'thrown: Not all associations were created. Shard 1/1: 1 Failed.*'
        "$text" | Should -Not -Match 'hunter2'
    }
}

Describe 'The Azure runbook, in a runspace without a console' {
    BeforeAll {
        $modules = New-Folder 'modules'
        Copy-Item -Recurse (Split-Path -Parent (Get-StagedManifest)) (Join-Path $modules 'SsmAssociationTools')

        # What Azure gives its runbooks, a file behind an address, and afterwards what all jobs of the process share.
        $prepare = @'
            $PSPrivateMetadata = @{ JobId = [guid]::NewGuid() }
            $env:PSModulePath = 'MODULES' + [IO.Path]::PathSeparator + $env:PSModulePath
            $PSDefaultParameterValues = @{ 'New-SsmAssociationBatch:EndpointUrl' = 'ENDPOINT' }
            function Get-AutomationPSCredential { param($Name) New-Object pscredential 'local', (ConvertTo-SecureString 'local' -AsPlainText -Force) }
            function Get-AutomationVariable { param($Name) '[{"Name":"AWS-UpdateSSMAgent","AssociationName":"agent-a","Targets":"tag:A=b"}]' }
            function Get-Shared {
                [Net.ServicePointManager]::SecurityProtocol; [Net.ServicePointManager]::Expect100Continue; [Net.ServicePointManager]::DefaultConnectionLimit
                [cultureinfo]::DefaultThreadCurrentCulture; [Environment]::CurrentDirectory; [Net.WebRequest]::DefaultWebProxy; [Threading.ThreadPool]::SetMinThreads.ToString()
                Get-ChildItem env: | Where-Object Name -NE 'PSModulePath' | Sort-Object Name | ForEach-Object { "$($_.Name)=$($_.Value)" }
            }
            $before = "$(Get-Shared)"
            $listener = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Loopback), 0
            $listener.Start()
            $server = [powershell]::Create().AddScript({
                    param($Listener)
                    $client = $Listener.AcceptTcpClient()
                    $stream = $client.GetStream()
                    $reader = New-Object IO.StreamReader $stream
                    while ($reader.ReadLine()) { }
                    $body = "Name,AssociationName,Targets`nAWS-UpdateSSMAgent,agent-b,tag:A=b`nNobody-Has-This,none-b,tag:A=b`n"
                    $bytes = [Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 OK`r`nContent-Length: $($body.Length)`r`nConnection: close`r`n`r`n$body")
                    $stream.Write($bytes, 0, $bytes.Length)
                    $client.Dispose()
                }).AddArgument($listener)
            $null = $server.BeginInvoke()
'@
        $prepare = $prepare.Replace('MODULES', ($modules -replace "'", "''")).Replace('ENDPOINT', "$($endpoint.Url)")
        $runbook = [IO.Path]::Combine($runbooks, 'azure-automation', 'New-Associations.ps1')

        # The job's process is one of its own here, and its runspace has no user interface.
        function Invoke-Job([string] $Arguments) {
            $job = $prepare + @"

                try { & '$($runbook -replace "'", "''")' $Arguments | ForEach-Object { "`$(`$_.Summary)|`$(`$_.Status)|`$(`$_.ErrorCode)" } } catch { "thrown: `$_" }
                "shared: `$("`$(Get-Shared)" -eq `$before)"
                `$listener.Stop()
"@
            Invoke-FreshShell "Remove-Module SsmAssociationTools; `$job = [powershell]::Create().AddScript(@'`n$job`n'@); `$job.Invoke(); `$job.Streams.Error; exit"
        }
    }

    It 'ends as completed where all is created, and sets nothing for the process' {
        $text = @(Invoke-Job "-CredentialName aws -EntriesVariable Fleet -Region us-east-1")
        $text[0] | Should -Match '^1 (Created|Existing)\|'
        $text[1] | Should -Be 'shared: True'
        $text.Count | Should -Be 2
    }

    It 'reads a file from an address, puts out what failed and ends as failed, and sets nothing for the process' {
        $text = @(Invoke-Job '-CredentialName aws -EntriesUrl "http://127.0.0.1:$($listener.LocalEndpoint.Port)/fleet.csv" -Region us-east-1')
        $text[0] | Should -Match '^1 (Created|Existing), 1 Failed\|'
        $text[1] | Should -Be '|Failed|InvalidDocument'
        $text[2] | Should -BeLike 'thrown: 1 entries were not created: 1 *, 1 Failed'
        $text[3] | Should -Be 'shared: True'
    }
}

Describe 'Jobs' {
    BeforeEach {
        Push-Location $TestDrive
        $rows | Set-Content fleet.csv
    }
    AfterEach { Pop-Location }

    It 'give back results and entries that are read again' {
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

    It 'of parallel runspaces give back the results themselves' -Skip:($PSEdition -ne 'Core') {
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
