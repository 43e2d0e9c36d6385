<#
.SYNOPSIS
Compares what PlatyPS reads in docs/en-US with the help that the build compiled from the same pages.
.DESCRIPTION
The project compiles its help itself, so that a build needs nothing but the .NET SDK. The pages are in the format of PlatyPS
all the same, and both have to read the same in them: texts, parameters, examples, types. Ends with an error where they differ.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0

$root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
$file = Get-ChildItem (Join-Path $root 'out/SsmAssociationTools/*/en-US/SsmAssociationTools.dll-Help.xml') |
    Sort-Object { [version]$_.Directory.Parent.Name } | Select-Object -Last 1
$compiled = @{}
foreach ($command in ([xml](Get-Content -Raw -LiteralPath $file.FullName)).helpItems.command) { $compiled[$command.details.name] = $command }

# Letters and digits only: markup, line breaks and how a table is laid out are no difference. Of a link its text is shown.
function Get-Letter([string] $Text, [string[]] $Heading) {
    $Text = $Text -replace '\[([^\]]+)\]\([^)]+\)', '$1'
    # A console shows headings above a table, before each cell, or not at all.
    foreach ($word in $Heading) { $Text = $Text -creplace "\b$([regex]::Escape($word))\b" }
    $Text -replace '[^\p{L}\p{Nd}]'
}

# The cells of the rows above the lines of dashes.
function Get-Heading([string] $Text) {
    $lines = @($Text -split '\r?\n')
    for ($i = 1; $i -lt $lines.Count; $i++) {
        if ($lines[$i] -match '^\s*\|[\s|:-]*-{3}') { $lines[$i - 1].Split('|').Trim() | Where-Object { $_ } }
    }
}

$differences = [Collections.Generic.List[string]]::new()
function Compare-Text([string] $What, [string] $Read, [string] $Compiled) {
    $heading = @(Get-Heading $Read)
    $a = Get-Letter $Read $heading
    $b = Get-Letter $Compiled $heading
    if ($a -cne $b) {
        $at = 0
        while ($at -lt [Math]::Min($a.Length, $b.Length) -and $a[$at] -ceq $b[$at]) { $at++ }
        $from = [Math]::Max(0, $at - 20)
        $differences.Add("$What`: PlatyPS reads '$($a.Substring($from, [Math]::Min(60, $a.Length - $from)))', compiled is '$($b.Substring($from, [Math]::Min(60, $b.Length - $from)))'")
    }
}

function Get-Paragraph($Nodes) { @($Nodes.para | ForEach-Object { if ($_ -is [string]) { $_ } else { $_.InnerText } }) -join "`n" }

$pages = @(Import-MarkdownCommandHelp -Path (Get-ChildItem (Join-Path $root 'docs/en-US/*.md')).FullName)
Compare-Text 'Pages' (($pages.Title | Sort-Object) -join ' ') (($compiled.Keys | Sort-Object) -join ' ')

foreach ($page in $pages) {
    $name = $page.Title
    $help = $compiled[$name]
    if (-not $help) { continue }
    foreach ($problem in $page.Diagnostics.Messages | Where-Object { "$($_.Severity)" -eq 'Error' }) { $differences.Add("$name`: $($problem.Message)") }
    Compare-Text "$name, synopsis" $page.Synopsis (Get-Paragraph $help.details.description)
    Compare-Text "$name, description" $page.Description (Get-Paragraph $help.description)
    Compare-Text "$name, notes" $page.Notes (Get-Paragraph $help.alertSet.alert)
    Compare-Text "$name, number of ways to call it" "$($page.Syntax.Count)" "$(@($help.syntax.syntaxItem).Count)"
    Compare-Text "$name, inputs" ($page.Inputs.Typename -join ' ') (@($help.inputTypes.inputType.type.name) -join ' ')
    Compare-Text "$name, outputs" ($page.Outputs.Typename -join ' ') (@($help.returnValues.returnValue.type.name) -join ' ')

    $parameters = @($help.parameters.parameter)
    Compare-Text "$name, parameters" (($page.Parameters.Name | Sort-Object) -join ' ') (($parameters.name | Sort-Object) -join ' ')
    foreach ($parameter in $page.Parameters) {
        $other = $parameters | Where-Object name -EQ $parameter.Name | Select-Object -First 1
        if (-not $other) { continue }
        # On a console the accepted values stand below the description.
        $accepted = if ($parameter.AcceptedValues) { "Accepted values: $($parameter.AcceptedValues -join ', ')" }
        Compare-Text "$name -$($parameter.Name)" "$($parameter.Description)`n$accepted" (Get-Paragraph $other.description)
        Compare-Text "$name -$($parameter.Name), type" $parameter.Type $other.type.name
        Compare-Text "$name -$($parameter.Name), wildcards" "$($parameter.SupportsWildcards)".ToLowerInvariant() $other.globbing
        Compare-Text "$name -$($parameter.Name), aliases" ($parameter.Aliases -join ' ') "$($other.aliases)".Replace('none', '')
    }

    $examples = @($help.examples.example)
    Compare-Text "$name, number of examples" "$($page.Examples.Count)" "$($examples.Count)"
    for ($i = 0; $i -lt [Math]::Min($page.Examples.Count, $examples.Count); $i++) {
        Compare-Text "$name, title of example $($i + 1)" ($page.Examples[$i].Title -replace '^Example \d+') ($examples[$i].title -replace '^[\s-]*Example \d+')
        $shown = @((Get-Paragraph $examples[$i].introduction), $examples[$i].code, (Get-Paragraph $examples[$i].remarks)) -join "`n"
        Compare-Text "$name, example $($i + 1)" ($page.Examples[$i].Remarks -replace '```\w*') $shown
    }
}

$differences
if ($differences.Count) { throw "PlatyPS and the compiled help differ in $($differences.Count) place(s)." }
"PlatyPS $((Get-Module Microsoft.PowerShell.PlatyPS).Version) reads $($pages.Count) pages as the compiled help has them."
