using System;

namespace SsmAssociationTools.Packager;

/// <summary>Something is wrong with what is to be packed; the message tells the maintainer what.</summary>
internal sealed class PackagingException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong and with which file.</param>
    public PackagingException(string message)
        : base(message)
    {
    }
}
