<#
.SYNOPSIS
Runs or lists specs, one file after the other, and writes a line of JSON for each.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    # Full paths of the spec files, between line feeds.
    [Parameter(Mandatory)]
    [string] $Files,

    # A folder of several shells that share the files: each takes the next one that none has taken.
    [string] $Claims,

    # Only finds the specs.
    [switch] $List
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Pester

function Write-Record([hashtable] $Record) {
    # What specs write to the host may stand on the line before.
    [Console]::Out.WriteLine("`n##spec " + ($Record | ConvertTo-Json -Compress -Depth 3))
}

# Names hold <Key> for the data of a case until it runs. A run and a list must name a spec alike.
function Get-SpecName($Item) {
    $names = for ($block = $Item; $block -and -not $block.IsRoot; $block = if ($block.Block) { $block.Block } else { $block.Parent }) {
        $name = $block.Name
        if ($block.Data -is [Collections.IDictionary]) {
            foreach ($key in $block.Data.Keys) { $name = $name.Replace("<$key>", "$($block.Data[$key])") }
        }
        elseif ($null -ne $block.Data) { $name = $name.Replace('<_>', "$($block.Data)") }
        $name
    }
    $names = @($names)
    [array]::Reverse($names)
    $names -join '. '
}

function Get-ErrorText($Records) {
    @($Records | ForEach-Object { $_.DisplayErrorMessage; $_.DisplayStackTrace }) -join [Environment]::NewLine
}

function Write-Failure($Block, [string] $File) {
    if (@($Block.ErrorRecord).Count) {
        Write-Record @{ File = $File; Name = "$(Get-SpecName $Block) (before or after its specs)".Trim(); Line = 1; Result = 'Failed'; Seconds = 0; Error = Get-ErrorText $Block.ErrorRecord }
    }
    foreach ($inner in $Block.Blocks) { Write-Failure $inner $File }
}

foreach ($file in $Files -split "`n") {
    if ($Claims) {
        try { [IO.File]::Open((Join-Path $Claims (Split-Path -Leaf $file)), 'CreateNew').Dispose() } catch [IO.IOException] { continue }
    }
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $file
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = [bool]$List
    $configuration.Output.Verbosity = 'None'
    $run = Invoke-Pester -Configuration $configuration

    foreach ($test in $run.Tests) {
        Write-Record @{
            File    = $file
            Name    = Get-SpecName $test
            Line    = $test.StartLine
            Result  = "$($test.Result)"
            Seconds = $test.Duration.TotalSeconds
            Error   = Get-ErrorText $test.ErrorRecord
        }
    }
    foreach ($container in $run.Containers) {
        if (@($container.ErrorRecord).Count) {
            Write-Record @{ File = $file; Name = '(the file)'; Line = 1; Result = 'Failed'; Seconds = 0; Error = Get-ErrorText $container.ErrorRecord }
        }
        if (-not $List) { foreach ($block in $container.Blocks) { Write-Failure $block $file } }
    }
}
