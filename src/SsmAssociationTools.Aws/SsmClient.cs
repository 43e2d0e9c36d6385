using System;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleSystemsManagement;

namespace SsmAssociationTools.Aws;

/// <summary>The SDK's client, with a look at each answer before it is read.</summary>
internal sealed class SsmClient : AmazonSimpleSystemsManagementClient
{
    // The pipeline is made by the constructor of the base.
    private readonly AnswerGuard _guard = new();

    public SsmClient(AWSCredentials credentials, AmazonSimpleSystemsManagementConfig config)
        : base(credentials, config)
    {
    }

    /// <summary>Takes the time that each answer names.</summary>
    public Action<DateTime>? ServerTime
    {
        get => _guard.ServerTime;
        set => _guard.ServerTime = value;
    }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<Unmarshaller>(_guard);
    }
}
