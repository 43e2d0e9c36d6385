using System.Collections.Generic;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>Parameters against a document whose content is known: the declared parameters, the given ones, and what is said.</summary>
internal static class DocumentCases
{
    /// <summary>
    /// Id, severity, path, the document's parameters, those of the entry that break it, and those that do not. Quotes are single
    /// ones here.
    /// </summary>
    public static readonly IReadOnlyList<(string Id, IssueSeverity Severity, string Path, string Declared, string Breaking, string Passing)> All =
    [
        ("Parameters.Required", IssueSeverity.Error, "Parameters.Level", "'Level':{'type':'String'}", "", "'Level':['1']"),
        ("Parameters.Required", IssueSeverity.Error, "Parameters.Level", "'Level':{'type':'String'}", "'Level':[]", "'Level':['']"),
        ("Parameters.Undeclared", IssueSeverity.Error, "Parameters.Lvel", "'Level':{'type':'String','default':''}", "'Lvel':['1']", "'Level':['1']"),
        ("Parameters.Undeclared", IssueSeverity.Error, "Parameters.level", "'Level':{'type':'String','default':''}", "'level':['1']", ""),
        ("Parameters.Undeclared", IssueSeverity.Error, "Parameters.Level", "", "'Level':['1']", ""),
        ("Parameters.AllowedValues", IssueSeverity.Error, "Parameters.Mode[0]", "'Mode':{'type':'String','allowedValues':['on','off']}", "'Mode':['On']", "'Mode':['on']"),
        ("Parameters.AllowedValues", IssueSeverity.Error, "Parameters.Modes[1]", "'Modes':{'type':'StringList','allowedValues':['a','b']}", "'Modes':['a','c']", "'Modes':['b','a']"),
        ("Parameters.AllowedValues", IssueSeverity.Error, "Parameters.Number[0]", "'Number':{'type':'Integer','allowedValues':[1,2]}", "'Number':['3']", "'Number':['2']"),
        ("Parameters.AllowedValues", IssueSeverity.Error, "Parameters.Flag[0]", "'Flag':{'type':'String','allowedValues':[true,false]}", "'Flag':['yes']", "'Flag':['true']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Level", "'Level':{'type':'String'}", "'Level':['1','2']", "'Level':['1,2']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Role", "'Role':{'type':'AWS::IAM::Role::Arn'}", "'Role':['a','b']", "'Role':['a']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Count[0]", "'Count':{'type':'Integer'}", "'Count':['many']", "'Count':['-12']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Count[0]", "'Count':{'type':'Integer'}", "'Count':['1.5']", "'Count':['0']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Flag[0]", "'Flag':{'type':'Boolean'}", "'Flag':['yes']", "'Flag':['True']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Info[0]", "'Info':{'type':'StringMap'}", "'Info':['path=a']", "'Info':['{\\'path\\':\\'a\\'}']"),
        ("Parameters.Type", IssueSeverity.Error, "Parameters.Infos[1]", "'Infos':{'type':'MapList'}", "'Infos':['{}','x']", "'Infos':['{}','{}']"),
        ("Parameters.Count", IssueSeverity.Error, "Parameters.commands", "'commands':{'type':'StringList','minItems':2}", "'commands':['a']", "'commands':['a','b']"),
        ("Parameters.Count", IssueSeverity.Error, "Parameters.commands", "'commands':{'type':'StringList','maxItems':1}", "'commands':['a','b']", "'commands':['a']"),
        ("Parameters.Count", IssueSeverity.Error, "Parameters.commands", "'commands':{'type':'StringList','minItems':1,'default':['a']}", "'commands':[]", ""),
        ("Parameters.Count", IssueSeverity.Error, "Parameters.Ids", "'Ids':{'type':'List<AWS::EC2::Instance::Id>','maxItems':1}", "'Ids':['a','b']", "'Ids':['a']"),
        ("Parameters.Length", IssueSeverity.Error, "Parameters.Note[0]", "'Note':{'type':'String','maxChars':3}", "'Note':['four']", "'Note':['yes']"),
        ("Parameters.Length", IssueSeverity.Error, "Parameters.Note[0]", "'Note':{'type':'String','minChars':'2'}", "'Note':['a']", "'Note':['ab']"),
        ("Parameters.Length", IssueSeverity.Error, "Parameters.Note[0]", "'Note':{'type':'String','maxChars':1}", "'Note':['ab']", "'Note':['\uD83D\uDE00']"),
        ("Parameters.Pattern", IssueSeverity.Error, "Parameters.Level[0]", "'Level':{'type':'String','allowedPattern':'^[0-9]+$'}", "'Level':['high']", "'Level':['42']"),
        ("Parameters.Pattern", IssueSeverity.Error, "Parameters.Levels[1]", "'Levels':{'type':'StringList','allowedPattern':'^[0-9]+$'}", "'Levels':['1','']", "'Levels':['1','2']"),
        ("Parameters.Pattern", IssueSeverity.Warning, "Parameters.Level[0]", "'Level':{'type':'String','allowedPattern':'[0-9]+'}", "'Level':['a1']", "'Level':['1']"),
        ("Parameters.PatternUnknown", IssueSeverity.Information, "Parameters.Level[0]", "'Level':{'type':'String','allowedPattern':'(?U)^.$'}", "'Level':['anything']", "'Level':['{{ssm:level}}']"),
        ("Parameters.PatternUnknown", IssueSeverity.Information, "Parameters.Level[0]", "'Level':{'type':'String','allowedPattern':'\\\\bx'}", "'Level':['\u00e9']", "'Level':['x']"),
    ];
}
