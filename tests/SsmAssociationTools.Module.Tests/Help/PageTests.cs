using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using SsmAssociationTools.HelpCompiler.Pages;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Help;

/// <summary>The pages say what the cmdlets are: nothing is undocumented, nothing is documented that is not there.</summary>
public sealed class PageTests : IClassFixture<ModuleSession>
{
    /// <summary>The cmdlets that most users come for have at least this many examples; the others at least two.</summary>
    private const int MainExamples = 3;

    private readonly IReadOnlyDictionary<string, CmdletInfo> _cmdlets;

    public PageTests(ModuleSession session) => _cmdlets = session
        .Run("Get-Command -Module SsmAssociationTools").WithoutErrors()
        .OutputOf<CmdletInfo>()
        .ToDictionary(cmdlet => cmdlet.Name, StringComparer.Ordinal);

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() => Assert.Equal(
        _cmdlets.Keys.Order(StringComparer.Ordinal),
        HelpPages.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_parameter_has_a_section_with_a_real_description()
    {
        var problems = new List<string>();
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            foreach (ParameterMetadata parameter in ParameterFacts.Own(cmdlet))
            {
                PageParameter? section = page.Parameters.FirstOrDefault(section => section.Name == parameter.Name);
                string text = section is null ? string.Empty : string.Join(" ", section.Description);
                if (text.Split(' ').Length < 5 || !text.EndsWith('.'))
                {
                    problems.Add($"{cmdlet.Name} -{parameter.Name} needs a description of at least one sentence");
                }
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Every_section_describes_a_parameter_as_it_is()
    {
        var problems = new List<string>();
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            foreach (PageParameter section in page.Parameters)
            {
                if (cmdlet.Parameters.TryGetValue(section.Name, out ParameterMetadata? parameter))
                {
                    problems.AddRange(ParameterFacts.Differences(cmdlet, parameter, section));
                }
                else
                {
                    problems.Add($"{cmdlet.Name} has no parameter -{section.Name}");
                }
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void The_syntax_is_that_of_Get_Command()
    {
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            Assert.Equal(
                string.Join("\n", cmdlet.ParameterSets.Select(set => $"{set.Name} {set.IsDefault} {cmdlet.Name} {set}")),
                string.Join("\n", page.Syntax.Select(variant => $"{variant.SetName} {variant.IsDefault} {variant.Text}")));
        }
    }

    [Fact]
    public void The_synopsis_is_written_by_somebody()
    {
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            string synopsis = string.Join(" ", page.Synopsis);
            Assert.DoesNotContain(cmdlet.Name, synopsis, StringComparison.OrdinalIgnoreCase);
            Assert.EndsWith(".", synopsis, StringComparison.Ordinal);
            Assert.InRange(synopsis.Length, 20, 160);
        }
    }

    [Fact]
    public void Every_page_has_examples_with_different_titles()
    {
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            bool isMain = cmdlet.Noun is "SsmAssociationBatch" or "SsmAssociationEntry";
            Assert.True(page.Examples.Count >= (isMain ? MainExamples : 2), cmdlet.Name);
            Assert.Equal(page.Examples.Count, page.Examples.Select(example => example.Title).Distinct(StringComparer.Ordinal).Count());
            for (int i = 0; i < page.Examples.Count; i++)
            {
                Assert.StartsWith($"Example {i + 1}: ", page.Examples[i].Title, StringComparison.Ordinal);
                Assert.NotEmpty(page.Examples[i].Introduction);
            }

            Assert.Contains(page.Examples, example => example.Code.Contains(cmdlet.Name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Example_code_parses_and_uses_parameters_that_exist()
    {
        var problems = new List<string>();
        foreach ((_, HelpPage page) in Pairs())
        {
            foreach ((int line, string text) in page.Examples.SelectMany(example => example.Scripts))
            {
                ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
                problems.AddRange(errors.Select(error => $"{page.Name}, line {line + error.Extent.StartLineNumber - 1}: {error.Message}"));
                problems.AddRange(script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
                    .Cast<CommandAst>()
                    .SelectMany(command => UnknownNames(command).Select(name => $"{page.Name}, line {line + command.Extent.StartLineNumber - 1}: {name} does not exist")));
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Every_output_type_is_named_with_all_its_members()
    {
        var problems = new List<string>();
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            string members = string.Join("\n", page.Outputs.SelectMany(output => output.Description));
            foreach (PSTypeName output in cmdlet.OutputType)
            {
                if (!page.Outputs.Any(item => item.TypeName == output.Name))
                {
                    problems.Add($"{cmdlet.Name} returns {output.Name}, which OUTPUTS does not name");
                }

                if (output.Type?.Assembly == cmdlet.ImplementingType.Assembly)
                {
                    problems.AddRange(output.Type.GetProperties()
                        .Where(property => !members.Split('\n').Any(term => term == property.Name))
                        .Select(property => $"{cmdlet.Name} returns {output.Type.Name}.{property.Name}, which OUTPUTS does not describe"));
                }
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Every_error_id_of_a_result_is_explained()
    {
        // The list is internal to the module; a test that only looks for ids need not make it public.
        var catalog = (IEnumerable<object>)_cmdlets["New-SsmAssociationBatch"].ImplementingType.Assembly
            .GetType("SsmAssociationTools.Rules.ErrorCatalog", throwOnError: true)!
            .GetProperty("All")!
            .GetValue(null)!;
        string notes = string.Join("\n", HelpPages.All.Values.SelectMany(page => page.Notes));

        string[] ids = [.. catalog.Select(info => (string)info.GetType().GetProperty("Code")!.GetValue(info)!)];

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Contains(id, notes, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_pipeline_takes_stands_in_the_inputs()
    {
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            IEnumerable<string> taken = ParameterFacts.Own(cmdlet)
                .Where(parameter => parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline))
                .Select(parameter => (parameter.ParameterType.GetElementType() ?? parameter.ParameterType).FullName!);
            Assert.Equal(taken, page.Inputs.Select(input => input.TypeName));
        }
    }

    [Fact]
    public void The_address_of_the_page_is_the_one_that_the_cmdlet_names()
    {
        foreach ((CmdletInfo cmdlet, HelpPage page) in Pairs())
        {
            string address = new CommandMetadata(cmdlet).HelpUri;
            Assert.True(address.Length == 0 || address == page.HelpUri, $"{cmdlet.Name}: {address}");
        }
    }

    [Fact]
    public void Links_within_the_help_lead_somewhere()
    {
        foreach ((_, HelpPage page) in Pairs())
        {
            Assert.All(
                page.Links.Where(link => link.Uri.Length == 0),
                link => Assert.True(HelpPages.All.ContainsKey(link.Text) || AboutTopicTests.Names().Contains(link.Text), $"{page.Name}: {link.Text}"));
        }
    }

    private IEnumerable<(CmdletInfo Cmdlet, HelpPage Page)> Pairs() =>
        _cmdlets.Values.Where(cmdlet => HelpPages.All.ContainsKey(cmdlet.Name)).Select(cmdlet => (cmdlet, HelpPages.All[cmdlet.Name]));

    /// <summary>Names of this module's cmdlets and parameters that an example gets wrong.</summary>
    private IEnumerable<string> UnknownNames(CommandAst command)
    {
        string name = command.GetCommandName() ?? string.Empty;
        if (!_cmdlets.TryGetValue(name, out CmdletInfo? cmdlet))
        {
            // AWS.Tools writes SSM; its cmdlets are not looked for.
            return name.Contains("-Ssm", StringComparison.Ordinal) ? [name] : [];
        }

        return command.CommandElements.OfType<CommandParameterAst>()
            .Where(parameter => !cmdlet.Parameters.Values.Any(real => real.Name.Equals(parameter.ParameterName, StringComparison.OrdinalIgnoreCase)))
            .Select(parameter => $"{name} -{parameter.ParameterName}");
    }
}
