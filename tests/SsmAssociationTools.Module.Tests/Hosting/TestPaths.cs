using System.IO;
using System.Linq;
using System.Reflection;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>Where the build put what the tests look at.</summary>
internal static class TestPaths
{
    /// <summary>The staged module's folder.</summary>
    public static string Stage { get; } = Metadata("ModuleStage");

    /// <summary>The staged module's manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Stage, "SsmAssociationTools.psd1");

    /// <summary>The folder of the help pages and about topics, as they are written.</summary>
    public static string HelpPages { get; } = Metadata("HelpPages");

    private static string Metadata(string key) => typeof(TestPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
