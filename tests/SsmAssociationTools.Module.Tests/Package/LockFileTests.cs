using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Package;

/// <summary>Every restore is locked, and the locks say nothing of the machine or the source that packages came from.</summary>
public sealed class LockFileTests
{
    public static TheoryData<string> Projects { get; } =
    [
        .. from folder in new[] { "src", "build", "samples", "tests", "benchmarks" }
           where Directory.Exists(Path.Combine(TestPaths.Repository, folder))
           from project in Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, folder), "*.csproj", SearchOption.AllDirectories)
           select Path.GetRelativePath(TestPaths.Repository, project),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_package_is_locked_to_a_version_and_a_content(string project)
    {
        string text = File.ReadAllText(Path.Combine(TestPaths.Repository, Path.GetDirectoryName(project)!, "packages.lock.json"));
        JsonElement dependencies = JsonDocument.Parse(text).RootElement.GetProperty("dependencies");

        IEnumerable<JsonProperty> packages = dependencies.EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(dependency => dependency.Value.GetProperty("type").GetString() != "Project");

        Assert.All(packages, package =>
        {
            Assert.NotEmpty(package.Value.GetProperty("resolved").GetString()!);
            Assert.Equal(64, Convert.FromBase64String(package.Value.GetProperty("contentHash").GetString()!).Length);
        });
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\\', text);
        Assert.DoesNotContain(TestPaths.Repository, text, StringComparison.Ordinal);
    }
}
