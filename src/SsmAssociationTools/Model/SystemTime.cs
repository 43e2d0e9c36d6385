using System;

namespace SsmAssociationTools.Model;

/// <summary>The machine's time. It is read here alone, so that nothing reads it by accident where a clock is to be set by tests.</summary>
internal static class SystemTime
{
#pragma warning disable RS0030 // This is the place.
    public static DateTime UtcNow => DateTime.UtcNow;
#pragma warning restore RS0030
}
