#if !NET
using System.Net;
#endif

namespace SsmAssociationTools.Aws;

/// <summary>
/// Allows TLS 1.2 where an old .NET Framework would not offer it. The SDK does the same, but not before its own first client,
/// and STS and IAM Identity Center may be called before that.
/// </summary>
internal static class SecureProtocols
{
    public static void Allow()
    {
#if !NET
        // The default of the system is left alone: it knows newer protocols than these.
        if (ServicePointManager.SecurityProtocol != SecurityProtocolType.SystemDefault)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }
#endif
    }
}
