BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
}

Describe 'Test-SsmAssociationEntry' {
    It 'finds nothing wrong with an entry that is right' {
        $verdict = New-Sample | Test-SsmAssociationEntry
        $verdict.IsValid | Should -BeTrue
        $verdict.Issues | Should -BeNullOrEmpty
        $verdict.Index | Should -Be 0
        $verdict.Target | Should -Be 'tag:Role=web'
    }

    It 'refuses <What> at <Path>' -ForEach @(
        @{ What = 'no document'; With = @{ Name = $null }; Path = 'Name' }
        @{ What = 'a document name with a space'; With = @{ Name = 'My document' }; Path = 'Name' }
        @{ What = 'a name that is too short'; With = @{ AssociationName = 'ab' }; Path = 'AssociationName' }
        @{ What = 'a name with a line break'; With = @{ AssociationName = "patch`nweb" }; Path = 'AssociationName' }
        @{ What = 'more than five targets'; With = @{ Targets = @(1..6 | ForEach-Object { @{ Key = "tag:T$_"; Values = @('x') } }) }; Path = 'Targets' }
        @{ What = 'more than fifty values'; With = @{ Targets = @{ Key = 'tag:Role'; Values = @(1..51 | ForEach-Object { "v$_" }) } }; Path = 'Targets`[0`].Values' }
        @{ What = 'an empty value'; With = @{ Targets = @{ Key = 'tag:Role'; Values = @('web', '') } }; Path = 'Targets`[0`].Values*' }
        @{ What = 'a key that is none'; With = @{ Targets = @{ Key = 'Role'; Values = @('web') } }; Path = 'Targets`[0`].Key' }
        @{ What = 'a node id that is none'; With = @{ Targets = @{ Key = 'InstanceIds'; Values = @('i-0123456789abcdef00') } }; Path = 'Targets`[0`].Values`[0`]' }
        @{ What = 'an interval below thirty minutes'; With = @{ ScheduleExpression = 'rate(29 minutes)' }; Path = 'ScheduleExpression' }
        @{ What = 'a plural of one'; With = @{ ScheduleExpression = 'rate(1 days)' }; Path = 'ScheduleExpression' }
        @{ What = 'a range of weekdays'; With = @{ ScheduleExpression = 'cron(0 2 ? * MON-FRI *)' }; Path = 'ScheduleExpression' }
        @{ What = 'a cron expression of five fields'; With = @{ ScheduleExpression = 'cron(0 2 ? * SUN)' }; Path = 'ScheduleExpression' }
        @{ What = 'no targets at once'; With = @{ MaxConcurrency = '0' }; Path = 'MaxConcurrency' }
        @{ What = 'more than all targets'; With = @{ MaxErrors = '101%' }; Path = 'MaxErrors' }
        @{ What = 'a severity that is none'; With = @{ ComplianceSeverity = 'SEVERE' }; Path = 'ComplianceSeverity' }
        @{ What = 'an offset of a week'; With = @{ ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'; ApplyOnlyAtCronInterval = $true; ScheduleOffset = 7 }; Path = 'ScheduleOffset' }
        @{ What = 'an offset without cron'; With = @{ ScheduleOffset = 2 }; Path = 'ScheduleOffset' }
        @{ What = 'waiting for a cron time with rate'; With = @{ ApplyOnlyAtCronInterval = $true }; Path = 'ApplyOnlyAtCronInterval' }
        @{ What = 'a version of a document of AWS'; With = @{ DocumentVersion = '3' }; Path = 'DocumentVersion' }
        @{ What = 'a bucket name that is too short'; With = @{ OutputLocation = @{ S3Location = @{ OutputS3BucketName = 'ab' } } }; Path = 'OutputLocation.S3Location.OutputS3BucketName' }
        @{ What = 'two alarms'; With = @{ AlarmConfiguration = @{ Alarms = @(@{ Name = 'a' }, @{ Name = 'b' }) } }; Path = 'AlarmConfiguration.Alarms' }
        @{ What = 'Targets beside TargetMaps'; With = @{ TargetMaps = @(@{ InstanceId = @('i-1') }) }; Path = 'Target*' }
    ) {
        $verdict = New-Sample $With | Test-SsmAssociationEntry
        $verdict.IsValid | Should -BeFalse
        $errors = @($verdict.Issues | Where-Object Severity -EQ 'Error')
        @($errors | Where-Object Path -Like $Path).Count | Should -BeGreaterThan 0
        foreach ($issue in $errors) {
            $issue.RuleId | Should -Not -BeNullOrEmpty
            $issue.Message | Should -Not -BeNullOrEmpty
            $issue.Source | Should -Not -BeNullOrEmpty
        }
    }

    It 'warns of <What> and passes the entry' -ForEach @(
        @{ What = 'a parameter that is missing'; With = @{ Parameters = $null }; Path = 'Parameters*' }
        @{ What = 'a parameter that the document is not known to have'; With = @{ Parameters = @{ Operation = 'Scan'; NoSuch = 'x' } }; Path = 'Parameters.NoSuch' }
        @{ What = 'a weekday as a number'; With = @{ ScheduleExpression = 'cron(0 2 ? * 3 *)' }; Path = 'ScheduleExpression' }
        @{ What = 'the same id twice'; With = @{ Targets = 'InstanceIds=i-0123456789abcdef0,i-0123456789abcdef0' }; Path = 'Targets*' }
    ) {
        $verdict = New-Sample $With | Test-SsmAssociationEntry
        $verdict.IsValid | Should -BeTrue
        $verdict.WarningCount | Should -BeGreaterThan 0
        @($verdict.Issues | Where-Object Path -Like $Path).Count | Should -BeGreaterThan 0
        (New-Sample $With | Test-SsmAssociationEntry -Strict).IsValid | Should -BeFalse
    }

    It 'refuses InstanceId together with <_>' -ForEach 'AssociationName', 'ScheduleExpression', 'MaxErrors', 'MaxConcurrency', 'DocumentVersion', 'OutputLocation', 'Targets' {
        $all = @{ AssociationName = 'agent'; ScheduleExpression = 'rate(1 day)'; MaxErrors = '1'; MaxConcurrency = '1'; DocumentVersion = '$DEFAULT'; OutputLocation = @{ S3Location = @{ OutputS3BucketName = 'logs' } }; Targets = 'tag:Role=web' }
        $entry = @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0'; $_ = $all[$_] }
        (Test-SsmAssociationEntry $entry).IsValid | Should -BeFalse
        $entry.Remove($_)
        (Test-SsmAssociationEntry $entry).IsValid | Should -BeTrue
    }

    It 'says all problems of an entry at once' {
        $issues = (New-Sample @{ AssociationName = 'a b'; ScheduleExpression = 'rate(5 minutes)'; MaxErrors = 'none'; Targets = @{ Key = 'Role'; Values = @('') } } | Test-SsmAssociationEntry).Issues
        @($issues | Where-Object Severity -EQ 'Error').Count | Should -BeGreaterOrEqual 5
    }

    It 'compares the entries of one pipeline' {
        $entries = @(
            @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
            @{ Name = 'AWS-RunShellScript'; Parameters = @{ commands = 'id' }; InstanceId = 'i-0123456789abcdef0' }
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' }
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' }
            @{ Name = 'AWS-GatherSoftwareInventory'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(1 day)' }
            @{ Name = 'AWS-GatherSoftwareInventory'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(2 days)' }
        )
        $verdicts = @($entries | Test-SsmAssociationEntry)
        $verdicts.Index | Should -Be @(0, 1, 2, 3, 4, 5)
        $verdicts.IsValid | Should -Be @($true, $false, $true, $true, $true, $false)
        $verdicts[3].Issues.RuleId | Should -Contain 'Run.IdenticalEntry'
    }

    It 'answers true and false with -Quiet' {
        $answers = @((New-Sample), (New-Sample @{ Name = 'a b' }) | Test-SsmAssociationEntry -Quiet)
        $answers | Should -Be @($true, $false)
        $answers[0] | Should -BeOfType [bool]
    }

    It 'turns a rule off by its id' {
        $entry = New-Sample @{ ScheduleExpression = 'rate(29 minutes)' }
        $rule = (Test-SsmAssociationEntry $entry).Issues[0].RuleId
        (Test-SsmAssociationEntry $entry -ExcludeRule $rule).IsValid | Should -BeTrue
        (Test-SsmAssociationEntry $entry -ExcludeRule ($rule.Substring(0, 5) + '*')).IsValid | Should -BeTrue
    }

    It 'warns of an -ExcludeRule that fits no rule' {
        New-Sample | Test-SsmAssociationEntry -ExcludeRule 'No.Such*' -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        "$warnings" | Should -Match 'No\.Such'
    }

    It 'never shows a value of Parameters' {
        $entry = New-Sample @{ Parameters = @{ Operation = @('Scan'); Password = @('hunter2-s3cret') }; AssociationName = 'a b' }
        $text = $entry | Test-SsmAssociationEntry -Verbose *>&1 | ForEach-Object { $_.Issues; "$_"; $_ | Out-String -Width 500 } | Out-String -Width 500
        $text | Should -Not -Match 'hunter2'
    }

    It 'loads no AWS SDK and needs no credentials' {
        $loaded = Invoke-FreshShell '$v = @{ Name = "AWS-UpdateSSMAgent"; Targets = "tag:Role=web" } | Test-SsmAssociationEntry; "valid:$($v.IsValid)"; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }'
        $loaded | Should -Contain 'valid:True'
        $loaded | Should -Contain 'SsmAssociationTools'
        @($loaded -like 'AWSSDK*').Count | Should -Be 0
        $loaded | Should -Not -Contain 'SsmAssociationTools.Aws'
    }
}
