using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Files;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>What of a CloudFormation template becomes an entry, and what is said of the rest.</summary>
public class TemplateImportTests
{
    private const string Start = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::LanguageExtensions
        Parameters:
          Env: { Type: String, Default: prod }
          Roles: { Type: CommaDelimitedList, Default: 'web, db' }
          Secret: { Type: String, NoEcho: true }
          Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /images/newest }
          Size: { Type: Number, Default: 3, MaxValue: 10 }
        Mappings:
          Buckets:
            prod: { name: prod-logs, ports: [80, 443] }
        Conditions:
          IsProd: !Equals [!Ref Env, prod]
          IsTest: !Not [!Condition IsProd]
          IsBoth: !And [!Condition IsProd, !Condition IsTest]
          IsEither: { 'Fn::Or': [ { Condition: IsTest }, { Condition: IsProd } ] }
          IsLoop: !Or [!Condition IsLoop2, !Condition IsTest]
          IsLoop2: !Not [!Condition IsLoop]
        Resources:
          Node: { Type: 'AWS::EC2::Instance', Properties: { UserData: !Unknown [ !GetAtt Nowhere ] } }
          Runbook: { Type: 'AWS::SSM::Document', Properties: { Name: !Sub '${Env}-runbook' } }

        """;

    private static readonly TemplateInputs s_inputs = new()
    {
        Parameters = new Dictionary<string, object> { ["Secret"] = "hush" },
        Values = new Dictionary<string, object> { ["Node"] = "i-0123456789abcdef0", ["resolve:ssm:/a:1"] = "found", ["Fn::ImportValue.shared"] = "from-elsewhere" },
        Region = "us-gov-west-1",
        AccountId = "012345678901",
    };

    /// <summary>What a value of a parameter of the document is worked out to.</summary>
    [Theory]
    [InlineData("!Ref Env", "prod")]
    [InlineData("{ Ref: Env }", "prod")]
    [InlineData("!Ref Runbook", "prod-runbook")]
    [InlineData("!Ref Node", "i-0123456789abcdef0")]
    [InlineData("!Ref Size", "3")]
    [InlineData("!Ref AWS::Region", "us-gov-west-1")]
    [InlineData("!Sub '${AWS::Partition} ${AWS::AccountId} ${AWS::URLSuffix}'", "aws-us-gov 012345678901 amazonaws.com")]
    [InlineData("!Sub '${!Literal} ${Env} $x {y} ${ Env }'", "${Literal} prod $x {y} prod")]
    [InlineData("!Sub [ '${a}-${Env}', { a: !Join ['', [x, 1, true]] } ]", "x1true-prod")]
    [InlineData("!Sub no-variable", "no-variable")]
    [InlineData("!Join ['-', [a, !Ref Env, !Ref 'AWS::NoValue', 5]]", "a-prod-5")]
    [InlineData("!Join [',', !Ref Roles]", "web,db")]
    [InlineData("!Select [1, !Split [',', 'x,y,z']]", "y")]
    [InlineData("!Select ['0', !Ref Roles]", "web")]
    [InlineData("!Split [',', 'ls,pwd']", "ls|pwd")]
    [InlineData("!If [IsProd, yes-prod, !GetAtt Nothing.Here]", "yes-prod")]
    [InlineData("!If [IsBoth, a, !If [IsEither, b, c]]", "b")]
    [InlineData("!FindInMap [Buckets, !Ref Env, name]", "prod-logs")]
    [InlineData("!FindInMap [Buckets, prod, ports]", "80|443")]
    [InlineData("!FindInMap [Buckets, test, name, { DefaultValue: other }]", "other")]
    [InlineData("!Base64 text", "dGV4dA==")]
    [InlineData("!Length [a, b, c]", "3")]
    [InlineData("Fn::Length: !Ref Roles", "2")]
    [InlineData("!ToJsonString { a: [1, 'x', true], b: !Ref Env }", "{\"a\":[1,\"x\",true],\"b\":\"prod\"}")]
    [InlineData("!Cidr ['10.0.0.0/16', 3, 8]", "10.0.0.0/24|10.0.1.0/24|10.0.2.0/24")]
    [InlineData("'a {{resolve:ssm:/a:1}} b'", "a found b")]
    [InlineData("'{{ssm:/a}}'", "{{ssm:/a}}")]
    [InlineData("!ImportValue shared", "from-elsewhere")]
    [InlineData("[ !Ref Env, !If [IsTest, x, !Ref 'AWS::NoValue'], y ]", "prod|y")]
    public void A_function_is_worked_out(string value, string expected)
    {
        string template = Start + "  A:\n    Type: AWS::SSM::Association\n    Properties:\n      Name: AWS-RunShellScript\n      Parameters:\n        p:\n          " + value + "\n";

        AssociationEntry entry = Assert.Single(Entries(template));

        Assert.Equal(expected, string.Join("|", entry.Parameters!["p"]!));
    }

    [Theory]
    [InlineData("!Ref Missing", "Missing (which the template has neither as a parameter nor as a resource; Parameters.p, line 27). Import it with -TemplateValue @{ 'Missing' = '...' }.")]
    [InlineData("!GetAtt Node.PrivateIp", "Node.PrivateIp (Parameters.p, line 27). Import it with -TemplateValue @{ 'Node.PrivateIp' = '...' }.")]
    [InlineData("!Ref Image", "Image (a value of Parameter Store; Parameters.p, line 27). Import it with -TemplateParameter @{ 'Image' = '...' }.")]
    [InlineData("!Ref AWS::StackName", "-TemplateValue @{ 'AWS::StackName' = '...' }")]
    [InlineData("!GetAZs ''", "-TemplateValue @{ 'Fn::GetAZs' = '...' }")]
    [InlineData("'{{resolve:secretsmanager:x}}'", "-TemplateValue @{ 'resolve:secretsmanager:x' = '...' }")]
    [InlineData("!If [IsLoop, a, b]", "The condition 'IsLoop' leads back to itself (line 18).")]
    [InlineData("!If [Nope, a, b]", "The template has no condition 'Nope' (line 27).")]
    [InlineData("!Join [',', text]", "What Fn::Join puts together is expected to be a list, but it is a text (line 27).")]
    [InlineData("!Join [',', [[a]]]", "is expected to be a list of texts, but it holds a list")]
    [InlineData("!Select [5, [a]]", "asks for an item that the list of 1 does not have")]
    [InlineData("!Sub '${a b}'", "has only letters, digits, points and colons")]
    [InlineData("!Sub '${Roles}'", "'Roles' in Fn::Sub is a list, which is no text (line 27). Put its items together with Fn::Join.")]
    [InlineData("!FindInMap [Buckets, test, name]", "The mapping has no value for the keys")]
    [InlineData("!FindInMap [Nope, test, name]", "names a mapping that the template does not have")]
    [InlineData("!Transform { Name: 'AWS::Include' }", "worked out by a macro")]
    [InlineData("!Nope x", "Fn::Nope is no function of CloudFormation that is known here (line 27). Write the value itself.")]
    [InlineData("!Ref AWS::Nope", "AWS::Nope is no pseudo parameter")]
    [InlineData("!Equals [a, b]", "stands in the section Conditions")]
    [InlineData("{ 'Fn::Sub': x, other: y }", "stands beside other members")]
    [InlineData("!Cidr ['10.0.0.0/31', 200, 8]", "must fit into the whole")]
    [InlineData("!GetAtt Node", "takes a resource and an attribute")]
    public void What_cannot_be_worked_out_is_named_with_its_place(string value, string expected)
    {
        string template = Start + "  A:\n    Type: AWS::SSM::Association\n    Properties:\n      Name: AWS-RunShellScript\n      Parameters:\n        p: " + value + "\n";

        string error = Assert.Single(Assert.Single(FileText.Import(template, EntryFileFormat.Yaml, templates: s_inputs)).Errors);

        Assert.StartsWith("resource A: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_a_kind_are_one_sentence_and_other_problems_are_told_as_well()
    {
        const string Template = """
            Resources:
              A:
                Type: AWS::SSM::Association
                Properties:
                  Name: !Nope a
                  AssociationName: !Nope b
                  Targets: [ { Key: InstanceIds, Values: [ !Ref One, !Ref Two, !Ref One ] } ]
                  Duration: 1.5
            """;

        ImportedEntry item = Assert.Single(FileText.Import(Template, EntryFileFormat.Yaml));

        Assert.Equal(3, item.Errors.Count);
        Assert.StartsWith("resource A: Name: Fn::Nope is no function of CloudFormation that is known here (line 5; also AssociationName (line 6)).", item.Errors[0], StringComparison.Ordinal);
        Assert.Contains("One (which", item.Errors[1], StringComparison.Ordinal);
        Assert.Contains("@{ 'One' = '...'; 'Two' = '...' }", item.Errors[1], StringComparison.Ordinal);
        Assert.StartsWith("resource A: Duration: ", item.Errors[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_several_resources_need_is_one_sentence_and_each_has_its_place()
    {
        const string Template = """
            Parameters: { Bucket: { Type: String } }
            Resources:
              Role: { Type: 'AWS::IAM::Role' }
              A: { Type: 'AWS::SSM::Association', Properties: { Name: a-document, Parameters: { r: [ !GetAtt Role.Arn ] } } }
              B: { Type: 'AWS::SSM::Association', Properties: { Name: a-document, Parameters: { r: [ !GetAtt Role.Arn, !Ref Bucket, !Ref 'AWS::AccountId' ] } } }
              C: { Type: 'AWS::SSM::Association', Properties: { Name: a-document } }
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Template, EntryFileFormat.Yaml);

        Assert.Equal([false, true, false], imported.Select(item => item.IsTold));
        Assert.Equal(
            "resource A: The file does not say what these are: Role.Arn (A and B), Bucket (B) and AWS::AccountId (B). "
            + "Import it with -TemplateParameter @{ 'Bucket' = '...' } -TemplateValue @{ 'Role.Arn' = '...' } -AccountId ACCOUNT.",
            Assert.Single(imported[0].Errors));
        Assert.Contains("'Bucket'", Assert.Single(imported[1].Errors), StringComparison.Ordinal);
        Assert.NotNull(imported[2].Entry);
    }

    [Fact]
    public void A_resource_whose_condition_is_not_met_is_left_out_and_told_once()
    {
        const string Template = """
            Parameters: { Env: { Type: String, Default: test } }
            Conditions: { IsProd: !Equals [ !Ref Env, prod ] }
            Resources:
              A: { Type: 'AWS::SSM::Association', Condition: IsProd, Properties: { Name: a-document } }
              B: { Type: 'AWS::SSM::Association', Properties: { Name: b-document } }
              C: { Type: 'AWS::SSM::Association', Condition: IsProd, Properties: { Name: !Ref Nowhere } }
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Template, EntryFileFormat.Yaml, strict: true);

        Assert.Equal(["b-document"], imported.Where(item => item.Entry is not null).Select(item => item.Entry!.Name));
        Assert.Empty(imported.SelectMany(item => item.Errors));
        Assert.Equal("template: The Condition of A (IsProd) and C (IsProd) is not met, so they are left out.", Assert.Single(imported.SelectMany(item => item.Warnings)).Text);
        Assert.Equal(2, FileText.Import(Template.Replace(", Condition: IsProd, Properties: { Name: !Ref Nowhere }", ", Properties: { Name: c-document }", StringComparison.Ordinal), EntryFileFormat.Yaml, templates: With("Env", "other")).Count(item => item.Entry is not null));
    }

    [Fact]
    public void A_loop_makes_resources_properties_and_conditions()
    {
        const string Template = """
            Transform: AWS::LanguageExtensions
            Parameters:
              Roles: { Type: CommaDelimitedList, Default: 'web-1,db' }
            Conditions:
              'Fn::ForEach::Tests':
                - Role
                - [ web-1, db ]
                - 'Is&{Role}': !Equals [ !Ref Role, db ]
            Resources:
              'Fn::ForEach::Buckets':
                - X
                - [ a ]
                - 'Bucket${X}': { Type: 'AWS::S3::Bucket' }
              'Fn::ForEach::Roles':
                - Role
                - !Ref Roles
                - 'Fn::ForEach::Rings':
                    - Ring
                    - [ one, two ]
                    - 'Patch&{Role}${Ring}':
                        Type: AWS::SSM::Association
                        Properties:
                          Name: AWS-RunPatchBaseline
                          AssociationName: !Sub '${Role}-${Ring}'
                          Targets: [ { Key: 'tag:Role', Values: [ !Ref Role ] } ]
                          Parameters:
                            'Fn::ForEach::Options':
                              - Option
                              - [ Operation, Other ]
                              - '${Option}': [ !If [ 'Is&{Role}', '${Option}-db', '${Option}' ] ]
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Template, EntryFileFormat.Yaml);

        Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
        Assert.Equal(["web-1-one", "web-1-two", "db-one", "db-two"], imported.Select(item => item.Entry!.AssociationName));
        Assert.Equal("tag:Role=web-1", imported[0].Entry!.Targets![0].ToString());
        Assert.Equal("Operation-db Other-db", string.Join(" ", imported[2].Entry!.Parameters!.Values.Select(value => value![0])));
        Assert.Contains("-TemplateParameter @{ 'Roles' = '...' }", Assert.Single(Assert.Single(FileText.Import(Template.Replace(", Default: 'web-1,db'", string.Empty, StringComparison.Ordinal), EntryFileFormat.Yaml)).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_a_loop_makes_may_refer_to_another_one()
    {
        const string Template = """
            Transform: AWS::LanguageExtensions
            Resources:
              'Fn::ForEach::Documents':
                - X
                - [ a, b ]
                - 'Doc${X}': { Type: 'AWS::SSM::Document', Properties: { Name: !Sub 'document-${X}' } }
                  'Run${X}': { Type: 'AWS::SSM::Association', Properties: { Name: !Ref 'Doc${X}' } }
            """;

        Assert.Equal(["document-a", "document-b"], FileText.Entries(Template, EntryFileFormat.Yaml).Select(entry => entry.Name));
    }

    [Fact]
    public void Plain_words_and_numbers_are_what_they_are_to_CloudFormation()
    {
        const string Template = """
            Resources:
              A:
                Type: AWS::SSM::Association
                Properties:
                  Name: a-document
                  ApplyOnlyAtCronInterval: Yes
                  MaxErrors: 10
                  Targets: [ { Key: 'tag:A', Values: [ on, off, No, 'yes', "012", 12, 0.5, 010, 1_000, 1.10, 012345678901 ] } ]
                  Parameters: { y: [ y ], date: [ 2010-09-09 ], version: ~ }
            """;

        ImportedEntry item = Assert.Single(FileText.Import(Template, EntryFileFormat.Yaml));

        Assert.True(item.Entry!.ApplyOnlyAtCronInterval);
        Assert.Equal("tag:A=true,false,false,yes,012,12,0.5,010,1_000,1.10,012345678901", item.Entry.Targets![0].ToString());
        Assert.Equal("2010-09-09", item.Entry.Parameters!["date"]![0]);
        Assert.Equal("y", item.Entry.Parameters["y"]![0]);
        Assert.Equal(
            ["Parameters.version: CloudFormation takes no null; it", "Targets[0].Values[0]: yes, no, on and off", "Targets[0].Values[7]: A number without quotes may"],
            item.Warnings.Select(warning => string.Join(' ', warning.Text["resource A: ".Length..].Split(' ').Take(6))).Order());
        Assert.Contains("(line 8; also Targets[0].Values[1] (line 8) and Targets[0].Values[2] (line 8))", item.Warnings[0].Text, StringComparison.Ordinal);
        Assert.Empty(FileText.Import("- Name: a-document\n  Targets: { 'tag:A': [ on ] }\n", EntryFileFormat.Yaml)[0].Warnings);
    }

    [Theory]
    [InlineData(EntryFileFormat.Yaml, "Resources:\n  A:\n    Type: AWS::SSM::Association\n    Properties:\n      Name: a\n      Name: b-document\n      Parameters:\n        v:\n        v: ['x']\n  B:\n    Type: AWS::SSM::Association\n    Properties: { Name: c-document }\n  X: { Type: T, Type: T }\n")]
    [InlineData(EntryFileFormat.Json, "{\"Resources\":{\"A\":{\"Type\":\"AWS::SSM::Association\",\"Properties\":{\"Name\":\"a\",\"Name\":\"b-document\",\"Parameters\":{\"v\":null,\"v\":[\"x\"]}}},\"B\":{\"Type\":\"AWS::SSM::Association\",\"Properties\":{\"Name\":\"c-document\"}},\"X\":{\"Type\":\"T\",\"Type\":\"T\"}}}")]
    public void A_member_that_is_given_twice_has_its_last_value_and_costs_no_other_resource_anything(EntryFileFormat format, string template)
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(template, format);

        Assert.Equal(["b-document", "c-document"], imported.Select(item => item.Entry!.Name));
        Assert.Equal("x", imported[0].Entry!.Parameters!["v"]![0]);
        string warning = Assert.Single(imported[0].Warnings).Text;
        Assert.StartsWith("resource A: Name: A member that is given twice has its last value", warning, StringComparison.Ordinal);
        Assert.Contains("also Parameters.v (line ", warning, StringComparison.Ordinal);
        Assert.Empty(imported[1].Warnings);
    }

    [Fact]
    public void A_member_beside_Properties_is_refused_with_its_place()
    {
        const string Template = """
            Resources:
              A:
                Type: AWS::SSM::Association
                DependsOn: B
                Metadata: { a: b }
                OutputLocation: { S3Location: { OutputS3BucketName: logs } }
                Properties: { Name: a-document }
            """;

        Assert.Equal(
            "resource A: OutputLocation: It stands beside Properties, where CloudFormation refuses it (line 6). Move it into Properties.",
            Assert.Single(Assert.Single(FileText.Import(Template, EntryFileFormat.Yaml)).Errors));
        FileFormatException error = FileText.Broken("Resources:\n  A:\n    Type: AWS::SSM::Association\n    Properties: { Name: a-document }\nOutputLocation: { S3Location: { OutputS3BucketName: logs } }\n", EntryFileFormat.Yaml);
        Assert.Equal(5, error.Line);
        Assert.Contains("OutputLocation (line 5) stands at the top", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_parameters_bring_are_in_no_message()
    {
        const string Template = """
            Parameters: { Days: { Type: String, NoEcho: true }, Kind: { Type: String, AllowedValues: [ a, b ] }, Other: { Type: String, Default: seen } }
            Resources:
              A: { Type: 'AWS::SSM::Association', Properties: { Name: a-document, Duration: !Ref Days, ScheduleOffset: !Ref Other, AssociationName: !Ref Kind } }
            """;
        var inputs = new TemplateInputs { Parameters = new Dictionary<string, object> { ["Days"] = "s3cret", ["Kind"] = "t0psecret" } };

        ImportedEntry item = Assert.Single(FileText.Import(Template, EntryFileFormat.Yaml, templates: inputs));

        Assert.Equal(3, item.Errors.Count);
        Assert.Contains("'Kind' is none of its AllowedValues", item.Errors[0], StringComparison.Ordinal);
        Assert.Contains("Duration: The value is not as this member takes it", string.Join("\n", item.Errors), StringComparison.Ordinal);
        Assert.Contains("seen", string.Join("\n", item.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", string.Join("\n", item.Errors.Concat(item.Issues.Select(issue => issue.ToString() + issue.Value))), StringComparison.Ordinal);
        Assert.DoesNotContain("t0psecret", string.Join("\n", item.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ Type: Number }", "x", "is no number")]
    [InlineData("{ Type: Number, MinValue: 5 }", "4", "between its MinValue and MaxValue")]
    [InlineData("{ Type: String, MaxLength: 2 }", "abc", "longer than its MaxLength")]
    [InlineData("{ Type: String, AllowedPattern: '[a-c]+' }", "abd", "does not fit its AllowedPattern")]
    [InlineData("{ Type: 'List<Number>' }", "1,x", "is no number")]
    [InlineData("{ Type: String, AllowedValues: [ yes, no ] }", "yes", "is none of its AllowedValues")]
    public void A_value_that_CloudFormation_would_not_take_is_refused(string declaration, string value, string expected)
    {
        string template = "Parameters: { P: " + declaration + " }\nResources:\n  A: { Type: 'AWS::SSM::Association', Properties: { Name: !Sub ['${v}', { v: !Ref P }] } }\n";

        Assert.Contains(expected, Assert.Single(Assert.Single(FileText.Import(template, EntryFileFormat.Yaml, templates: With("P", value))).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_templates_of_stack_sets_are_read_with_their_parameters_and_lines()
    {
        const string Template = """
            Parameters: { Hour: { Type: String, Default: '3' } }
            Resources:
              Set:
                Type: AWS::CloudFormation::StackSet
                Properties:
                  StackSetName: patching
                  Parameters:
                    - { ParameterKey: Schedule, ParameterValue: !Sub 'cron(0 ${Hour} ? * SUN *)' }
                  TemplateBody: |
                    Parameters: { Schedule: { Type: String } }
                    Resources:
                      Patch:
                        Type: AWS::SSM::Association
                        Properties:
                          Name: AWS-RunPatchBaseline
                          ScheduleExpression: !Ref Schedule
                          Parameters: { Operation: [ Scan ] }
                      Bad:
                        Type: AWS::SSM::Association
                        Properties: { Name: !Nope x }
              Inline:
                Type: AWS::CloudFormation::StackSet
                Properties:
                  TemplateBody: !Sub '{"Resources":{"B":{"Type":"AWS::SSM::Association","Properties":{"Name":"at-${Hour}"}}}}'
              Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: ./child.yaml } }
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Template, EntryFileFormat.Yaml);

        Assert.Equal("cron(0 3 ? * SUN *)", imported[0].Entry!.ScheduleExpression);
        Assert.Equal("f:13", imported[0].Source);
        Assert.StartsWith("resource Set/Bad: Name: Fn::Nope is no function of CloudFormation that is known here (line 20)", Assert.Single(imported[1].Errors), StringComparison.Ordinal);
        Assert.Equal("at-3", imported[2].Entry!.Name);
        Assert.Contains("The template of Child is a file of its own", Assert.Single(imported[3].Warnings).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"TemplateBody\":{\"Resources\":{\"A\":{\"Type\":\"AWS::SSM::Association\",\"Properties\":{\"Name\":{\"Fn::Sub\":\"a-document\"}}}}},\"StagesAvailable\":[]}")]
    [InlineData("{\"TemplateBody\":\"Resources:\\n  A:\\n    Type: AWS::SSM::Association\\n    Properties: { Name: !Sub a-document }\\n\"}")]
    [InlineData("{\"schemaVersion\":\"1.0\",\"templateBody\":{\"Resources\":{\"A\":{\"Type\":\"AWS::SSM::Association\",\"Properties\":{\"Name\":\"a-document\"}}}}}")]
    public void A_template_inside_a_wrapper_is_found(string text)
    {
        Assert.Equal("a-document", Assert.Single(FileText.Entries(text, EntryFileFormat.Json)).Name);
        Assert.Equal("a-document", Assert.Single(FileText.Entries(text, EntryFileFormat.Yaml)).Name);
    }

    [Theory]
    [InlineData("Type: AWS::SSM::Association\nProperties:\n  Name: !Sub a-document\n  Targets: [ { Key: 'tag:A', Values: [ on ] } ]\n")]
    [InlineData("Patch:\n  Type: AWS::SSM::Association\n  Properties:\n    Name: !Sub a-document\n    Targets: [ { Key: 'tag:A', Values: [ on ] } ]\nBucket: { Type: 'AWS::S3::Bucket' }\n")]
    public void A_piece_of_a_template_is_read_as_one(string text)
    {
        ImportedEntry item = Assert.Single(FileText.Import(text, EntryFileFormat.Yaml));

        Assert.Equal("a-document tag:A=true", $"{item.Entry!.Name} {item.Entry.Targets![0]}");
    }

    [Theory]
    [InlineData("{\"version\":\"36.0.0\",\"artifacts\":{}}", "manifest")]
    [InlineData("{\"version\":\"tree-0.1\",\"tree\":{\"id\":\"App\"}}", "tree")]
    [InlineData("{\"version\":\"36.0.0\",\"files\":{},\"dockerImages\":{}}", "assets")]
    public void The_files_beside_the_templates_of_the_CDK_hold_nothing_and_are_no_error(string text, string expected)
    {
        ImportedEntry item = Assert.Single(FileText.Import(text, EntryFileFormat.Json, strict: true));

        Assert.Empty(item.Errors);
        Assert.Contains(expected, Assert.Single(item.Warnings).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: infra\nruntime: yaml\nresources:\n  a:\n    type: aws:ssm:Association\n", "Pulumi project")]
    [InlineData("{\"version\":3,\"deployment\":{\"resources\":[]}}", "Pulumi stack")]
    [InlineData("service: x\nprovider: { name: aws }\nresources: { Resources: {} }\n", "Serverless")]
    [InlineData("apiVersion: x/v1\nkind: Association\nspec: { Name: x }\n", "Kubernetes")]
    public void A_file_of_a_tool_that_is_not_read_is_refused_by_its_name(string text, string expected) =>
        Assert.Contains(expected, FileText.Broken(text, EntryFileFormat.Yaml).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Resources:\n  A:\n    Type: AWS::S3::Bucket\n", 2, "no resource")]
    [InlineData("AWSTemplateFormatVersion: x\n", 1, "without a section Resources")]
    [InlineData("Resources:\n  A: { Type: 'AWS::EC2::Instance', Properties: { SsmAssociations: [] } }\n", 2, "SsmAssociations of an instance are not read")]
    public void A_template_without_associations_is_an_error(string text, long line, string expected)
    {
        FileFormatException error = FileText.Broken(text, EntryFileFormat.Yaml);

        Assert.Equal(line, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_grows_without_end_is_stopped()
    {
        string chain = string.Concat(Enumerable.Range(1, 30).Select(i => $"  D{i}: {{ Type: 'AWS::SSM::Document', Properties: {{ Name: !Sub '${{D{i - 1}}}${{D{i - 1}}}' }} }}\n"));
        string template = "Resources:\n  D0: { Type: 'AWS::SSM::Document', Properties: { Name: abcdefgh } }\n" + chain + "  A: { Type: 'AWS::SSM::Association', Properties: { Name: !Ref D30 } }\n";

        Assert.Contains("1,000,000", Assert.Single(FileText.Import(template, EntryFileFormat.Yaml)).Errors[0], StringComparison.Ordinal);

        string loops = "Resources:\n" + string.Concat(Enumerable.Range(0, 8).Select(i => new string(' ', 2 + (i * 4)) + $"'Fn::ForEach::L{i}':\n{new string(' ', 4 + (i * 4))}- X{i}\n{new string(' ', 4 + (i * 4))}- [0,1,2,3,4,5,6,7,8,9]\n{new string(' ', 4 + (i * 4))}- \n"))
            + new string(' ', 34) + "A${X0}${X1}${X2}${X3}${X4}${X5}${X6}${X7}: { Type: 'AWS::SSM::Association' }\n";
        Assert.Contains("200,000", Assert.Single(FileText.Import(loops, EntryFileFormat.Yaml), item => item.Errors.Count > 0).Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_CloudFormation_would_not_take_as_it_is_is_told()
    {
        const string Template = """
            Transform: [ AWS::Serverless-2016-10-31, Company::Tagger ]
            Resources:
              'Fn::ForEach::X':
                - X
                - [ a ]
                - 'A${X}': { Type: 'AWS::SSM::Association', Properties: { DocumentName: a-document, Duration: 2, targets: 'tag:A=b' } }
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Template, EntryFileFormat.Yaml);

        Assert.Equal(
            [
                "template: Company::Tagger may change the template before CloudFormation reads it, and is not run here.",
                "template: CloudFormation takes Fn::ForEach only with Transform: AWS::LanguageExtensions, which the template does not name.",
                "resource Aa: DocumentName: CloudFormation has no property of this name, in which the case of letters counts; it is read here (line 6; also Duration (line 6) and targets (line 6)).",
            ],
            imported.SelectMany(item => item.Warnings).Select(warning => warning.Text));
        Assert.Equal("a-document", imported[2].Entry!.Name);
    }

    [Fact]
    public void A_value_may_be_given_by_either_name()
    {
        const string Template = """
            Parameters: { P: { Type: String } }
            Resources:
              Bucket: { Type: 'AWS::S3::Bucket' }
              A: { Type: 'AWS::SSM::Association', Properties: { Name: !Ref P, AssociationName: !Ref Bucket } }
            """;
        var inputs = new TemplateInputs
        {
            Parameters = new Dictionary<string, object> { ["Bucket"] = "b" },
            Values = new Dictionary<string, object> { ["P"] = "a-document" },
        };

        Assert.Equal("b (a-document)", Assert.Single(FileText.Import(Template, EntryFileFormat.Yaml, templates: inputs)).Entry!.ToString());
        Assert.Empty(inputs.Unused);
    }

    [Fact]
    public void Resources_that_lead_back_to_themselves_are_told()
    {
        const string Template = """
            Resources:
              A: { Type: 'AWS::SSM::Document', Properties: { Name: !Ref B } }
              B: { Type: 'AWS::SSM::Document', Properties: { Name: !Ref A } }
              C: { Type: 'AWS::SSM::Association', Properties: { Name: !Ref A } }
            """;

        Assert.Contains("leads back to itself", Assert.Single(Assert.Single(FileText.Import(Template, EntryFileFormat.Yaml)).Errors), StringComparison.Ordinal);
    }

    /// <summary>Sections and functions with arguments of every wrong kind: an error of its resource or of the file, never another.</summary>
    [Fact]
    public void No_template_ends_with_anything_but_entries_and_errors()
    {
        string[] names =
        [
            "Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Split", "Fn::Select", "Fn::If", "Fn::FindInMap", "Fn::Base64", "Fn::Length", "Fn::ToJsonString", "Fn::Cidr", "Fn::ImportValue",
            "Fn::GetAZs", "Fn::Transform", "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition", "Fn::ForEach::L", "Name", "Targets", "Key", "Values", "Parameters", "Type", "TemplateBody", "Properties",
        ];
        string[] texts =
        [
            "", "P", "L", "C", "M", "A", "D", "A.b", "${P}", "${L}-${!x}", "${A.Arn}", "&{X}", "AWS::Region", "AWS::NoValue", "AWS::AccountId", "{{resolve:ssm:${P}}}", "AWS::SSM::Association", "0", "1", "-1",
            "10.0.0.0/16", "Resources: {A: {Type: 'AWS::SSM::Association', Properties: {Name: !Ref P}}}", "[", "web", "tag:A", ",",
        ];
        var random = new Random(7);
        int read = 0;

        string Value(int depth) => random.Next(depth > 5 ? 3 : 9) switch
        {
            0 or 1 => "\"" + texts[random.Next(texts.Length)] + "\"",
            2 => new[] { "null", "true", "5", "1.10", "yes", "~" }[random.Next(6)],
            3 or 4 => "[" + string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))) + "]",
            5 or 6 or 7 => "{\"" + names[random.Next(names.Length)] + "\": " + Value(depth + 1) + "}",
            _ => "{" + string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(i => "\"" + names[random.Next(names.Length)] + "\": " + Value(depth + 1))) + "}",
        };
        string Or(string usual) => random.Next(4) == 0 ? Value(0) : usual;

        for (int i = 0; i < 1_000; i++)
        {
            string template = $$"""
                Parameters: {{Or($"{{ P: {Or("{ Type: String, Default: x }")}, L: {Or("{ Type: CommaDelimitedList, Default: 'a,b' }")} }}")}}
                Conditions: {{Or($"{{ C: {Value(1)}, X: {Value(1)} }}")}}
                Mappings: {{Or($"{{ M: {{ a: {{ b: {Value(2)} }} }} }}")}}
                Resources:
                  D: { Type: 'AWS::SSM::Document', Properties: { Name: {{Value(1)}} } }
                  S: { Type: 'AWS::CloudFormation::StackSet', Condition: {{Or("C")}}, Properties: { TemplateBody: {{Value(1)}}, Parameters: {{Value(1)}} } }
                  'Fn::ForEach::X': [ X, {{Value(1)}}, { 'R${X}': { Type: 'AWS::SSM::Association', Properties: {{Or($"{{ Name: {Value(2)} }}")}} } } ]
                  A: { Type: 'AWS::SSM::Association', Condition: {{Or("C")}}, Properties: {{Or($"{{ Name: {Value(1)}, Targets: {Value(1)}, Parameters: {Value(1)} }}")}} }
                """;
            try
            {
                read += FileText.Import(template, EntryFileFormat.Yaml, templates: s_inputs).Count(item => item.Entry is not null || item.Errors.Count > 0);
            }
            catch (FileFormatException)
            {
                // Not for a parameter or a function, but for a section that is none.
                read++;
            }
        }

        Assert.True(read > 1_000, $"{read} records were read.");
    }

    private static TemplateInputs With(string name, string value) => new() { Parameters = new Dictionary<string, object> { [name] = value } };

    private static AssociationEntry[] Entries(string template)
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(template, EntryFileFormat.Yaml, templates: s_inputs);
        Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
        return [.. imported.Where(item => item.Entry is not null).Select(item => item.Entry!)];
    }
}
