using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleSystemsManagement;

namespace SsmAssociationTools.Aws;

/// <summary>The SDK's client, with a look at each answer before it is read.</summary>
internal sealed class SsmClient : AmazonSimpleSystemsManagementClient
{
    public SsmClient(AWSCredentials credentials, AmazonSimpleSystemsManagementConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        var clock = new SigningClock();
        pipeline.AddHandlerBefore<Signer>(clock);
        pipeline.AddHandlerAfter<Unmarshaller>(new AnswerGuard(clock));
    }
}
