using System.Collections.Generic;

namespace SsmAssociationTools.Packager;

/// <summary>A package that the build restored.</summary>
/// <param name="Id">Its identifier, in its own spelling.</param>
/// <param name="Version">Its version.</param>
/// <param name="Folder">Where it is unpacked.</param>
/// <param name="Dependencies">Identifiers of the packages that it needs.</param>
internal sealed record RestoredPackage(string Id, string Version, string Folder, IReadOnlyList<string> Dependencies)
{
    /// <summary>Its license as an SPDX expression.</summary>
    public string License => LicenseReader.OfPackage(Folder);

    /// <summary>Its package URL, by which scanners look for known vulnerabilities.</summary>
    public string Purl => $"pkg:nuget/{Id}@{Version}";
}
