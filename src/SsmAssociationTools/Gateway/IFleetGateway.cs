using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Gateway;

/// <summary>
/// The calls around associations that exist: changing, starting and following them, and what the service knows of their nodes,
/// documents and calendars. The rules are those of <see cref="IAssociationGateway"/>.
/// </summary>
internal interface IFleetGateway : IAssociationGateway
{
    /// <summary>
    /// Changes one association. What is null in the request is not sent, and the service may empty it; empty lists and maps are
    /// sent empty, and false is sent.
    /// </summary>
    Task<UpdateAnswer> UpdateAssociationAsync(UpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Reads an earlier version of an association, whole.</summary>
    /// <returns>The version; null where there is no such association. A version that is not there is the error InvalidAssociationVersion.</returns>
    Task<AssociationRecord?> DescribeAssociationVersionAsync(string associationId, string associationVersion, CancellationToken cancellationToken);

    /// <summary>Reads one page of the versions of an association. They lack AutomationTargetParameterName and AlarmConfiguration.</summary>
    Task<VersionsAnswer> ListAssociationVersionsAsync(VersionsRequest request, CancellationToken cancellationToken);

    /// <summary>Starts up to 10 associations. The service starts all or none, and names no execution.</summary>
    Task<StartAnswer> StartAssociationsOnceAsync(IReadOnlyList<string> associationIds, CancellationToken cancellationToken);

    /// <summary>Reads one page of the executions of an association.</summary>
    Task<ExecutionsAnswer> DescribeAssociationExecutionsAsync(ExecutionsRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one page of the nodes or other resources of an execution.</summary>
    Task<ExecutionTargetsAnswer> DescribeAssociationExecutionTargetsAsync(ExecutionTargetsRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one page of the managed nodes.</summary>
    Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken);

    /// <summary>Reads what the service says of a document.</summary>
    Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a document with its content.</summary>
    Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken);

    /// <summary>Asks whether change calendars are open; several are open only where all are.</summary>
    /// <param name="at">The time that is asked about; null for now.</param>
    Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken);
}
