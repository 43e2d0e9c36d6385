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

Describe 'Get-Help' {
    BeforeAll {
        $cmdlets = @((Get-Module SsmAssociationTools).ExportedCmdlets.Keys)
    }

    It 'finds the page of every cmdlet, with synopsis, description and examples' {
        foreach ($name in $cmdlets) {
            $help = Get-Help $name -Full
            # Without a help file PowerShell puts the syntax here.
            $help.Synopsis | Should -Not -BeNullOrEmpty
            $help.Synopsis | Should -Not -Match "^\s*$name "
            ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
            @($help.examples.example)[0].code | Should -Match $name
        }
    }

    It 'shows a page within 80 columns' {
        $lines = @(Get-Help New-SsmAssociationBatch -Full | Out-String -Width 80) -split '\r?\n'
        @($lines | Where-Object { $_.Length -gt 80 }) | Should -BeNullOrEmpty
        $lines.Count | Should -BeGreaterThan 100
    }

    It 'finds the about topics' {
        Get-Help about_SsmAssociationTools | Out-String | Should -Match 'New-SsmAssociationBatch'
    }
}
