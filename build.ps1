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
    # Build: the staged module in out/. Test: dotnet test. Pester: the specs in tests/Pester against the stage.
    # Package: the package of the PowerShell Gallery, the zip of Azure Automation and the bill of materials, in out/package.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Package')]
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

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-Dotnet build build/Stage }
            'Test' { Invoke-Dotnet test }
            'Package' { Invoke-Dotnet build build/Stage '-target:Package' }
            'Pester' {
                Invoke-Dotnet build build/Stage
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
