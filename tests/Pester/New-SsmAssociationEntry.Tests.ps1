BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'New-SsmAssociationEntry' {
    It 'reads the rows of a CSV file' {
        $entries = @(@'
Name,Targets,Parameters,ApplyOnlyAtCronInterval,ScheduleOffset,ScheduleExpression,CalendarNames
AWS-RunPatchBaseline,"tag:Role=web,db; tag:Env=prod",Operation=Scan,true,2,cron(0 2 ? * SUN#2 *),
AWS-RunPatchBaseline,tag:Role=sql,Operation=Scan,False,,rate(1 day),"a-calendar,b-calendar"
'@ | ConvertFrom-Csv | New-SsmAssociationEntry)
        $entries.Count | Should -Be 2
        "$($entries[0].Targets)" | Should -Be 'tag:Role=web,db tag:Env=prod'
        $entries[0].ApplyOnlyAtCronInterval | Should -BeTrue
        $entries[0].ScheduleOffset | Should -Be 2
        $entries[1].ApplyOnlyAtCronInterval | Should -BeFalse
        $entries[1].ScheduleOffset | Should -BeNullOrEmpty
        $entries[1].CalendarNames | Should -Be @('a-calendar', 'b-calendar')
        $entries[1].Parameters['Operation'] | Should -Be 'Scan'
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'New-SsmAssociationEntry -Name UpdateSSM'; First = 'AWS-UpdateSSMAgent' }
        @{ Line = 'New-SsmAssociationEntry -Target Inst'; First = 'InstanceIds=' }
        @{ Line = "New-SsmAssociationEntry -ScheduleExpression 'rate(1 d"; First = "'rate(1 day)'" }
        @{ Line = 'Test-SsmAssociationEntry -ExcludeRule Targets.Key.Pl'; First = 'Targets.Key.Plus' }
    ) {
        $match = [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches[0]
        $match.CompletionText | Should -Be $First
        $match.ToolTip | Should -Not -Be $match.CompletionText
    }
}
