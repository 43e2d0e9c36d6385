BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'New-SsmAssociationEntry' {
    It 'makes one entry for each managed node' {
        $nodes = @(
            [pscustomobject]@{ InstanceId = 'i-0123456789abcdef0'; Name = 'web01'; PlatformType = 'Linux' }
            [pscustomobject]@{ InstanceId = 'mi-0123456789abcdef0'; Name = 'web02'; PlatformType = 'Windows' }
        )
        $entries = @($nodes | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName { "agent-$($_.InstanceId)" } -ScheduleExpression 'rate(14 days)')
        $entries.Name | Should -Be @('AWS-UpdateSSMAgent', 'AWS-UpdateSSMAgent')
        $entries.AssociationName | Should -Be @('agent-i-0123456789abcdef0', 'agent-mi-0123456789abcdef0')
        $entries.Targets.Key | Should -Be @('InstanceIds', 'InstanceIds')
        @($entries | Where-Object InstanceId).Count | Should -Be 0
        @($entries | Test-SsmAssociationEntry).IsValid | Should -Be @($true, $true)
        $legacy = $nodes[0] | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -LegacyInstanceId
        $legacy.InstanceId | Should -Be 'i-0123456789abcdef0'
        $legacy.Targets | Should -BeNullOrEmpty
    }

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

    It 'changes an entry that comes through the pipeline' {
        $entry = New-SsmAssociationEntry AWS-UpdateSSMAgent -Target @{ 'tag:Role' = 'web', 'db' } -ScheduleExpression 'rate(1 day)' -S3Bucket ops-logs -S3Prefix a
        $other = $entry | New-SsmAssociationEntry -ScheduleExpression 'rate(2 days)' -S3Prefix b
        $other.ScheduleExpression | Should -Be 'rate(2 days)'
        "$($other.Targets)" | Should -Be 'tag:Role=web,db'
        "$($other.OutputLocation)" | Should -Be 's3://ops-logs/b'
        $entry.ScheduleExpression | Should -Be 'rate(1 day)'
        "$($entry.OutputLocation)" | Should -Be 's3://ops-logs/a'
    }

    It 'writes an error with all problems in place of an entry' {
        $entries = @('web', 'a b', 'sql' | New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target tag:Role=web -AssociationName { $_ } -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue)
        $entries.AssociationName | Should -Be @('web', 'sql')
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'EntryInvalid,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        { New-SsmAssociationEntry AWS-UpdateSSMAgent -Target Role=web -ErrorAction Stop } | Should -Throw -ErrorId 'EntryInvalid,*'
    }

    It 'shows no value of parameters' {
        $entry = New-SsmAssociationEntry AWS-RunShellScript -Target tag:Role=web -Parameter @{ commands = 'hunter2-s3cret' }
        $entry.Parameters['commands'] | Should -Be 'hunter2-s3cret'
        "$entry" + ($entry | Out-String -Width 400) + ($entry | Format-List | Out-String -Width 400) | Should -Not -Match 'hunter2'
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
