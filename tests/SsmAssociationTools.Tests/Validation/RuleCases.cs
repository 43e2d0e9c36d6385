using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>
/// For every rule about one entry: members that break it and members that do not. A case adds its members to a small
/// valid entry; a null takes a member away; <c>&lt;a*129&gt;</c> stands for 129 letters.
/// </summary>
internal static class RuleCases
{
    private const string Tag = "[{'Key':'tag:Role','Values':['web']}]";
    private const string Id = "'i-0123456789abcdef0'";
    private const string Runbook = "'Name':'AWS-StopEC2Instance','AutomationTargetParameterName':'InstanceId','Parameters':{'AutomationAssumeRole':['r']}";

    public static readonly IReadOnlyList<RuleCase> All =
    [
        // Fields
        Error("Entry.NullItem", "Targets[0].Values[1]", "'Targets':[{'Key':'tag:Role','Values':['web',null]}]", ""),
        Error("Entry.NullItem", "Targets[0]", "'Targets':[null]", ""),
        Error("Entry.NullItem", "Parameters.a", "'Parameters':{'a':null}", "'Parameters':{'a':[]}"),
        Error("Entry.NullItem", "Parameters.a[1]", "'Parameters':{'a':['',null]}", "'Parameters':{'a':['']}"),
        Error("Entry.NullItem", "TargetMaps[0].a[0]", "'Targets':null,'TargetMaps':[{'a':[null]}]", "'Targets':null,'TargetMaps':[{'a':['b']}]"),
        Error("Name.Required", "Name", "'Name':null", ""),
        Error("Name.Required", "Name", "'Name':''", ""),
        Error("Name.Length", "Name", "'Name':'ab'", "'Name':'abc'"),
        Error("Name.Length", "Name", "'Name':'<a*129>'", "'Name':'<a*128>'"),
        Error("Name.Pattern", "Name", "'Name':'My Document'", "'Name':'arn:aws:ssm:us-east-1:123456789012:document/My_Doc-1.0'"),
        Error("InstanceId.Pattern", "InstanceId", "'Targets':null,'InstanceId':'web01'", "'Targets':null,'InstanceId':'i-01234567'"),
        Error("InstanceId.Pattern", "InstanceId", "'Targets':null,'InstanceId':''", "'Targets':null,'InstanceId':'mi-01234567890123456'"),
        Error("AutomationTargetParameterName.Length", "AutomationTargetParameterName", "'AutomationTargetParameterName':'<a*51>'", "'AutomationTargetParameterName':'<a*50>'"),
        Error("DocumentVersion.Pattern", "DocumentVersion", "'DocumentVersion':'latest'", "'DocumentVersion':'$LATEST'"),
        Error("DocumentVersion.Pattern", "DocumentVersion", "'DocumentVersion':'0'", "'DocumentVersion':'12'"),
        Error("Targets.Count", "Targets", "'Targets':[<tag0>,<tag1>,<tag2>,<tag3>,<tag4>,<tag5>]", "'Targets':[<tag0>,<tag1>,<tag2>,<tag3>,<tag4>]"),
        Error("Targets.Key.Length", "Targets[0].Key", "'Targets':[{'Key':'tag:<a*160>','Values':['x']}]", "'Targets':[{'Key':'tag:<a*159>','Values':['x']}]"),
        Error("Targets.Key.Length", "Targets[0].Key", "'Targets':[{'Key':'','Values':['x']}]", ""),
        Error("Targets.Key.Pattern", "Targets[0].Key", "'Targets':[{'Key':'tag:Role*','Values':['x']}]", "'Targets':[{'Key':'tag:Größe der Gruppe','Values':['x']}]"),
        Error("Targets.Values.Count", "Targets[0].Values", "'Targets':[{'Key':'tag:Role','Values':[<51>]}]", "'Targets':[{'Key':'tag:Role','Values':[<50>]}]"),
        Error("ScheduleExpression.Length", "ScheduleExpression", "'ScheduleExpression':''", "'ScheduleExpression':'rate(1 day)'"),
        Error("ScheduleExpression.Length", "ScheduleExpression", "'ScheduleExpression':'rate(1 day<a*246>)'", "'ScheduleExpression':'rate(1 day)'"),
        Error("OutputLocation.S3Location.OutputS3Region.Length", "OutputLocation.S3Location.OutputS3Region", Output("'OutputS3Region':'us'"), Output("'OutputS3Region':'eu-west-1'")),
        Error("OutputLocation.S3Location.OutputS3BucketName.Length", "OutputLocation.S3Location.OutputS3BucketName", "'OutputLocation':{'S3Location':{'OutputS3BucketName':'<a*64>'}}", Output("'OutputS3KeyPrefix':''")),
        Error("OutputLocation.S3Location.OutputS3KeyPrefix.Length", "OutputLocation.S3Location.OutputS3KeyPrefix", Output("'OutputS3KeyPrefix':'<a*501>'"), Output("'OutputS3KeyPrefix':'<a*500>'")),
        Error("AssociationName.Length", "AssociationName", "'AssociationName':'ab'", "'AssociationName':'abc'"),
        Error("AssociationName.Pattern", "AssociationName", "'AssociationName':'Patch Sunday'", "'AssociationName':'Patch_Sunday.1-a'"),
        Error("MaxErrors.Length", "MaxErrors", "'MaxErrors':'10000000'", "'MaxErrors':'9999999'"),
        Error("MaxErrors.Pattern", "MaxErrors", "'MaxErrors':'01%'", "'MaxErrors':'0%'"),
        Error("MaxConcurrency.Length", "MaxConcurrency", "'MaxConcurrency':''", "'MaxConcurrency':'1'"),
        Error("MaxConcurrency.Pattern", "MaxConcurrency", "'MaxConcurrency':'0'", "'MaxConcurrency':'100%'"),
        Error("ComplianceSeverity.Enum", "ComplianceSeverity", "'ComplianceSeverity':'high'", "'ComplianceSeverity':'HIGH'"),
        Error("SyncCompliance.Enum", "SyncCompliance", "'SyncCompliance':'ON'", "'SyncCompliance':'AUTO'"),
        Error("TargetLocations.Count", "TargetLocations", "'TargetLocations':[]", Location("")),
        Error("TargetLocations.Accounts.Count", "TargetLocations[0].Accounts", Location("'Accounts':[]"), Location("'Accounts':['123456789012']")),
        Error("TargetLocations.Regions.Count", "TargetLocations[0].Regions", Location("'Regions':[<51>]"), Location("'Regions':['eu-west-1']")),
        Error("TargetLocations.TargetLocationMaxConcurrency.Length", "TargetLocations[0].TargetLocationMaxConcurrency", Location("'TargetLocationMaxConcurrency':'12345678'"), Location("'TargetLocationMaxConcurrency':'5'")),
        Error("TargetLocations.TargetLocationMaxConcurrency.Pattern", "TargetLocations[0].TargetLocationMaxConcurrency", Location("'TargetLocationMaxConcurrency':'0%'"), Location("'TargetLocationMaxConcurrency':'5%'")),
        Error("TargetLocations.TargetLocationMaxErrors.Length", "TargetLocations[0].TargetLocationMaxErrors", Location("'TargetLocationMaxErrors':'12345678'"), Location("'TargetLocationMaxErrors':'5'")),
        Error("TargetLocations.TargetLocationMaxErrors.Pattern", "TargetLocations[0].TargetLocationMaxErrors", Location("'TargetLocationMaxErrors':'all'"), Location("'TargetLocationMaxErrors':'0'")),
        Error("TargetLocations.ExecutionRoleName.Length", "TargetLocations[0].ExecutionRoleName", Location("'ExecutionRoleName':'<a*65>'"), Location("'ExecutionRoleName':'<a*64>'")),
        Error("TargetLocations.ExecutionRoleName.Pattern", "TargetLocations[0].ExecutionRoleName", Location("'ExecutionRoleName':'arn:aws:iam::1:role/r'"), Location("'ExecutionRoleName':'service/r+=,.@-_'")),
        Error("TargetLocations.TargetLocationAlarmConfiguration.Alarms.Required", "TargetLocations[0].TargetLocationAlarmConfiguration.Alarms", Location("'TargetLocationAlarmConfiguration':{}"), Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'a'}]}")),
        Error("TargetLocations.TargetLocationAlarmConfiguration.Alarms.Count", "TargetLocations[0].TargetLocationAlarmConfiguration.Alarms", Location("'TargetLocationAlarmConfiguration':{'Alarms':[]}"), Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'a'}]}")),
        Error("TargetLocations.TargetLocationAlarmConfiguration.Alarms.Name.Required", "TargetLocations[0].TargetLocationAlarmConfiguration.Alarms[0].Name", Location("'TargetLocationAlarmConfiguration':{'Alarms':[{}]}"), Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'a'}]}")),
        Error("TargetLocations.TargetLocationAlarmConfiguration.Alarms.Name.Length", "TargetLocations[0].TargetLocationAlarmConfiguration.Alarms[0].Name", Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'<a*256>'}]}"), Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'<a*255>'}]}")),
        Error("TargetLocations.TargetLocationAlarmConfiguration.Alarms.Name.Pattern", "TargetLocations[0].TargetLocationAlarmConfiguration.Alarms[0].Name", Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'  '}]}"), Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':' a '}]}")),
        Error("TargetLocations.ExcludeAccounts.Count", "TargetLocations[0].ExcludeAccounts", Location("'ExcludeAccounts':[]"), Location("'ExcludeAccounts':['123456789012']")),
        Error("TargetLocations.ExcludeAccounts.Length", "TargetLocations[0].ExcludeAccounts[1]", Location("'ExcludeAccounts':['123456789012','12345']"), Location("'ExcludeAccounts':['ou-ab12-cdef3456']")),
        Error("TargetLocations.ExcludeAccounts.Pattern", "TargetLocations[0].ExcludeAccounts[0]", Location("'ExcludeAccounts':['production']"), Location("'ExcludeAccounts':['ou-ab12-cdef3456']")),
        Error("TargetLocations.Targets.Count", "TargetLocations[0].Targets", LocationTargets("{'Key':'tag:a','Values':['b']},{'Key':'tag:c','Values':['d']}"), LocationTargets("{'Key':'tag:a','Values':['b']}")),
        Error("TargetLocations.Targets.Key.Length", "TargetLocations[0].Targets[0].Key", LocationTargets("{'Key':'','Values':['b']}"), LocationTargets("{'Key':'tag:a','Values':['b']}")),
        Error("TargetLocations.Targets.Key.Pattern", "TargetLocations[0].Targets[0].Key", LocationTargets("{'Key':'tag:a!','Values':['b']}"), LocationTargets("{'Key':'tag:a','Values':['b']}")),
        Error("TargetLocations.Targets.Values.Count", "TargetLocations[0].Targets[0].Values", LocationTargets("{'Key':'tag:a','Values':[<51>]}"), LocationTargets("{'Key':'tag:a','Values':[<50>]}")),
        Error("TargetLocations.TargetsMaxConcurrency.Length", "TargetLocations[0].TargetsMaxConcurrency", Location("'TargetsMaxConcurrency':'12345678'"), Location("'TargetsMaxConcurrency':'5'")),
        Error("TargetLocations.TargetsMaxConcurrency.Pattern", "TargetLocations[0].TargetsMaxConcurrency", Location("'TargetsMaxConcurrency':'+5'"), Location("'TargetsMaxConcurrency':'5'")),
        Error("TargetLocations.TargetsMaxErrors.Length", "TargetLocations[0].TargetsMaxErrors", Location("'TargetsMaxErrors':''"), Location("'TargetsMaxErrors':'5'")),
        Error("TargetLocations.TargetsMaxErrors.Pattern", "TargetLocations[0].TargetsMaxErrors", Location("'TargetsMaxErrors':'101%'"), Location("'TargetsMaxErrors':'99%'")),
        Error("ScheduleOffset.Range", "ScheduleOffset", Offset("7"), Offset("6")),
        Error("ScheduleOffset.Range", "ScheduleOffset", Offset("0"), Offset("1")),
        Error("Duration.Range", "Duration", "'ScheduleExpression':'cron(0 2 ? * SUN *)','ApplyOnlyAtCronInterval':true,'Duration':25", "'ScheduleExpression':'cron(0 2 ? * SUN *)','ApplyOnlyAtCronInterval':true,'Duration':24"),
        Error("TargetMaps.Count", "TargetMaps", "'Targets':null,'TargetMaps':[<maps301>]", "'Targets':null,'TargetMaps':[<maps300>]"),
        Error("TargetMaps.Keys.Count", "TargetMaps[0]", "'Targets':null,'TargetMaps':[{}]", "'Targets':null,'TargetMaps':[{'a':['b']}]"),
        Error("TargetMaps.Key.Length", "TargetMaps[0].<a*51>", "'Targets':null,'TargetMaps':[{'<a*51>':['b']}]", "'Targets':null,'TargetMaps':[{'<a*50>':['b']}]"),
        Error("TargetMaps.Values.Count", "TargetMaps[0].a", "'Targets':null,'TargetMaps':[{'a':[<26>]}]", "'Targets':null,'TargetMaps':[{'a':[<25>]}]"),
        Error("TargetMaps.Values.Length", "TargetMaps[0].a[0]", "'Targets':null,'TargetMaps':[{'a':['<a*51>']}]", "'Targets':null,'TargetMaps':[{'a':[]}]"),
        Error("AlarmConfiguration.Alarms.Required", "AlarmConfiguration.Alarms", "'AlarmConfiguration':{}", "'AlarmConfiguration':{'Alarms':[{'Name':'a'}]}"),
        Error("AlarmConfiguration.Alarms.Count", "AlarmConfiguration.Alarms", "'AlarmConfiguration':{'Alarms':[{'Name':'a'},{'Name':'b'}]}", "'AlarmConfiguration':{'IgnorePollAlarmFailure':true,'Alarms':[{'Name':'a'}]}"),
        Error("AlarmConfiguration.Alarms.Name.Required", "AlarmConfiguration.Alarms[0].Name", "'AlarmConfiguration':{'Alarms':[{'Name':''}]}", "'AlarmConfiguration':{'Alarms':[{'Name':'a'}]}"),
        Error("AlarmConfiguration.Alarms.Name.Length", "AlarmConfiguration.Alarms[0].Name", "'AlarmConfiguration':{'Alarms':[{'Name':'<a*256>'}]}", "'AlarmConfiguration':{'Alarms':[{'Name':'<a*255>'}]}"),
        Error("AlarmConfiguration.Alarms.Name.Pattern", "AlarmConfiguration.Alarms[0].Name", "'AlarmConfiguration':{'Alarms':[{'Name':'a\\nb'}]}", "'AlarmConfiguration':{'Alarms':[{'Name':'a b'}]}"),

        // Texts
        Error("Entry.NotUnicode", "Targets[0].Values[0]", "'Targets':[{'Key':'tag:a','Values':['b<half>']}]", "'Targets':[{'Key':'tag:a','Values':['b\uD83D\uDE00']}]"),
        Error("Entry.NotUnicode", "Parameters.a[1]", "'Parameters':{'a':['b','<half>c']}", "'Parameters':{'a':['\u00e4']}"),
        Error("Entry.TypeName", "Targets[0].Values[0]", "'Targets':[{'Key':'tag:a','Values':['System.Object[]']}]", "'Targets':[{'Key':'tag:a','Values':['System']}]"),
        Error("Entry.TypeName", "Parameters.a[0]", "'Parameters':{'a':['System.Collections.Generic.List`1[System.String]']}", "'Parameters':{'a':['[System.Object]::new()']}"),
        Warning("Entry.Character", "Parameters.a[0]", "'Parameters':{'a':['ls\u00a0-l']}", "'Parameters':{'a':['gr\u00fc\u00dfe \u2013 und \u201emehr\u201c']}"),
        Warning("Entry.Character", "Targets[0].Values[0]", "'Targets':[{'Key':'tag:a','Values':['\u201cweb\u201d']}]", "'Targets':[{'Key':'tag:a','Values':['\u00abx']}]"),
        Warning("Entry.Character", "Parameters.a[0]", "'Parameters':{'a':['rm \u2013rf x']}", "'Parameters':{'a':['\ud83d\udc69\u200d\ud83d\ude80']}"),

        // Targets
        Error("Targets.Missing", "Targets", "'Name':'AWS-UpdateSSMAgent','Targets':null", "'Name':'AWS-UpdateSSMAgent'"),
        Error("Targets.Missing", "Targets", "'Name':'AWS-UpdateSSMAgent','Targets':[]", "'Name':'AWS-HelloWorld','Targets':null"),
        Warning("Targets.Missing", "Targets", "'Targets':null", "'Targets':null,'TargetMaps':[{'a':['b']}]"),
        Warning("Targets.Missing", "Targets", "'Targets':null", "'Targets':null,'Parameters':{'AutomationAssumeRole':['r']}"),
        Error("InstanceId.Excludes", "AssociationName", Instance("'AssociationName':'abc'"), Instance("")),
        Error("InstanceId.Excludes", "DocumentVersion", Instance("'DocumentVersion':'1'"), Instance("")),
        Error("InstanceId.Excludes", "MaxErrors", Instance("'MaxErrors':'1'"), Instance("")),
        Error("InstanceId.Excludes", "MaxConcurrency", Instance("'MaxConcurrency':'1'"), Instance("")),
        Error("InstanceId.Excludes", "OutputLocation", Instance(Output("")), Instance("")),
        Error("InstanceId.Excludes", "ScheduleExpression", Instance("'ScheduleExpression':'rate(1 day)'"), Instance("'ComplianceSeverity':'LOW'")),
        Error("InstanceId.DocumentSchema", "InstanceId", Instance("'Name':'AWS-GatherSoftwareInventory'"), Instance("'Name':'AWS-UpdateSSMAgent'")),
        Error("InstanceId.DocumentSchema", "InstanceId", Instance("'Name':'AWS-HelloWorld'"), Instance("'Name':'AWS-UpdateSSMAgent'")),
        Warning("InstanceId.DocumentSchema", "InstanceId", Instance(""), Instance("'Name':'AWS-UpdateSSMAgent'")),
        Error("InstanceId.WithTargets", "InstanceId", Instance("'Targets':" + Tag), Instance("'Targets':[]")),
        Warning("InstanceId.WithTargetMaps", "InstanceId", Instance("'TargetMaps':[{'a':['b']}]"), Instance("")),
        Error("Targets.WithTargetMaps", "Targets", "'TargetMaps':[{'a':['b']}]", "'TargetMaps':[]"),
        Error("AutomationTargetParameterName.Missing", "AutomationTargetParameterName", "'Name':'AWS-ResizeInstance'", "'Name':'AWS-ResizeInstance','AutomationTargetParameterName':'InstanceId'"),
        Error("AutomationTargetParameterName.Missing", "AutomationTargetParameterName", "'Name':'AWSConfigRemediation-DeleteUnusedEBSVolume'", "'Name':'AWS-HelloWorld','Targets':[{'Key':'aws:NoOpAutomationTag','Values':['AWS-NoOpAutomationTarget-Value']}]"),
        Warning("AutomationTargetParameterName.Missing", "AutomationTargetParameterName", "'Targets':[{'Key':'ParameterValues','Values':['a']}]", ""),
        Warning("AutomationTargetParameterName.Missing", "AutomationTargetParameterName", "'Parameters':{'AutomationAssumeRole':['r']}", ""),
        Warning("AutomationTargetParameterName.WithoutTargets", "AutomationTargetParameterName", "'Targets':null,'AutomationTargetParameterName':'a'", "'AutomationTargetParameterName':'a'"),
        Warning("AutomationTargetParameterName.Undeclared", "AutomationTargetParameterName", Runbook + ",'AutomationTargetParameterName':'instanceId','Parameters':{'InstanceId':['i']}", Runbook),
        Warning("AutomationTargetParameterName.ForCommand", "AutomationTargetParameterName", "'Name':'AWS-UpdateSSMAgent','AutomationTargetParameterName':'a'", Runbook),
        Warning("Targets.OneForAutomation", "Targets", Runbook + ",'Targets':[<tag0>,<tag1>]", "'Targets':[<tag0>,<tag1>]"),
        Error("Targets.OneResourceGroup", "Targets", "'Targets':[{'Key':'resource-groups:Name','Values':['a','b']}]", "'Targets':[{'Key':'resource-groups:Name','Values':['a']}]"),
        Error("Targets.OneResourceGroup", "Targets", "'Targets':[{'Key':'resource-groups:Name','Values':['a']},{'Key':'resource-groups:name','Values':['b']}]", "'Targets':[{'Key':'resource-groups:name','Values':['a']},<tag0>]"),
        Warning("Targets.MixedKeys", "Targets", "'Targets':[{'Key':'instanceids','Values':[" + Id + "]},<tag0>]", "'Targets':[<tag0>,<tag1>]"),
        Warning("Targets.RepeatedKey", "Targets[1].Key", "'Targets':[<tag0>,<tag0>]", "'Targets':[<tag0>,{'Key':'tag:TAG0','Values':['x']}]"),
        Warning("Targets.RepeatedKey", "Targets[1].Key", "'Targets':[{'Key':'InstanceIds','Values':['*']},{'Key':'instanceids','Values':['*']}]", ""),

        // Target keys and values
        Error("Targets.Key.Missing", "Targets[0].Key", "'Targets':[{'Values':['a']}]", ""),
        Error("Targets.Key.Unknown", "Targets[0].Key", "'Targets':[{'Key':'Role','Values':['web']}]", ""),
        Error("Targets.Key.Unknown", "Targets[0].Key", "'Targets':[{'Key':'InstanceId','Values':['web']}]", "'Targets':[{'Key':'tag-key','Values':['web']}]"),
        Error("Targets.Key.Unknown", "TargetLocations[0].Targets[0].Key", LocationTargets("{'Key':'foo','Values':['b']}"), LocationTargets("{'Key':'ResourceGroup','Values':['b']}")),
        Error("Targets.Key.MaintenanceWindow", "Targets[0].Key", "'Targets':[{'Key':'resource-groups:ResourceTypeFilters','Values':['AWS::EC2::Instance']}]", "'Targets':[{'Key':'resource-groups:Name','Values':['a']}]"),
        Error("Targets.Key.MaintenanceWindow", "Targets[0].Key", "'Targets':[{'Key':'WindowTargetIds','Values':['a']}]", ""),
        Error("Targets.Key.AutomationOnly", "Targets[0].Key", "'Name':'AWS-UpdateSSMAgent','Targets':[{'Key':'ParameterValues','Values':['a']}]", Runbook + ",'Targets':[{'Key':'ParameterValues','Values':['a']}]"),
        Error("Targets.Key.AutomationOnly", "Targets[0].Key", "'Name':'AWS-UpdateSSMAgent','Targets':[{'Key':'AWS::EC2::Instance','Values':['*']}]", "'Targets':[{'Key':'AWS::EC2::Instance','Values':['*']}],'AutomationTargetParameterName':'a'"),
        Warning("Targets.Key.AutomationOnly", "Targets[0].Key", "'Targets':[{'Key':'ParameterValues','Values':['a']}]", "'Targets':[{'Key':'ParameterValues','Values':['a']}],'AutomationTargetParameterName':'a'"),
        Error("Targets.Key.ResourceGroup", "Targets[0].Key", Runbook + ",'Targets':[{'Key':'ResourceGroup','Values':['a']}]", Runbook + ",'Targets':[{'Key':'resource-groups:Name','Values':['a']}]"),
        Error("Targets.Key.ResourceGroup", "Targets[0].Key", "'Targets':[{'Key':'ResourceGroup','Values':['a']}]", LocationTargets("{'Key':'ResourceGroup','Values':['b']}")),
        Warning("Targets.Key.AllInstances", "Targets[0].Key", Runbook + ",'Targets':[{'Key':'AWS::EC2::Instance','Values':['*']}]", Runbook),
        Warning("Targets.Key.LetterCase", "Targets[0].Key", "'Targets':[{'Key':'Tag:Role','Values':['web']}]", "'Targets':[{'Key':'instanceids','Values':['*']}]"),
        Error("Targets.Key.TagName", "Targets[0].Key", "'Targets':[{'Key':'tag:','Values':['web']}]", "'Targets':[{'Key':'tag:aws:autoscaling:groupName','Values':['web']}]"),
        Warning("Targets.Key.Plus", "Targets[0].Key", "'Targets':[{'Key':'tag:C++','Values':['yes']}]", ""),
        Error("Targets.Values.Missing", "Targets[0].Values", "'Targets':[{'Key':'InstanceIds','Values':[]}]", "'Targets':[{'Key':'InstanceIds','Values':['*']}]"),
        Error("Targets.Values.Missing", "Targets[0].Values", "'Targets':[{'Key':'tag:a'}]", ""),
        Error("Targets.Values.Empty", "Targets[0].Values[1]", "'Targets':[{'Key':'tag:a','Values':['b','']}]", "'Targets':[{'Key':'tag:a','Values':['b']}]"),
        Error("Targets.Values.NodeId", "Targets[0].Values[0]", "'Targets':[{'Key':'InstanceIds','Values':['i-000000000000000000']}]", "'Targets':[{'Key':'InstanceIds','Values':['i-01234567','mi-0123456789abcdef0']}]"),
        Error("Targets.Values.NodeId", "Targets[0].Values[0]", "'Targets':[{'Key':'InstanceIds','Values':['web01']}]", "'Targets':[{'Key':'InstanceIds','Values':['i-0123456789']}]"),
        Error("Targets.Values.NodeId", "Targets[0].Values[0]", "'Targets':[{'Key':'InstanceIds','Values':['mi-01234567']}]", ""),
        Warning("Targets.Values.NodeIdDigits", "Targets[0].Values[0]", "'Targets':[{'Key':'InstanceIds','Values':['i-02573cafcfEXAMPLE']}]", "'Targets':[{'Key':'InstanceIds','Values':[" + Id + "]}]"),
        Warning("Targets.Values.NodeIdDigits", "Targets[0].Values[0]", "'Targets':[{'Key':'InstanceIds','Values':['i-0123456789ABCDEF0']}]", ""),
        Warning("Targets.Values.AllAndIds", "Targets[0].Values", "'Targets':[{'Key':'InstanceIds','Values':['*'," + Id + "]}]", "'Targets':[{'Key':'InstanceIds','Values':['*']}]"),
        Warning("Targets.Values.Wildcard", "Targets[0].Values[0]", "'Targets':[{'Key':'tag:Name','Values':['web-*']}]", ""),
        Warning("Targets.Values.Repeated", "Targets[0].Values[2]", "'Targets':[{'Key':'tag:Name','Values':['a','b','a']}]", "'Targets':[{'Key':'tag:Name','Values':['a','A']}]"),
        Warning("Targets.Values.NoOp", "Targets[0].Values[0]", "'Targets':[{'Key':'aws:NoOpAutomationTag','Values':['none']}]", "'Targets':[{'Key':'aws:NoOpAutomationTag','Values':['AWS-NoOpAutomationTarget-Value']}]"),
        Warning("Targets.NodeIdsForRunbook", "Targets[0].Values", Runbook + ",'Targets':[{'Key':'InstanceIds','Values':[" + Id + "]}]", Runbook + ",'Targets':[{'Key':'InstanceIds','Values':['*']}]"),
        Warning("Targets.HybridUnsupported", "Targets[0].Values[1]", "'Name':'AWS-RunPatchBaselineAssociation','Targets':[{'Key':'InstanceIds','Values':[" + Id + ",'mi-0123456789abcdef0']}]", "'Name':'AWS-RunPatchBaseline','Targets':[{'Key':'InstanceIds','Values':['mi-0123456789abcdef0']}]"),

        // Schedules
        Error("Schedule.Form", "ScheduleExpression", Schedule("every day"), Schedule("rate(1 day)")),
        Warning("Schedule.LetterCase", "ScheduleExpression", Schedule("Rate(1 day)"), Schedule("rate(1 day)")),
        Warning("Schedule.LeadingZero", "ScheduleExpression", Schedule("rate(030 minutes)"), Schedule("cron(00 09 ? * * *)")),
        Error("Schedule.Rate.Form", "ScheduleExpression", Schedule("rate(2 weeks)"), Schedule("rate(14 days)")),
        Warning("Schedule.Rate.Space", "ScheduleExpression", Schedule("rate(1day)"), Schedule("rate(1 day)")),
        Error("Schedule.Rate.Plural", "ScheduleExpression", Schedule("rate(1 hours)"), Schedule("rate(1 hour)")),
        Error("Schedule.Rate.Interval", "ScheduleExpression", Schedule("rate(29 minutes)"), Schedule("rate(30 minutes)")),
        Error("Schedule.Rate.Interval", "ScheduleExpression", Schedule("rate(31 days)"), Schedule("rate(30 days)")),
        Error("Schedule.At.Form", "ScheduleExpression", At("at(2030-01-31T15:55:00Z)"), At("at(2030-01-31T15:55)")),
        Error("Schedule.At.Date", "ScheduleExpression", At("at(2030-02-30T15:55:00)"), At("at(2028-02-29T15:55:00)")),
        Warning("Schedule.At.Past", "ScheduleExpression", At("at(2026-07-01T12:00:00)"), At("at(2026-07-01T12:00:01)")),
        Error("Schedule.Cron.Spaces", "ScheduleExpression", Schedule("cron(0  2 ? * SUN *)"), Schedule("cron(0 2 ? * SUN *)")),
        Error("Schedule.Cron.Fields", "ScheduleExpression", Schedule("cron(0 2 * * SUN)"), Schedule("cron(0 0 2 ? * SUN *)")),
        Error("Schedule.Cron.Seconds", "ScheduleExpression", Schedule("cron(24 30 9 ? * * *)"), Schedule("cron(00 30 9 ? * * *)")),
        Error("Schedule.Cron.Minutes", "ScheduleExpression", Schedule("cron(60 2 ? * SUN *)"), Schedule("cron(59 2 ? * SUN *)")),
        Error("Schedule.Cron.Hours", "ScheduleExpression", Schedule("cron(0 0/6 * * ? *)"), Schedule("cron(0 */12 * * ? *)")),
        Warning("Schedule.Cron.HourlyWildcard", "ScheduleExpression", Schedule("cron(0 * * * ? *)"), Schedule("cron(0/30 * * * ? *)")),
        Error("Schedule.Cron.DayOfMonth", "ScheduleExpression", Schedule("cron(0 8 1 * ? *)"), Schedule("cron(0 8 1/1 * ? *)")),
        Error("Schedule.Cron.Month", "ScheduleExpression", Schedule("cron(0 2 ? JAN SUN *)"), Schedule("cron(0 2 ? * SUN *)")),
        Error("Schedule.Cron.DayOfWeek", "ScheduleExpression", Schedule("cron(15 7 ? * MON-FRI *)"), Schedule("cron(15 7 ? * FRIL *)")),
        Warning("Schedule.Cron.NumericWeekday", "ScheduleExpression", Schedule("cron(0 0 ? * 3L *)"), Schedule("cron(0 0 ? * TUEL *)")),
        Error("Schedule.Cron.Year", "ScheduleExpression", Schedule("cron(0 2 ? * SUN 2030)"), Schedule("cron(0 2 ? * SUN *)")),
        Error("Schedule.Cron.Days", "ScheduleExpression", Schedule("cron(0 2 * * * *)"), Schedule("cron(0 2 * * ? *)")),
        Error("Schedule.Cron.Days", "ScheduleExpression", Schedule("cron(0 2 ? * ? *)"), Schedule("cron(0 2 ? * * *)")),
        Error("Schedule.Cron.StepWithDay", "ScheduleExpression", Schedule("cron(0 0/4 ? * MON *)"), Schedule("cron(0 4 ? * MON *)")),
        Warning("Schedule.Cron.Unproven", "ScheduleExpression", Schedule("cron(0 2 L * ? *)"), Schedule("cron(0 2 ? * SUNL *)")),

        // Schedule options
        Error("ApplyOnlyAtCronInterval.WithRate", "ApplyOnlyAtCronInterval", "'ScheduleExpression':'rate(1 day)','ApplyOnlyAtCronInterval':true", "'ScheduleExpression':'rate(1 day)','ApplyOnlyAtCronInterval':false"),
        Error("ApplyOnlyAtCronInterval.WithoutSchedule", "ApplyOnlyAtCronInterval", "'ApplyOnlyAtCronInterval':true", "'ApplyOnlyAtCronInterval':false"),
        Error("ApplyOnlyAtCronInterval.MissingForAt", "ApplyOnlyAtCronInterval", Schedule("at(2030-01-31T15:55:00)"), At("at(2030-01-31T15:55:00)")),
        Error("ScheduleOffset.NeedsApplyOnlyAtCronInterval", "ScheduleOffset", "'ScheduleExpression':'cron(0 2 ? * SUN#2 *)','ScheduleOffset':2", Offset("2")),
        Error("ScheduleOffset.NeedsCron", "ScheduleOffset", "'ScheduleExpression':'rate(1 day)','ScheduleOffset':2", Offset("2")),
        Error("ScheduleOffset.NeedsCron", "ScheduleOffset", "'ScheduleOffset':2", Offset("2")),
        Error("ScheduleOffset.NeedsNthWeekday", "ScheduleOffset", "'ScheduleExpression':'cron(0 2 ? * SUN *)','ApplyOnlyAtCronInterval':true,'ScheduleOffset':2", Offset("2")),
        Warning("ScheduleOffset.NeedsNthWeekday", "ScheduleOffset", "'ScheduleExpression':'cron(0 2 ? * SUNL *)','ApplyOnlyAtCronInterval':true,'ScheduleOffset':2", Offset("2")),
        Error("Duration.NeedsApplyOnlyAtCronInterval", "Duration", "'ScheduleExpression':'cron(0 2 ? * SUN *)','Duration':2", "'ScheduleExpression':'cron(0 2 ? * SUN *)','ApplyOnlyAtCronInterval':true,'Duration':2"),
        Warning("RateControl.WithoutTargets", "MaxErrors", "'Targets':null,'MaxErrors':'1'", "'MaxErrors':'1'"),
        Warning("RateControl.WithoutTargets", "MaxConcurrency", "'Targets':null,'MaxConcurrency':'1'", "'Targets':null,'TargetMaps':[{'a':['b']}],'MaxConcurrency':'1'"),

        // Documents
        Error("Name.DocumentType", "Name", "'Name':'AWS-StartSSHSession'", "'Name':'AWS-UpdateSSMAgent'"),
        Error("Name.DocumentType", "Name", "'Name':'AmazonCloudWatchAgent'", ""),
        Error("Name.Region", "Name", "'Name':'arn:aws:ssm:eu-west-1:123456789012:document/Mine'", "'Name':'arn:aws:ssm:us-east-1:123456789012:document/Mine'"),
        Warning("Parameters.Required", "Parameters.commands", "'Name':'AWS-RunShellScript'", "'Name':'AWS-RunShellScript','Parameters':{'commands':['ls']}"),
        Warning("Parameters.Required", "Parameters.InstanceId", "'Name':'AWS-StopEC2Instance','Targets':null", Runbook),
        Warning("Parameters.Required", "Parameters.Operation", "'Name':'arn:aws:ssm:us-east-1::document/AWS-RunPatchBaseline','Parameters':{'Operation':[]}", "'Name':'AWS-RunPatchBaseline','Parameters':{'Operation':['Scan']}"),
        Error("Parameters.AllowedValues", "Parameters.Operation[0]", "'Name':'AWS-RunPatchBaseline','Parameters':{'Operation':['install']}", "'Name':'AWS-RunPatchBaseline','Parameters':{'Operation':['{{ssm:operation}}']}"),
        Error("Parameters.AllowedValues", "Parameters.optionalRestart[0]", "'Name':'AmazonCloudWatch-ManageAgent','Parameters':{'optionalRestart':['true']}", "'Name':'AmazonCloudWatch-ManageAgent','Parameters':{'optionalRestart':['yes'],'mode':['onPremise']}"),
        Warning("SyncCompliance.ManualRequired", "SyncCompliance", "'Name':'AWS-RunPatchBaselineAssociation'", "'Name':'AWS-RunPatchBaselineAssociation','SyncCompliance':'MANUAL'"),
        Warning("Parameters.Undeclared", "Parameters.Commands", "'Name':'AWS-RunShellScript','Parameters':{'commands':['ls'],'Commands':['ls']}", "'Parameters':{'anything':['ls']}"),
        Information("DocumentVersion.LatestRunsOnEdit", "DocumentVersion", "'Name':'My-Document','DocumentVersion':'$LATEST'", "'Name':'My-Document','DocumentVersion':'$DEFAULT'"),
        Warning("Schedule.RunbookCron", "ScheduleExpression", Runbook + ",'ScheduleExpression':'cron(0 2 ? * SUN *)'", Runbook + ",'ScheduleExpression':'rate(7 days)'"),
        Warning("SyncCompliance.NeedsAssociationId", "SyncCompliance", "'SyncCompliance':'MANUAL'", "'Name':'AWS-RunPatchBaselineAssociation','Parameters':{'Operation':['Scan']},'SyncCompliance':'MANUAL'"),
        Error("DocumentVersion.AmazonDocument", "DocumentVersion", "'Name':'AWS-UpdateSSMAgent','DocumentVersion':'1'", "'DocumentVersion':'1'"),
        Error("DocumentVersion.AmazonDocument", "DocumentVersion", "'Name':'arn:aws:ssm:us-east-1::document/AmazonCloudWatch-ManageAgent','DocumentVersion':'1'", "'DocumentVersion':'1'"),
        Warning("DocumentVersion.AmazonAlias", "DocumentVersion", "'Name':'AWS-UpdateSSMAgent','DocumentVersion':'$LATEST'", "'DocumentVersion':'$LATEST'"),
        Warning("DocumentVersion.SharedDocument", "DocumentVersion", "'Name':'arn:aws:ssm:us-east-1:123456789012:document/Mine','DocumentVersion':'2'", "'Name':'arn:aws:ssm:us-east-1:123456789012:document/Mine','DocumentVersion':'$DEFAULT'"),
        Warning("Parameters.AutomationAssumeRole", "Parameters.AutomationAssumeRole", Runbook + ",'Parameters':{}", Runbook),

        // Several accounts, calendars, output
        Error("TargetLocations.Accounts.Form", "TargetLocations[0].Accounts[1]", Location("'Accounts':['123456789012','ABC']"), Location("'Accounts':['123456789012','ou-ab12-cdef3456','r-ab12']")),
        Error("TargetLocations.Accounts.Form", "TargetLocations[0].Accounts[0]", Location("'Accounts':['1.23457E+11']"), Location("'Accounts':['123456789012']")),
        Error("TargetLocations.Regions.Form", "TargetLocations[0].Regions[0]", Location("'Regions':['eu_west_1']"), Location("'Regions':['us-gov-west-1']")),
        Warning("OutputLocation.ForRunbook", "OutputLocation", Runbook + "," + Output(""), Output("")),
        Warning("TargetLocations.ForCommand", "TargetLocations", "'Name':'AWS-UpdateSSMAgent'," + Location(""), Location("")),
        Warning("TargetLocations.IncludeChildOrganizationUnits.Unsupported", "TargetLocations[0].IncludeChildOrganizationUnits", Location("'IncludeChildOrganizationUnits':true"), Location("'IncludeChildOrganizationUnits':false")),
        Warning("TargetLocations.TargetLocationAlarmConfiguration.Unsupported", "TargetLocations[0].TargetLocationAlarmConfiguration", Location("'TargetLocationAlarmConfiguration':{'Alarms':[{'Name':'a'}]}"), Location("")),
        Error("TargetLocations.Targets.NeedsTargetParameter", "TargetLocations[0].Targets", Location("'Targets':" + Tag), LocationTargets("{'Key':'tag:a','Values':['b']}")),
        Warning("CalendarNames.OneRun", "CalendarNames", "'CalendarNames':['Open']", "'CalendarNames':['Open'],'ScheduleExpression':'rate(1 day)'"),
        Warning("CalendarNames.OneRun", "CalendarNames", "'CalendarNames':['Open']," + At("at(2030-01-31T15:55:00)"), "'CalendarNames':[]"),
        Error("CalendarNames.Empty", "CalendarNames[1]", "'CalendarNames':['Open',''],'ScheduleExpression':'rate(1 day)'", "'CalendarNames':['Open'],'ScheduleExpression':'rate(1 day)'"),
        Error("OutputLocation.BucketMissing", "OutputLocation.S3Location.OutputS3BucketName", "'OutputLocation':{'S3Location':{'OutputS3KeyPrefix':'p'}}", Output("")),
        Error("OutputLocation.BucketMissing", "OutputLocation.S3Location.OutputS3BucketName", "'OutputLocation':{}", Output("")),
    ];

    private static RuleCase Error(string id, string path, string breaking, string passing) => new(id, IssueSeverity.Error, Expand(path), Build(breaking), Build(passing));

    private static RuleCase Information(string id, string path, string breaking, string passing) => new(id, IssueSeverity.Information, Expand(path), Build(breaking), Build(passing));


    private static RuleCase Warning(string id, string path, string breaking, string passing) => new(id, IssueSeverity.Warning, Expand(path), Build(breaking), Build(passing));

    private static string Schedule(string expression) => $"'ScheduleExpression':'{expression}'";

    private static string At(string expression) => $"'ScheduleExpression':'{expression}','ApplyOnlyAtCronInterval':true";

    private static string Offset(string days) => $"'ScheduleExpression':'cron(0 2 ? * SUN#2 *)','ApplyOnlyAtCronInterval':true,'ScheduleOffset':{days}";

    private static string Output(string members) => $"'OutputLocation':{{'S3Location':{{'OutputS3BucketName':'logs'{Comma(members)}}}}}";

    private static string Location(string members) => $"'TargetLocations':[{{'ExecutionRoleName':'r'{Comma(members)}}}]";

    private static string LocationTargets(string targets) => $"'AutomationTargetParameterName':'a',{Location($"'Targets':[{targets}]")}";

    private static string Instance(string members) => $"'Targets':null,'InstanceId':{Id}{Comma(members)}";

    private static string Comma(string members) => members.Length == 0 ? string.Empty : "," + members;

    private static AssociationEntry Build(string members)
    {
        JsonObject entry = JsonNode.Parse(("{'Name':'My-Document','Targets':" + Tag + "}").Replace('\'', '"'))!.AsObject();

        // A member that is given twice has its last value, as in PowerShell's own splatting of defaults.
        foreach (KeyValuePair<string, JsonNode?> member in Members("{" + Expand(members).Replace('\'', '"') + "}"))
        {
            entry[member.Key] = member.Value?.DeepClone();
        }

        return WithHalves(EntryJson.Read(entry.ToJsonString()));
    }

    /// <summary>No JSON holds half of a character.</summary>
    private static AssociationEntry WithHalves(AssociationEntry entry)
    {
        IEnumerable<string?[]?> lists = (entry.Targets ?? []).Select(target => target?.Values).Concat(entry.Parameters?.Values ?? Enumerable.Empty<string?[]?>());
        foreach (string?[] values in lists.OfType<string?[]>())
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = values[i]?.Replace("<half>", "\uD83D", StringComparison.Ordinal);
            }
        }

        return entry;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        foreach (System.Text.Json.JsonProperty property in document.RootElement.EnumerateObject())
        {
            yield return new(property.Name, JsonNode.Parse(property.Value.GetRawText()));
        }
    }

    private static string Expand(string text)
    {
        text = Regex.Replace(text, @"<a\*(\d+)>", static m => new string('a', Number(m)));
        text = Regex.Replace(text, @"<tag(\d)>", "{'Key':'tag:tag$1','Values':['x']}");
        text = Regex.Replace(text, @"<maps(\d+)>", static m => List(Number(m), "{'a':['b']}"));
        return Regex.Replace(text, @"<(\d+)>", static m => List(Number(m), null));
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string List(int count, string? item)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? string.Empty : ",").Append(item ?? FormattableString.Invariant($"'v{i}'"));
        }

        return text.ToString();
    }
}
