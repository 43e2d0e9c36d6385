using System;
using System.Globalization;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Environment variables with which the long suites are asked for; docs/reliability.md lists them.</summary>
internal static class Settings
{
    /// <summary>A number from the environment.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="otherwise">What holds when it is not set.</param>
    /// <returns>The number.</returns>
    public static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
