# Dot-sourced by the specs. They test what the build staged, in whatever shell runs them.

# The newest version in out/SsmAssociationTools.
function Get-StagedManifest {
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    $out = [IO.Path]::Combine($root, 'out', 'SsmAssociationTools')
    if (-not (Test-Path -LiteralPath $out)) { throw "There is no module in $out yet. Run 'dotnet build' first." }
    $newest = Get-ChildItem -LiteralPath $out -Directory | Sort-Object { [version]$_.Name } | Select-Object -Last 1
    [IO.Path]::Combine($newest.FullName, 'SsmAssociationTools.psd1')
}

function Import-StagedModule {
    Import-Module (Get-StagedManifest) -Scope Global
}

# The program that starts this shell once more.
function Get-ThisShell {
    $path = (Get-Process -Id $PID).Path
    if ((Split-Path -Leaf $path) -notmatch '^dotnet(\.exe)?$') { return $path }

    # The dotnet tool runs in dotnet itself. Its own program lies beside its assemblies and asks DOTNET_ROOT for the runtime.
    if (-not $env:DOTNET_ROOT) { $env:DOTNET_ROOT = Split-Path -Parent $path }
    Join-Path $PSHOME $(if ($IsWindows) { 'pwsh.exe' } else { 'pwsh' })
}

# Runs a script in a new process of this shell, where nothing has been loaded before, and returns its output.
function Invoke-FreshShell([string] $Script) {
    $shell = Get-ThisShell
    $prefix = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; Import-Module '$((Get-StagedManifest) -replace "'", "''")'; "
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($prefix + $Script))
    & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -OutputFormat Text -EncodedCommand $encoded
}

# An entry that nothing is wrong with, with other members where they are given.
function New-Sample([hashtable] $With = @{}) {
    $entry = @{
        Name               = 'AWS-RunPatchBaseline'
        Targets            = @(@{ Key = 'tag:Role'; Values = @('web') })
        Parameters         = @{ Operation = @('Scan') }
        ScheduleExpression = 'rate(1 day)'
    }
    foreach ($name in $With.Keys) {
        if ($null -eq $With[$name]) { $entry.Remove($name) } else { $entry[$name] = $With[$name] }
    }
    $entry
}

# What an entry was read as, in one text: members, targets and parameters in a fixed order.
function Get-Reading($Entry) {
    $parts = @("$($Entry.Name)|$($Entry.AssociationName)|$($Entry.ScheduleExpression)|$($Entry.ApplyOnlyAtCronInterval)|$($Entry.ScheduleOffset)")
    foreach ($target in @($Entry.Targets)) { if ($target) { $parts += "$($target.Key)=$($target.Values -join ',')" } }
    if ($Entry.Parameters) { foreach ($name in ($Entry.Parameters.Keys | Sort-Object)) { $parts += "$name`:$($Entry.Parameters[$name] -join ',')" } }
    if ($Entry.OutputLocation) { $parts += $Entry.OutputLocation.S3Location.OutputS3BucketName }
    $parts -join ' '
}
