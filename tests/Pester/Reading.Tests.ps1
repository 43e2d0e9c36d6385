BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $expected = 'AWS-RunPatchBaseline|patch-web|cron(0 2 ? * SUN#2 *)|True|2 tag:Role=web,db tag:Env=prod Operation:Scan RebootOption:NoReboot logs'
}

Describe 'Reading an entry' {
    It 'reads <Shape>' -ForEach @(
        @{ Shape = 'a hashtable'; Make = {
                @{
                    Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-web'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'
                    ApplyOnlyAtCronInterval = $true; ScheduleOffset = 2
                    Targets = @(@{ Key = 'tag:Role'; Values = @('web', 'db') }, @{ Key = 'tag:Env'; Values = 'prod' })
                    Parameters = @{ Operation = 'Scan'; RebootOption = @('NoReboot') }
                    OutputLocation = @{ S3Location = @{ OutputS3BucketName = 'logs' } }
                } }
        }
        @{ Shape = 'an ordered dictionary'; Make = {
                [ordered]@{
                    Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-web'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'
                    ApplyOnlyAtCronInterval = 'yes'; ScheduleOffset = '2'
                    Targets = @([ordered]@{ Key = 'tag:Role'; Values = @('web', 'db') }, [ordered]@{ Key = 'tag:Env'; Values = @('prod') })
                    Parameters = [ordered]@{ Operation = @('Scan'); RebootOption = @('NoReboot') }
                    OutputLocation = [ordered]@{ S3Location = [ordered]@{ OutputS3BucketName = 'logs' } }
                } }
        }
        @{ Shape = 'an object with properties'; Make = {
                [pscustomobject]@{
                    name = 'AWS-RunPatchBaseline'; associationname = 'patch-web'; scheduleexpression = 'cron(0 2 ? * SUN#2 *)'
                    applyonlyatcroninterval = 1; scheduleoffset = [long]2
                    targets = @([pscustomobject]@{ key = 'tag:Role'; values = @('web', 'db') }, [pscustomobject]@{ key = 'tag:Env'; values = @('prod') })
                    parameters = [pscustomobject]@{ Operation = @('Scan'); RebootOption = @('NoReboot') }
                    outputlocation = [pscustomobject]@{ s3location = [pscustomobject]@{ outputs3bucketname = 'logs' } }
                } }
        }
        @{ Shape = 'a row of a CSV file'; Make = {
                'Name,AssociationName,Targets,Parameters,ScheduleExpression,ApplyOnlyAtCronInterval,ScheduleOffset,OutputLocation.S3Location.OutputS3BucketName,MaxErrors',
                'AWS-RunPatchBaseline,patch-web,"tag:Role=web,db; tag:Env=prod",Operation=Scan; RebootOption=NoReboot,cron(0 2 ? * SUN#2 *),TRUE,2,logs,' |
                    ConvertFrom-Csv }
        }
        @{ Shape = 'a row of a CSV file with JSON in its cells'; Make = {
                [pscustomobject]@{
                    Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-web'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'; ApplyOnlyAtCronInterval = '1'; ScheduleOffset = '2'
                    Targets = '[{"Key":"tag:Role","Values":["web","db"]},{"Key":"tag:Env","Values":["prod"]}]'
                    Parameters = '{"Operation":["Scan"],"RebootOption":["NoReboot"]}'; 'OutputLocation.S3Location.OutputS3BucketName' = 'logs'; Duration = ' '
                } }
        }
        @{ Shape = 'JSON text'; Make = {
                '{"Name":"AWS-RunPatchBaseline","AssociationName":"patch-web","ScheduleExpression":"cron(0 2 ? * SUN#2 *)","ApplyOnlyAtCronInterval":true,"ScheduleOffset":2,' +
                '"Targets":[{"Key":"tag:Role","Values":["web","db"]},{"Key":"tag:Env","Values":["prod"]}],"Parameters":{"Operation":["Scan"],"RebootOption":["NoReboot"]},' +
                '"OutputLocation":{"S3Location":{"OutputS3BucketName":"logs"}}}' }
        }
        @{ Shape = 'an object of ConvertFrom-Json'; Make = {
                ConvertFrom-Json ('{"Name":"AWS-RunPatchBaseline","AssociationName":"patch-web","ScheduleExpression":"cron(0 2 ? * SUN#2 *)","ApplyOnlyAtCronInterval":true,"ScheduleOffset":2,' +
                    '"Targets":[{"Key":"tag:Role","Values":["web","db"]},{"Key":"tag:Env","Values":["prod"]}],"Parameters":{"Operation":["Scan"],"RebootOption":["NoReboot"]},' +
                    '"OutputLocation":{"S3Location":{"OutputS3BucketName":"logs"}}}') }
        }
    ) {
        $validation = & $Make | Test-SsmAssociationEntry
        Get-Reading $validation.Entry | Should -Be $expected
        $validation.Issues | Should -BeNullOrEmpty
    }

    It 'reads an object with the shape of the AWS SDK''s entry, where lists that were not set are empty' {
        if (-not ('PesterSpecs.SdkEntry' -as [type])) {
            Add-Type -TypeDefinition @'
using System.Collections.Generic;
namespace PesterSpecs
{
    public class SdkTarget { public string Key { get; set; } public List<string> Values { get; set; } }
    public class SdkEntry
    {
        public string Name { get; set; }
        public string AssociationName { get; set; }
        public string ScheduleExpression { get; set; }
        public bool? ApplyOnlyAtCronInterval { get; set; }
        public int? ScheduleOffset { get; set; }
        public List<SdkTarget> Targets { get; set; }
        public Dictionary<string, List<string>> Parameters { get; set; }
        public List<string> CalendarNames { get; set; }
        public SdkEntry() { CalendarNames = new List<string>(); }
    }
}
'@
        }
        $target = New-Object PesterSpecs.SdkTarget -Property @{ Key = 'tag:Role'; Values = [Collections.Generic.List[string]]@('web', 'db') }
        $parameters = New-Object 'Collections.Generic.Dictionary[string,Collections.Generic.List[string]]'
        $parameters['Operation'] = [Collections.Generic.List[string]]@('Scan')
        $entry = New-Object PesterSpecs.SdkEntry -Property @{
            Name = 'AWS-RunPatchBaseline'; ScheduleExpression = 'rate(1 day)'; Parameters = $parameters; Targets = [Collections.Generic.List[PesterSpecs.SdkTarget]]@($target)
        }
        $validation = $entry | Test-SsmAssociationEntry
        Get-Reading $validation.Entry | Should -Be 'AWS-RunPatchBaseline||rate(1 day)|| tag:Role=web,db Operation:Scan'
        $validation.IsValid | Should -BeTrue
    }

    It 'reads a single target and a single value as lists of one' {
        $validation = New-Sample @{ Targets = @{ Key = 'tag:Role'; Values = 'web' }; Parameters = @{ Operation = 'Scan' } } | Test-SsmAssociationEntry
        Get-Reading $validation.Entry | Should -Be 'AWS-RunPatchBaseline||rate(1 day)|| tag:Role=web Operation:Scan'
    }

    It 'takes several entries in one argument' {
        @(Test-SsmAssociationEntry (New-Sample), (New-Sample @{ Name = 'x' })).IsValid | Should -Be @($true, $false)
    }

    It 'corrects the case of <Member> = <Given>' -ForEach @(
        @{ Member = 'ComplianceSeverity'; Given = 'critical'; Read = 'CRITICAL' }
        @{ Member = 'SyncCompliance'; Given = 'Auto'; Read = 'AUTO' }
    ) {
        (New-Sample @{ $Member = $Given } | Test-SsmAssociationEntry).Entry.$Member | Should -BeExactly $Read
    }

    It 'takes the entry of an earlier verdict' {
        $first = New-Sample | Test-SsmAssociationEntry
        Get-Reading ($first.Entry | Test-SsmAssociationEntry).Entry | Should -Be (Get-Reading $first.Entry)
    }

    It 'says what is wrong with <What>' -ForEach @(
        @{ What = 'null'; Make = { , $null }; Rule = 'Input.NotAnEntry' }
        @{ What = 'a number'; Make = { 42 }; Rule = 'Input.NotAnEntry' }
        @{ What = 'text that is not JSON'; Make = { 'AWS-RunPatchBaseline' }; Rule = 'Input.*' }
        @{ What = 'JSON text that breaks off'; Make = { '{"Name": "AWS-RunPatchBaseline", "Targets": [' }; Rule = 'Input.BadJson' }
        @{ What = 'a hashtable that contains itself'; Make = { $loop = @{ Name = 'AWS-RunPatchBaseline' }; $loop.Targets = @($loop); $loop }; Rule = 'Input.*' }
        @{ What = 'a list that contains itself'; Make = { $loop = New-Object Collections.ArrayList; [void]$loop.Add($loop); @{ Name = 'AWS-RunPatchBaseline'; CalendarNames = $loop } }; Rule = 'Input.TooDeep' }
        @{ What = 'lists in lists, a thousand deep'; Make = { $deep = 'x'; foreach ($i in 1..1000) { $deep = , $deep }; @{ Name = 'AWS-RunPatchBaseline'; CalendarNames = $deep } }; Rule = 'Input.*' }
        @{ What = 'a property that throws'; Make = { New-Object psobject | Add-Member -PassThru ScriptProperty Name { throw 'no' } }; Rule = 'Input.*' }
        @{ What = 'a member given twice'; Make = { '{"Name":"AWS-RunPatchBaseline","Name":"AWS-UpdateSSMAgent"}' }; Rule = 'Input.DuplicateMember' }
        @{ What = 'tags'; Make = { @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web'; Tags = @{ Owner = 'ops' } } }; Rule = 'Input.Tags' }
        @{ What = 'text in a number'; Make = { @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web'; ScheduleOffset = 'two' } }; Rule = 'Input.WrongType' }
    ) {
        $verdicts = @(& $Make | Test-SsmAssociationEntry)
        $verdicts.Count | Should -Be 1
        $verdicts[0].IsValid | Should -BeFalse
        @($verdicts[0].Issues | Where-Object { $_.RuleId -like $Rule -and $_.Severity -eq 'Error' }).Count | Should -BeGreaterThan 0
    }

    It 'refuses a misspelt member and names the right one' {
        $issue = (New-Sample @{ ScheduleExpression = $null; ScheduleExpresion = 'rate(1 day)' } | Test-SsmAssociationEntry).Issues | Where-Object RuleId -EQ 'Input.UnknownMember'
        $issue.Severity | Should -Be 'Error'
        $issue.Path | Should -Be 'ScheduleExpresion'
        $issue.Message | Should -Match 'ScheduleExpression'
    }

    It 'warns of a member that is like none, and refuses it under -Strict' {
        $entry = New-Sample @{ CostCentre = '4711' }
        (Test-SsmAssociationEntry $entry).IsValid | Should -BeTrue
        @((Test-SsmAssociationEntry $entry).Issues.Severity) | Should -Be @('Warning')
        (Test-SsmAssociationEntry $entry -Strict).IsValid | Should -BeFalse
    }
}
