using System;

namespace SsmAssociationTools.Runs;

/// <summary>The run that a lane works for.</summary>
internal interface ILaneOwner<TItem>
    where TItem : RunItem
{
    /// <summary>Takes note of a batch that takes no more inputs; called by the thread that drives the run.</summary>
    void Closed(Batch<TItem> batch);

    /// <summary>Sees to it that every input has a result; called beside the thread that drives the run, before others start.</summary>
    void Worked(Place place, Batch<TItem> batch, Exception? unexpected);

    /// <summary>Takes a batch whose inputs have results; called beside the thread that drives the run.</summary>
    void Ended(Batch<TItem> batch);
}
