BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $cmdlets = @(Get-Command -Module SsmAssociationTools | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'The staged module' {
    It 'has a manifest that Test-ModuleManifest finds nothing wrong with' {
        $manifest = Test-ModuleManifest (Get-StagedManifest) -WarningVariable warnings -ErrorAction Stop
        $warnings | Should -BeNullOrEmpty
        $manifest.Version.ToString() | Should -Be (Split-Path -Leaf (Split-Path -Parent (Get-StagedManifest)))
    }

    It 'supports both editions' {
        (Test-ModuleManifest (Get-StagedManifest)).CompatiblePSEditions | Should -Be @('Core', 'Desktop')
    }

    It 'exports cmdlets and nothing else' {
        $module = Get-Module SsmAssociationTools
        $module.ExportedCmdlets.Count | Should -BeGreaterThan 0
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'exports what its manifest names' {
        $manifest = Test-ModuleManifest (Get-StagedManifest)
        @((Get-Module SsmAssociationTools).ExportedCmdlets.Keys | Sort-Object) | Should -Be @($manifest.ExportedCmdlets.Keys | Sort-Object)
    }
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    }

    It 'says what the cmdlet is for' {
        # Without a help file PowerShell puts the syntax here.
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name "
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $undescribed = (Get-Command $Name).Parameters.Keys | Where-Object { $common -notcontains $_ } | Where-Object {
            $parameter = $_
            $page = $help.parameters.parameter | Where-Object { $_.name -eq $parameter }
            -not ($page -and ($page.description | Out-String).Trim())
        }
        $undescribed | Should -BeNullOrEmpty
    }

    It 'has an example' {
        @($help.examples.example).Count | Should -BeGreaterThan 0
        @($help.examples.example)[0].code | Should -Match $Name
    }
}
