using Xunit;

namespace SsmAssociationTools.Module.Tests.Hosting;

/// <summary>Tests that change environment variables. They belong to the whole process, so nothing else runs at that time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Process environment";
}
