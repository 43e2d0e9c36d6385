using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What the results look like on a console.</summary>
public sealed class ViewTests
{
    private const string Mixed = "(New-Good 1), (New-Invalid 2), (New-Refused 3) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue";

    [Fact]
    public void The_table_has_status_association_message_and_id()
    {
        using var endpoint = new EndpointSession();

        string text = endpoint.Session.Render(Mixed);

        string heading = text.Split('\n').First(line => line.Length > 0);
        Assert.Matches(new Regex(@"\A\s*Status\s+Association, AssociationId, Message\s*\z"), heading);
        foreach (string part in new[] { "Created", "Invalid", "Failed", "agent-1 (AWS-UpdateSSMAgent)", "tag:Node=n1", "Nobody-Has-This" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    /// <summary>PowerShell breaks lines between words in some languages only; the invariant one is that of a shell without LANG.</summary>
    [Theory]
    [InlineData(80, "")]
    [InlineData(80, "en-US")]
    [InlineData(80, "tr-TR")]
    [InlineData(120, "")]
    [InlineData(120, "en-US")]
    [InlineData(200, "")]
    [InlineData(200, "en-US")]
    public void Ids_names_and_words_are_whole_at_every_width_and_messages_get_the_room_that_is_left(int width, string culture)
    {
        using var endpoint = new EndpointSession();
        endpoint.Run($"$Host.UI.RawUI.BufferSize = [System.Management.Automation.Host.Size]::new({width}, 3000); $Host.UI.RawUI.WindowSize = [System.Management.Automation.Host.Size]::new({width}, 50)").WithoutErrors();

        string text = endpoint.Session.Render($"[cultureinfo]::CurrentCulture = '{culture}'; $r = {Mixed}; $r");
        string verdicts = endpoint.Session.Render($"[cultureinfo]::CurrentCulture = '{culture}'; $r | Test-SsmAssociationEntry");

        Assert.All((text + verdicts).Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));

        // In one piece, to be copied.
        Assert.Contains(endpoint.Ids().Single(), text, StringComparison.Ordinal);
        string[] messages = [.. endpoint.Run("$r | ForEach-Object { $_.Message } | Where-Object { $_ }").WithoutErrors().OutputOf<string>()];
        Assert.Equal(2, messages.Length);
        string[] shown = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.All(messages.SelectMany(message => message.Split(' ')).Where(word => word.Length < 50), word => Assert.Contains(word, shown));
        Assert.All(messages[0].Split(' ').Where(word => word.Length < 60), word => Assert.Contains(word, verdicts.Split((char[]?)null)));
        Assert.Contains("(AWS-UpdateSSMAgent)", shown);
        if (width == 200)
        {
            Assert.All(messages, message => Assert.Contains(message, text, StringComparison.Ordinal));
        }

        // Beside the name where both have room, below it where not; messages have all columns but those of the status.
        string line = text.Split('\n').Single(line => line.Contains(endpoint.Ids().Single(), StringComparison.Ordinal));
        Assert.Equal(width > 100, line.Contains("agent-1 (AWS-UpdateSSMAgent) on tag:Node=n1", StringComparison.Ordinal));
        Assert.True(width > 100 || text.Split('\n').Max(line => line.TrimEnd().Length) > 70, text);
    }

    [Fact]
    public void Verdicts_show_their_problems()
    {
        using var endpoint = new EndpointSession();

        string text = endpoint.Session.Render("(New-Good 1), (New-Invalid 2) | Test-SsmAssociationEntry");

        Assert.Contains("True", text, StringComparison.Ordinal);
        Assert.Contains("False", text, StringComparison.Ordinal);
        Assert.Contains("bad-2", text, StringComparison.Ordinal);
        Assert.Contains("30 minutes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_shows_what_to_do_and_no_input()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            // Format-List is no part of the hosted engine: a copy of the module without its tables shows its lists.
            foreach (string file in Directory.GetFiles(TestPaths.Stage, "*", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(folder, Path.GetRelativePath(TestPaths.Stage, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            string format = Path.Combine(folder, "SsmAssociationTools.Format.ps1xml");
            var views = System.Xml.Linq.XDocument.Load(format);
            views.Descendants("View").Where(view => view.Element("TableControl") is not null).ToList().ForEach(view => view.Remove());
            views.Save(format);
            using var session = ModuleSession.WithoutModule();
            session.Run($"Import-Module '{Path.Combine(folder, "SsmAssociationTools.psd1").Replace("'", "''", StringComparison.Ordinal)}'; $endpoint = Start-SsmLocalEndpoint; $c = $endpoint.Connection").WithoutErrors();

            string text = session.Render("""
                @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'good'; Targets = 'tag:A=b'; Parameters = @{ version = '3.1.4.159' } },
                @{ Name = 'Nobody-Has-This'; AssociationName = 'refused'; Targets = 'tag:A=b'; Parameters = @{ version = '3.1.4.159' } } | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue
                """);

            foreach (string label in new[] { "Index", "Status", "AssociationId", "ErrorCode", "Message", "RecommendedAction", "Attempts", "RequestId", "Region" })
            {
                Assert.Matches(new Regex($@"(?m)^{label}\s+:"), text);
            }

            Assert.Matches(new Regex(@"(?m)^ErrorCode\s+: InvalidDocument\s*$"), text);
            Assert.DoesNotContain("3.1.4.159", text, StringComparison.Ordinal);
        }
        finally
        {
            // The assemblies are loaded from the first folder that the process knew; on Windows they would be in use.
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_endpoint_shows_where_it_listens()
    {
        using var endpoint = new EndpointSession();

        Assert.Contains(endpoint.Url.AbsoluteUri, endpoint.Session.Render("$endpoint"), StringComparison.Ordinal);
    }
}
