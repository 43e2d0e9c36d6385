using System;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Online;

namespace SsmAssociationTools.Commands;

/// <summary>A Region, and account, that is asked about entries.</summary>
internal sealed class OnlinePlace : IDisposable
{
    /// <param name="name">Its name in messages, where there are several places; null where there is one.</param>
    public OnlinePlace(PlaceView view, string? name)
    {
        View = view;
        Rules = new PlaceRules(view.Nodes, name);
    }

    /// <summary>A place that cannot be reached.</summary>
    public OnlinePlace(GatewayException failure, string? name)
    {
        Failure = failure;
        Rules = new PlaceRules(new NodeTable(), name);
    }

    /// <summary>What its service knows; null where it cannot be reached.</summary>
    public PlaceView? View { get; }

    /// <summary>Why it cannot be reached; null where it can.</summary>
    public GatewayException? Failure { get; }

    /// <summary>Says what was seen there.</summary>
    public PlaceRules Rules { get; }

    public void Dispose() => View?.Dispose();
}
