# As users get the module: from a repository, from the zip, beside another copy. Everything happens in a home of its own.
BeforeDiscovery {
    # On Windows the folder of a user's modules cannot be moved elsewhere, and these specs must leave it alone.
    $ownHome = -not ($IsWindows -or $PSEdition -ne 'Core') -or $env:SSMASSOCIATIONTOOLS_THROWAWAY_HOME
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    $stage = Split-Path -Parent (Get-StagedManifest)
    $version = Split-Path -Leaf $stage
    $packages = [IO.Path]::Combine((Split-Path -Parent (Split-Path -Parent $PSScriptRoot)), 'out', 'package')
    $work = "$TestDrive"
    $next = "$(([version]$version).Major).$(([version]$version).Minor).$(([version]$version).Build + 1)"

    # Runs a script in a shell whose home is in the drive of the tests. The module is found by its name there, or not at all.
    function Invoke-Home([string] $Script) {
        $saved = @{}
        $mine = @{ HOME = (Join-Path $work 'home'); XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null; PSModulePath = $null; NO_COLOR = '1' }
        $null = New-Item -ItemType Directory -Force -Path $mine.HOME
        foreach ($name in $mine.Keys) {
            $saved[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $mine[$name])
        }
        try {
            $shell = Get-ThisShell
            $prefix = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; `$work = '$($work -replace "'", "''")'; "
            $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($prefix + $Script))
            & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -OutputFormat Text -EncodedCommand $encoded 2>&1 | ForEach-Object { "$_" }
        }
        finally {
            foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
        }
    }

    # A copy of the staged module; it says of itself that it is of another version where one is given.
    function Copy-Stage([string] $Folder, [string] $As) {
        $null = New-Item -ItemType Directory -Force -Path $Folder
        $copy = Join-Path $Folder 'SsmAssociationTools'
        Copy-Item -Recurse -LiteralPath $stage -Destination $copy
        if ($As) {
            $manifest = Join-Path $copy 'SsmAssociationTools.psd1'
            (Get-Content -LiteralPath $manifest) -replace "^(\s*ModuleVersion\s*=\s*)'[^']+'", "`$1'$As'" | Set-Content -LiteralPath $manifest
        }
        Join-Path $copy 'SsmAssociationTools.psd1'
    }

    $use = '$e = Start-SsmLocalEndpoint; $c = $e.Connection; $r = @{ Name = "AWS-UpdateSSMAgent"; Targets = "tag:A=b" } | New-SsmAssociationBatch @c; Stop-SsmLocalEndpoint; "$((Get-Module SsmAssociationTools).Version) $($r.Status)"'
}

Describe 'From a repository in a folder' -Skip:(-not $ownHome) {
    BeforeAll {
        $null = New-Item -ItemType Directory -Force -Path (Join-Path $work 'feed')
        $null = Invoke-Home "Register-PSResourceRepository -Name Team -Uri (Join-Path `$work feed) -Trusted -Force"
    }

    # In a shell that has not loaded it. Windows left what was in use when it was to be uninstalled.
    AfterAll {
        $null = Invoke-Home @'
            Unregister-PSResourceRepository Team
            Remove-Item -Recurse -Force -ErrorAction Ignore (Join-Path ($env:PSModulePath -split [IO.Path]::PathSeparator)[0] SsmAssociationTools)
'@
    }

    It 'the package is published and installed, names its cmdlets, and works by its name' {
        $package = Join-Path $packages "SsmAssociationTools.$version.nupkg"
        $text = Invoke-Home @"
            Publish-PSResource -NupkgPath '$package' -Repository Team
            (Find-PSResource SsmAssociationTools -Repository Team).Includes.Cmdlet -contains 'New-SsmAssociationBatch'
            Install-PSResource SsmAssociationTools -Repository Team
            (Get-PSResource SsmAssociationTools).Version.ToString()
            Import-Module SsmAssociationTools
            $use
"@
        $text | Should -Be @('True', $version, "$version Created")
    }

    It 'an update is installed beside the old version, and the next session takes it' {
        $folder = Split-Path -Parent (Copy-Stage (Join-Path $work 'next') -As $next)
        $text = Invoke-Home @"
            Import-Module SsmAssociationTools
            Publish-PSResource -Path '$folder' -Repository Team
            Update-PSResource SsmAssociationTools -Repository Team
            $use
"@
        $text | Should -Be "$version Created"
        Invoke-Home "Import-Module SsmAssociationTools; $use" | Should -Be "$next Created"
    }

    It 'a session whose module is uninstalled is told to restart; Windows uninstalls no loaded module' {
        $text = @(Invoke-Home @'
            Import-Module SsmAssociationTools
            $null = @{ Name = 'AWS-UpdateSSMAgent' } | Test-SsmAssociationEntry
            try { Uninstall-PSResource SsmAssociationTools -Version '*' -SkipDependencyCheck } catch { 'refused' }
            'Name' | Set-Content (Join-Path $work fleet.csv)
            foreach ($command in { Start-SsmLocalEndpoint }, { Import-SsmAssociationEntry (Join-Path $work fleet.csv) }, { Export-SsmAssociationEntry (Join-Path $work new.csv) -Template Csv },
                { Get-SsmAssociationEntry -Region us-east-1 -AccessKey a -SecretKey b }) {
                try { & $command } catch { "$($_.FullyQualifiedErrorId -replace ',.*'): $(if ("$_" -match 'Restart the session') { 'restart' } else { $_ })" }
            }
'@)
        if ($text[0] -eq 'refused') { $IsWindows | Should -BeTrue }
        else { $text | Should -Be @(1..4 | ForEach-Object { 'ModuleFilesMissing: restart' }) }
    }
}

Describe 'By hand' -Skip:(-not $ownHome) {
    It 'the zip is unpacked into a folder of modules, and the module works by its name' {
        $zip = Join-Path $packages 'SsmAssociationTools.zip'
        $text = Invoke-Home @"
            `$modules = (`$env:PSModulePath -split [IO.Path]::PathSeparator)[0]
            Expand-Archive '$zip' -DestinationPath `$modules
            Import-Module SsmAssociationTools
            $use
            Join-Path `$modules SsmAssociationTools
"@
        $text[0] | Should -Be "$version Created"
        Remove-Item -Recurse -LiteralPath $text[1]
    }
}

Describe 'Import' {
    It 'of a second copy beside the loaded one is refused with one error, also of another version and with -Force' {
        $same = Copy-Stage (Join-Path $work 'same')
        $other = Copy-Stage (Join-Path $work 'other') -As $next
        $text = @(Invoke-FreshShell @"
            foreach (`$copy in '$same', '$other') {
                foreach (`$force in `$false, `$true) { try { Import-Module `$copy -Force:`$force } catch { "`$_" } }
            }
            (Get-Module SsmAssociationTools).ModuleBase
"@)
        $text.Count | Should -Be 5
        $text[0..3] | Should -Be @(1..4 | ForEach-Object { "Another copy of this module is loaded, from $stage. Go on with that one, or start a new session for the other." })
        $text[4] | Should -Be $stage
    }

    It 'of another copy works after Remove-Module' {
        $same = Copy-Stage (Join-Path $work 'same2')
        $text = @(Invoke-FreshShell "Remove-Module SsmAssociationTools; Import-Module '$same'; $use; (Get-Module SsmAssociationTools).ModuleBase")
        $text | Should -Be @("$version Created", (Split-Path -Parent $same))
    }

    It 'takes the portable build on a processor that no other is for, and leaves no error behind' {
        $copy = Copy-Stage (Join-Path $work 'processor')
        foreach ($types in Get-ChildItem -Recurse -LiteralPath (Join-Path (Split-Path -Parent $copy) bin) -Filter SsmAssociationTools.Types.psd1) {
            (Get-Content -LiteralPath $types.FullName) -replace "'Amd64'", "'Arm'" | Set-Content -LiteralPath $types.FullName
        }
        $text = @(Invoke-FreshShell @"
            Remove-Module SsmAssociationTools; `$Error.Clear(); Import-Module '$copy'
            `$types = (Get-Module SsmAssociationTools).NestedModules.NestedModules | Where-Object Name -eq SsmAssociationTools.Types
            "`$(Split-Path -Leaf (Split-Path -Parent `$types.Path)) `$(`$Error.Count)"
            $use
"@)
        $text | Should -Be @("$(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }) 0", "$version Created")
    }

    It 'works with -Force and with a -Prefix' {
        $manifest = Get-StagedManifest
        $text = Invoke-FreshShell @"
            Import-Module '$manifest' -Force
            $use
            Remove-Module SsmAssociationTools
            Import-Module '$manifest' -Prefix My
            `$e = Start-MySsmLocalEndpoint; `$c = `$e.Connection
            (@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b' } | New-MySsmAssociationBatch @c).Status
            Stop-MySsmLocalEndpoint
            `$e.IsRunning
"@
        $text | Should -Be @("$version Created", 'Created', 'False')
    }

    It 'works in a ConstrainedLanguage session' {
        $text = Invoke-FreshShell @'
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            $e = Start-SsmLocalEndpoint
            $c = $e.Connection
            $entry = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b'; ScheduleExpression = 'rate(1 day)' }
            $r = $entry | New-SsmAssociationBatch @c
            "$($r.Status) $(@(Get-SsmAssociationEntry @c).Count) $(($entry | Compare-SsmAssociationEntry @c).Status) $(($r | Remove-SsmAssociationBatch @c -Force).Status)"
            "$($r | Out-String)" -match 'AWS-UpdateSSMAgent on'
            Stop-SsmLocalEndpoint
            "$($ExecutionContext.SessionState.LanguageMode)"
'@
        $text | Should -Be @('Created 1 Same Removed', 'True', 'ConstrainedLanguage')
    }

    It 'works in strict mode, and every property of a view is there' {
        $text = Invoke-FreshShell @'
            Set-StrictMode -Version Latest
            $e = Start-SsmLocalEndpoint
            $c = $e.Connection
            $r = @(@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b' }, @{ Name = 'No-Such-Document' }, @{ Name = 'a b' }) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            "$($r.Status)"
            $shown = ($r | Out-String) + ($r | Format-List | Out-String) + ($r | Test-SsmAssociationEntry | Out-String) + (Get-SsmAssociationEntry @c | Out-String) +
                ($r | Compare-SsmAssociationEntry @c -ErrorAction SilentlyContinue | Out-String) + (Get-SsmAssociationSchedule 'rate(1 day)' | Out-String) + ($e | Out-String)
            $shown.Length -gt 1000
            Stop-SsmLocalEndpoint
'@
        $text[0] | Should -Be 'Created Failed Invalid'
        $text[-1] | Should -Be 'True'
    }
}

Describe 'A session in another culture' {
    BeforeAll {
        $script = @'
            $culture = [cultureinfo]'CULTURE'
            [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::DefaultThreadCurrentUICulture = $culture
            $e = Start-SsmLocalEndpoint
            $c = $e.Connection
            $file = Join-Path ([IO.Path]::GetTempPath()) "fleet-$PID.csv"
            'Name,AssociationName,InstanceId,Targets,Parameters,ScheduleExpression,ScheduleOffset,ApplyOnlyAtCronInterval,MaxErrors,ComplianceSeverity',
            'AWS-RunPatchBaseline,i-title,,tag:INSTANCE=i,Operation=Scan,cron(0 2 ? * SUN#2 *),2,TRUE,10%,critical', 'AWS-UpdateSSMAgent,,i-0123456789abcdef0,,,,,,,', 'a b,,,,,rate(1 day),1.5,,,' | Set-Content $file
            $r = @(Import-SsmAssociationEntry $file -ErrorAction SilentlyContinue -ErrorVariable problems | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
            $r | ForEach-Object { "$($_.Status) $($_.Name) $($_.Target) $($_.ErrorCode) $($_.Issues)" -replace $PID }
            $problems | ForEach-Object { "$_" -replace '.*csv:', '' }
            Get-SsmAssociationEntry @c | ForEach-Object { "$($_.Entry.ScheduleExpression) $($_.Entry.MaxErrors) $($_.Entry.ComplianceSeverity)" }
            Get-SsmAssociationEntry @c | Export-SsmAssociationEntry $file -Force
            Get-Content $file
            Import-Csv $file | Compare-SsmAssociationEntry @c | ForEach-Object { "$($_.Status)" }
            Get-SsmAssociationSchedule 'cron(0 2 ? * SUN *)' -From '2026-11-23T13:00Z' -Count 2 | ForEach-Object { $_.Utc.ToString('o'); $_.Description }
            Remove-Item $file
            Stop-SsmLocalEndpoint
'@
        $english = Invoke-FreshShell ($script -creplace 'CULTURE', 'en-US')
    }

    It 'reads, sends, writes and looks ahead in <_> as in English' -ForEach 'tr-TR', 'de-DE' {
        $english[0] | Should -BeLike 'Created AWS-RunPatchBaseline*'
        Invoke-FreshShell ($script -creplace 'CULTURE', $_) | Should -Be $english
    }
}
