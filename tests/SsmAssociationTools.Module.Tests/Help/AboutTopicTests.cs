using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Module.Tests.Package;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Help;

/// <summary>The about topics are there, can be read in a console and name every cmdlet.</summary>
public sealed class AboutTopicTests
{
    private const string Suffix = ".help.txt";

    [Fact]
    public void Get_Help_shows_the_topic_of_the_module()
    {
        using var session = new ModuleSession();

        string text = session.Render("Get-Help about_SsmAssociationTools");

        Assert.Equal(Read("about_SsmAssociationTools").Trim(), text.Trim());
    }

    [Fact]
    public void The_topic_of_the_module_names_every_cmdlet_and_every_member_of_an_entry()
    {
        using var session = new ModuleSession();
        string text = Read("about_SsmAssociationTools");

        IReadOnlyList<string> members = session.Run("[SsmAssociationTools.AssociationEntry].GetProperties().Name").WithoutErrors().OutputOf<string>();

        Assert.NotEmpty(members);
        Assert.All(members.Concat(ManifestTests.ExportedCmdlets()), name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Topics_fit_into_a_console_of_80_columns_and_begin_with_their_name()
    {
        foreach (string name in Names())
        {
            string[] lines = Read(name).Split('\n');

            Assert.Equal(["TOPIC", "    " + name, string.Empty, "SHORT DESCRIPTION"], lines.Take(4));
            Assert.All(lines, line => Assert.True(line.Length < 80, line));
            Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        }
    }

    /// <summary>The topics of docs/en-US.</summary>
    /// <returns>Names such as about_SsmAssociationTools.</returns>
    internal static IEnumerable<string> Names() => Directory.EnumerateFiles(TestPaths.HelpPages, "about_*" + Suffix)
        .Select(path => Path.GetFileName(path)[..^Suffix.Length]);

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(TestPaths.HelpPages, name + Suffix)).ReplaceLineEndings("\n");
}
