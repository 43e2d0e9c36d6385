using System.Management.Automation;

namespace SsmAssociationTools.Rules;

/// <summary>What is known of an error code: its PowerShell category, whether sending again may help, its meaning and what to do.</summary>
internal sealed class ErrorInfo
{
    public ErrorInfo(string code, ErrorCategory category, bool isRetryable, string meaning, string recommendedAction)
    {
        Code = code;
        Category = category;
        IsRetryable = isRetryable;
        Meaning = meaning;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The code: the service's, or one of this module's.</summary>
    public string Code { get; }

    /// <summary>PowerShell's category.</summary>
    public ErrorCategory Category { get; }

    /// <summary>Whether the same entry may succeed later, with nothing having been created.</summary>
    public bool IsRetryable { get; }

    /// <summary>What the code means, for answers that come without a text.</summary>
    public string Meaning { get; }

    /// <summary>What to do.</summary>
    public string RecommendedAction { get; }
}
