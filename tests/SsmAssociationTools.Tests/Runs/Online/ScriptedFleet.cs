using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>Answers what a test says.</summary>
internal sealed class ScriptedFleet : IFleetGateway
{
    public string Region => "us-east-1";

    public string CredentialSource => "test";

    public string? AccountId => null;

    public Func<NodesRequest, NodesAnswer> Nodes { get; init; } = static _ => new NodesAnswer { Nodes = [new NodeRecord { InstanceId = "i-00000001", PingStatus = "Online" }] };

    public Func<DocumentRecord> Describe { get; init; } = static () => new DocumentRecord { DocumentType = "Command", SchemaVersion = "2.2", Status = "Active", PlatformTypes = ["Plan9", "Linux"] };

    public string? Content { get; init; } = """{"schemaVersion":"2.2"}""";

    public Task<ListAnswer> ListAssociationsAsync(ListRequest request, CancellationToken cancellationToken) => Task.FromResult(new ListAnswer());

    public Task<NodesAnswer> DescribeInstanceInformationAsync(NodesRequest request, CancellationToken cancellationToken) => Task.FromResult(Nodes(request));

    public Task<DocumentRecord> DescribeDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) => Task.FromResult(Describe());

    public Task<DocumentContent> GetDocumentAsync(DocumentRequest request, CancellationToken cancellationToken) => Task.FromResult(new DocumentContent { Content = Content });

    public Task<CalendarAnswer> GetCalendarStateAsync(IReadOnlyList<string> calendarNames, DateTime? at, CancellationToken cancellationToken) => Task.FromResult(new CalendarAnswer());

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
