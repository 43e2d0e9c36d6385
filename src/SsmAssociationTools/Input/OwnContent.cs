namespace SsmAssociationTools.Input;

/// <summary>Finds in an object of this module what its entry is to be read from.</summary>
internal static class OwnContent
{
    /// <summary>Looks into an object that holds an entry, an association or the input that it was made of.</summary>
    /// <returns>False for an entry itself and for what is no object of this module.</returns>
    public static bool TryGet(object value, out object? content)
    {
        switch (value)
        {
            case AssociationResult result:
                content = result.Entry ?? result.InputObject;
                return true;
            case EntryValidation validation:
                content = validation.Entry ?? validation.InputObject;
                return true;
            case AssociationComparison comparison:
                content = comparison.Entry ?? (object?)comparison.Existing;
                return true;
            case AssociationRemoval removal:
                content = removal.InputObject;
                return true;
            case AssociationStart start:
                content = start.InputObject;
                return true;
            case AssociationOutcome outcome:
                content = outcome.InputObject;
                return true;
            default:
                content = null;
                return false;
        }
    }
}
