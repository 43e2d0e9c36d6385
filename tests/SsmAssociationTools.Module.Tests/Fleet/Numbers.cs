using System;
using System.Globalization;

namespace SsmAssociationTools.Module.Tests.Fleet;

/// <summary>How many of a long test are done: a few, unless an environment variable asks for more.</summary>
internal static class Numbers
{
    public static int Of(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
