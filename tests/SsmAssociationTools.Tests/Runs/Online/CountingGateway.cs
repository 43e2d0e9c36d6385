using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>Notes the calls of another gateway that only read.</summary>
internal sealed class CountingGateway(IFleetGateway inner, ConcurrentBag<string> calls) : IFleetGateway
{
    public string Region => inner.Region;

    public string CredentialSource => inner.CredentialSource;

    public string? AccountId => inner.AccountId;

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        calls.Add("ListAssociations " + request.NextToken);
        return inner.ListAssociationsAsync(request, cancellationToken);
    }

    public Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken)
    {
        calls.Add($"DescribeInstanceInformation {string.Join(";", request.Filters.Select(filter => $"{filter.Key}={string.Join(",", filter.Values)}"))} {request.NextToken}");
        return inner.DescribeInstanceInformationAsync(request, cancellationToken);
    }

    public Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken)
    {
        calls.Add($"DescribeDocument {request.Name} {request.DocumentVersion}");
        return inner.DescribeDocumentAsync(request, cancellationToken);
    }

    public Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken)
    {
        calls.Add($"GetDocument {request.Name} {request.DocumentVersion}");
        return inner.GetDocumentAsync(request, cancellationToken);
    }

    public Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken)
    {
        calls.Add("GetCalendarState " + string.Join(",", calendarNames));
        return inner.GetCalendarStateAsync(calendarNames, at, cancellationToken);
    }

    public Task<CreateBatchAnswer> CreateAssociationBatchAsync(CreateBatchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AssociationRecord?> DescribeAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAssociationAsync(string associationId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UpdateAnswer> UpdateAssociationAsync(UpdateRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AssociationRecord?> DescribeAssociationVersionAsync(string associationId, string associationVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<VersionsAnswer> ListAssociationVersionsAsync(VersionsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StartAnswer> StartAssociationsOnceAsync(IReadOnlyList<string> associationIds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExecutionsAnswer> DescribeAssociationExecutionsAsync(ExecutionsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExecutionTargetsAnswer> DescribeAssociationExecutionTargetsAsync(ExecutionTargetsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
