<#
.SYNOPSIS
Shares one file of entries among several computers, by PowerShell remoting, and collects the results.

.DESCRIPTION
Each computer gets the text of the file and the number of its part, and needs the module SsmAssociationTools and AWS
credentials of its own. What is there already is left alone, so the script can be run again after a computer failed.

Results come back with their entries, so $results | Where-Object IsRetryable | New-SsmAssociationBatch sends them again.
PSComputerName says who sent an entry; its Index is its place in the part of that computer, and Source its line in the file.

.PARAMETER ComputerName
The computers; each takes one part.

.PARAMETER Path
The file of entries (.csv, .json, .jsonl, .yaml), on this computer.

.PARAMETER Region
The AWS Regions to create the associations in.

.EXAMPLE
$results = ./Invoke-Shards.ps1 -ComputerName ops1, ops2, ops3 -Path fleet.csv -Region us-east-1
$results | Group-Object Status -NoElement
#>
param(
    [Parameter(Mandatory)] [string[]] $ComputerName,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string[]] $Region
)

$file = Get-Item -LiteralPath $Path
$text = [IO.File]::ReadAllText($file.FullName)

# Runs on each computer. The copy keeps its name: the extension tells how it is read, and Source is made of it.
$work = {
    param([string] $Name, [string] $Text, [string] $Shard, [string[]] $Region)
    $ProgressPreference = 'SilentlyContinue'
    Import-Module SsmAssociationTools -ErrorAction Stop
    $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N'))
    $null = [IO.Directory]::CreateDirectory($folder)
    try {
        $copy = [IO.Path]::Combine($folder, $Name)
        [IO.File]::WriteAllText($copy, $Text)
        Import-SsmAssociationEntry -LiteralPath $copy -Shard $Shard | New-SsmAssociationBatch -Region $Region -IfExists Skip
    }
    finally {
        [IO.Directory]::Delete($folder, $true)
    }
}

$jobs = for ($i = 0; $i -lt $ComputerName.Count; $i++) {
    Invoke-Command -ComputerName $ComputerName[$i] -AsJob -ScriptBlock $work -ArgumentList $file.Name, $text, "$($i + 1)/$($ComputerName.Count)", $Region
}
$jobs | Receive-Job -Wait -AutoRemoveJob
