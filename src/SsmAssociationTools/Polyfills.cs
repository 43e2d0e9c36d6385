// A compiler support type that .NET Framework 4.7.2 lacks. The compiler looks for it by name only.
#if NETFRAMEWORK
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit
{
}
#endif
