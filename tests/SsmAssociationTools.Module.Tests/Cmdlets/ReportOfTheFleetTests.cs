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
    public void Comparisons_are_rows_with_what_differs()
    {
        string page = Report("""
            $null = (New-Good 1), (New-Good 2), (New-Good 3) | New-SsmAssociationBatch @c
            $changed = New-Good 2; $changed.MaxErrors = '7'
            (New-Good 1), $changed, (New-Good 4) | Compare-SsmAssociationEntry @c
            """);

        Assert.Contains("MaxErrors: 7 wanted", page, StringComparison.Ordinal);
        Assert.Contains("Changed", page, StringComparison.Ordinal);
        Assert.Contains("Extra", page, StringComparison.Ordinal);
        Assert.Contains("agent-4", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Removals_are_rows_with_what_became_of_them()
    {
        string page = Report("$results = 1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c; $results | Remove-SsmAssociationBatch @c -Confirm:$false");

        Assert.Contains("Removed", page, StringComparison.Ordinal);
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
