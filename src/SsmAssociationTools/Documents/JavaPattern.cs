using System;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.Documents;

/// <summary>
/// The allowedPattern of a parameter: a regular expression of Java, which the service reads. It is translated piece by piece;
/// a piece that versions of Java, or Java and .NET, do not read alike makes the whole unknown. Nothing is guessed.
/// </summary>
internal sealed class JavaPattern
{
    /// <summary>Some patterns never come to an end on some values.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(200);

    private readonly JavaPatternReader? _read;
    private Regex? _whole;
    private Regex? _part;

    public JavaPattern(string source)
    {
        Source = source;
        try
        {
            _read = new JavaPatternReader(source);
            _whole = new Regex(@"\A(?:" + _read.Expression + @")\z", RegexOptions.CultureInvariant, s_timeout);
            _part = new Regex(_read.Expression, RegexOptions.CultureInvariant, s_timeout);
        }
        catch (ArgumentException)
        {
            // .NET's word on what came of it.
            _whole = _part = null;
        }
        catch (FormatException)
        {
            _read = null;
        }
    }

    /// <summary>The pattern as the document has it.</summary>
    public string Source { get; }

    /// <summary>True where it could be translated.</summary>
    public bool IsRead => _whole is not null;

    /// <summary>Says how a value fits.</summary>
    public PatternFit Judge(string value)
    {
        if (_whole is null || !IsPlain(value))
        {
            return PatternFit.Unknown;
        }

        try
        {
            bool isWhole = _whole.IsMatch(value);
            bool isPart = _part!.IsMatch(value);
            return isWhole ? (isPart ? PatternFit.Whole : PatternFit.Unknown) : isPart ? PatternFit.Part : PatternFit.None;
        }
        catch (Exception error) when (error is RegexMatchTimeoutException or IndexOutOfRangeException)
        {
            // The latter is how .NET ends some loops of loops.
            return PatternFit.Unknown;
        }
    }

    /// <summary>Java sees characters outside the basic plane as one; and some pieces are sure for ASCII only.</summary>
    private bool IsPlain(string value)
    {
        foreach (char c in value)
        {
            if (char.IsSurrogate(c) || c > _read!.LastSureCharacter)
            {
                return false;
            }
        }

        return true;
    }
}
