using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

public sealed class IndependenceTests
{
    /// <summary>Were the endpoint to use the module's rules, both could be wrong together and no test would see it.</summary>
    [Fact]
    public void The_endpoint_uses_nothing_of_the_module_but_the_contract()
    {
        using var file = new PEReader(File.OpenRead(typeof(LocalEndpointLauncher).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        string[] used =
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
                    && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "SsmAssociationTools")
                .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name)),
        ];

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.StartsWith("SsmAssociationTools.Rehearsal.", name));
    }

    [Fact]
    public void The_endpoint_needs_no_PowerShell()
    {
        Assert.DoesNotContain(
            typeof(LocalEndpointLauncher).Assembly.GetReferencedAssemblies(),
            reference => reference.Name == "System.Management.Automation");
    }
}
