using System;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Gateway;

/// <summary>
/// The calls that the module makes of Systems Manager, for one account and Region. Never retries on its own.
/// Each call throws <see cref="GatewayException"/> for anything that goes wrong, and
/// <see cref="OperationCanceledException"/> only when its token was cancelled. Safe for concurrent calls.
/// </summary>
internal interface IAssociationGateway : IDisposable
{
    /// <summary>The Region that the calls go to.</summary>
    string Region { get; }

    /// <summary>Where the credentials came from, for verbose text; holds no secret.</summary>
    string CredentialSource { get; }

    /// <summary>The account that the calls go to, 12 digits; null where the credentials do not tell.</summary>
    string? AccountId { get; }

    /// <summary>Creates the entries of one call.</summary>
    Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one page of the associations of the Region.</summary>
    Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one association whole.</summary>
    Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken);

    /// <summary>Deletes one association.</summary>
    Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken);
}
