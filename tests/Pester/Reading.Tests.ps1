BeforeAll {
    . (Join-Path $PSScriptRoot 'StagedModule.ps1')
    Import-StagedModule
    $expected = 'AWS-RunPatchBaseline|patch-web|cron(0 2 ? * SUN#2 *)|True|2 tag:Role=web,db tag:Env=prod Operation:Scan RebootOption:NoReboot logs'
}

Describe 'Reading an entry' {
    It 'reads <Shape>' -ForEach @(
        @{ Shape = 'a row of a CSV file'; Make = {
                'Name,AssociationName,Targets,Parameters,ScheduleExpression,ApplyOnlyAtCronInterval,ScheduleOffset,OutputLocation.S3Location.OutputS3BucketName,MaxErrors',
                'AWS-RunPatchBaseline,patch-web,"tag:Role=web,db; tag:Env=prod",Operation=Scan; RebootOption=NoReboot,cron(0 2 ? * SUN#2 *),TRUE,2,logs,' |
                    ConvertFrom-Csv }
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
}
