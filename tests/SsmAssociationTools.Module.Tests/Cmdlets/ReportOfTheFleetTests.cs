using System;
using System.IO;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Reports on what exists, and on how it stands to what is wanted.</summary>
public sealed class ReportOfTheFleetTests : IDisposable
{
    private readonly EndpointSession _endpoint = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        _endpoint.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Existing_associations_are_rows_with_their_ids()
    {
        string page = Report("$null = 1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c; Get-SsmAssociationEntry @c");

        Assert.All(_endpoint.Ids(), id => Assert.Contains(id, page, StringComparison.Ordinal));
        Assert.Contains("agent-3", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_are_a_plan_with_what_differs_and_what_to_look_at()
    {
        string page = Report("""
            $null = (New-Good 1), (New-Good 2), (New-Good 3) | New-SsmAssociationBatch @c
            $changed = New-Good 2; $changed.MaxErrors = '7'
            (New-Good 1), $changed, (New-Good 4) | Compare-SsmAssociationEntry @c
            """);

        Assert.Contains("<p class=\"kind\">Plan</p>", page, StringComparison.Ordinal);
        Assert.Contains("MaxErrors: nothing \u2192 7", page, StringComparison.Ordinal);
        foreach (string status in (string[])["To create", "To change", "To remove", "Same"])
        {
            Assert.Contains($"<span class=\"count\">1</span> <span class=\"label\">{status}</span>", page, StringComparison.Ordinal);
        }

        Assert.Contains("It exists, and differs in MaxErrors.", page, StringComparison.Ordinal);
        Assert.Contains("It exists, and no entry wants it.", page, StringComparison.Ordinal);
        Assert.Contains("2 entries run as soon as they are created or changed", page, StringComparison.Ordinal);
        Assert.Contains("agent-4", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_synchronised_fleet_is_a_run_with_what_was_created_and_changed()
    {
        string page = Report("""
            $null = (New-Good 1), (New-Good 2), (New-Good 3) | New-SsmAssociationBatch @c
            $changed = New-Good 2; $changed.MaxErrors = '7'
            (New-Good 1), $changed, (New-Good 4) | Sync-SsmAssociationBatch @c -Prune -Scope agent-* -Force
            """);

        Assert.Contains("<p class=\"kind\">Results of a run</p>", page, StringComparison.Ordinal);
        foreach (string status in (string[])["Created", "Updated", "Existing", "Removed"])
        {
            Assert.Contains($"<span class=\"count\">1</span> <span class=\"label\">{status}</span>", page, StringComparison.Ordinal);
        }

        Assert.Contains("1 entry is not counted here: it was removed.", page, StringComparison.Ordinal);
        Assert.Contains("Version 1 to 2.", page, StringComparison.Ordinal);
        Assert.Contains("tag:Node=n3", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Removals_are_rows_with_what_became_of_them()
    {
        string page = Report("$results = 1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c; $results | Remove-SsmAssociationBatch @c -Confirm:$false");

        Assert.Contains("Removed", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"kind\">Results of a removal</p>", page, StringComparison.Ordinal);
        Assert.Contains("tag:Node=n3", page, StringComparison.Ordinal);
        Assert.DoesNotContain("no targets", page, StringComparison.Ordinal);
        Assert.DoesNotContain("h-week", page, StringComparison.Ordinal);
        Assert.Contains("agent-3", page, StringComparison.Ordinal);
        Assert.Empty(_endpoint.Ids());
    }

    private string Report(string source)
    {
        string path = Path.Combine(_folder, "report.html");
        _endpoint.Run($"& {{ {source} }} | Export-SsmAssociationReport '{path}'").WithoutErrors();
        return File.ReadAllText(path);
    }
}
