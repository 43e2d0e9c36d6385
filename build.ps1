<#
.SYNOPSIS
Builds, tests and packages SsmAssociationTools. Each task is one call of dotnet; the work itself is in MSBuild.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 Test, Pester, Package
#>
[CmdletBinding()]
param(
    # Build: the staged module in out/. Test: dotnet test. Pester: the specs in tests/Pester against the stage, in this shell.
    # Package: the package of the PowerShell Gallery, the zip of Azure Automation and the bill of materials, in out/package.
    # Analyze: PSScriptAnalyzer on all scripts. Docs: what PlatyPS reads in docs/en-US, against the compiled help. Both need
    # their module to be installed: PSScriptAnalyzer 1.25 or later, Microsoft.PowerShell.PlatyPS 1.0 or later.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Package', 'Analyze', 'Docs')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with $LASTEXITCODE." }
}

# The Pester of this shell, or where there is none the one that the build restores for "dotnet test".
function Import-Pester {
    if (Get-Module Pester -ListAvailable | Where-Object Version -GE '5.3') {
        Import-Module Pester -MinimumVersion 5.3
        return
    }
    Invoke-Dotnet build build/Shell
    $properties = (& dotnet msbuild build/Shell -getProperty:NuGetPackageRoot -getProperty:PesterVersions | Out-String | ConvertFrom-Json).Properties
    $version = $properties.PesterVersions.Split(';')[0].Trim('[', ']')
    Import-Module ([IO.Path]::Combine($properties.NuGetPackageRoot, 'pester', $version, 'tools', 'Pester.psd1'))
}

# The specs have settings of their own. The manifest is analysed where its files are: in the stage.
function Invoke-Analysis {
    Import-Module PSScriptAnalyzer -MinimumVersion 1.25.0
    $scripts = Get-ChildItem -Recurse -Include *.ps1, *.psd1, *.psm1 | Where-Object { $_.FullName -notmatch '[\\/](bin|obj|out|TestResults)[\\/]' }
    $stage = Get-ChildItem out/SsmAssociationTools/*/SsmAssociationTools.psd1 | Sort-Object { [version]$_.Directory.Name } | Select-Object -Last 1
    $found = foreach ($script in @($scripts) + $stage) {
        if ($script.Name -eq 'SsmAssociationTools.psd1' -and $script.FullName -ne $stage.FullName) { continue }
        $near = Join-Path $script.DirectoryName 'PSScriptAnalyzerSettings.psd1'
        Invoke-ScriptAnalyzer -Path $script.FullName -Settings $(if (Test-Path $near) { $near } else { "$PSScriptRoot/PSScriptAnalyzerSettings.psd1" })
    }
    $found
    if ($found) { throw "PSScriptAnalyzer has $(@($found).Count) finding(s)." }
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-Dotnet build build/Stage }
            'Test' { Invoke-Dotnet test }
            'Package' { Invoke-Dotnet build build/Stage '-target:Package' }
            'Analyze' {
                Invoke-Dotnet build build/Stage
                Invoke-Analysis
            }
            'Docs' {
                Invoke-Dotnet build build/Stage
                & "$PSScriptRoot/build/HelpCheck/Compare-Help.ps1"
            }
            'Pester' {
                # The specs install the package, too.
                Invoke-Dotnet build build/Stage '-target:Package'
                Import-Pester
                $result = Invoke-Pester -Path tests/Pester -PassThru
                if ($result.FailedCount -or $result.FailedContainersCount) { throw "$($result.FailedCount) Pester test(s) failed." }
            }
        }
    }
}
finally {
    Pop-Location
}
