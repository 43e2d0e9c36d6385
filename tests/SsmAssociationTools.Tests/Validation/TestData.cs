using System;
using System.IO;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>The files beside the tests.</summary>
internal static class TestData
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);
}
