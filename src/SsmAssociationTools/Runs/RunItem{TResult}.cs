namespace SsmAssociationTools.Runs;

/// <summary>One input on its way to a result of a kind.</summary>
internal abstract class RunItem<TResult> : RunItem
    where TResult : class
{
    protected RunItem(long index, object? inputObject)
        : base(index, inputObject)
    {
    }

    /// <summary>What became of the input; null while that is open.</summary>
    public TResult? Result { get; set; }
}
