BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    function New-Agent([string] $name, [hashtable] $more = @{}) { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = $name; Targets = "tag:Node=$name" } + $more }
}

Describe 'Compare-SsmAssociationEntry' {
    BeforeEach {
        $endpoint = Start-SsmLocalEndpoint
        $c = $endpoint.Connection
        (New-Agent same), (New-Agent changed @{ MaxErrors = '5' }), (New-Agent extra) | New-SsmAssociationBatch @c | Out-Null
        $wanted = (New-Agent missing), (New-Agent same), (New-Agent changed @{ MaxErrors = '10%' })
    }

    AfterEach { $endpoint | Stop-SsmLocalEndpoint }

    It 'says of each entry how it stands, and what nobody wants' {
        $compared = @($wanted | Compare-SsmAssociationEntry @c)
        @($compared | ForEach-Object { "$($_.Status) $($_.AssociationName)" }) | Should -Be @('Missing missing', 'Same same', 'Changed changed', 'Extra extra')
        "$($compared[2].Differences)" | Should -Be 'MaxErrors: 10% wanted, 5 exists'
    }

    It 'survives Export-Clixml' {
        $file = Join-Path $TestDrive 'compared.xml'
        $wanted | Compare-SsmAssociationEntry @c | Export-Clixml $file -Depth 6
        @(Import-Clixml $file | New-SsmAssociationBatch @c | ForEach-Object { "$($_.Status)" }) | Should -Be @('Created', 'Existing', 'NotAttempted', 'NotAttempted')
    }

    It 'shows the members that differ in the table and in the list' {
        $compared = $wanted | Compare-SsmAssociationEntry @c
        $compared | Out-String -Width 160 | Should -Match 'MaxErrors'
        $compared | Format-List | Out-String -Width 200 | Should -Match 'MaxErrors: 5 -> 10%'
        $compared[2].Differences | Out-String | Should -Match 'Path\s+Wanted\s+Existing'
    }
}
