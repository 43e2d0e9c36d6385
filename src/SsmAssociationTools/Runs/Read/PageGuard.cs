using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Read;

/// <summary>
/// Sees to it that a list that is read page by page comes to an end, and that what moves from one page to another while it
/// is read is neither lost nor counted twice. Not safe for concurrent use.
/// </summary>
internal sealed class PageGuard
{
    /// <summary>Times that a list is read from the beginning, at most, because it changed while it was read.</summary>
    public const int MaxReadings = 3;

    /// <summary>Pages of one reading, at most: 200,000 associations, a hundred times what an account-Region takes by default.</summary>
    private const int MaxPages = 4000;

    /// <summary>Pages in a row that show nothing new, at most. Filters may leave pages empty.</summary>
    private const int MaxIdlePages = 200;

    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _idsOfReading = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _marks = new(StringComparer.Ordinal);
    private int _pages;
    private int _idlePages;
    private bool _hasShifted;

    /// <summary>How often the list was read from the beginning, this time included.</summary>
    public int Reading { get; private set; } = 1;

    /// <summary>Takes a page.</summary>
    /// <returns>The lines that were on no page before.</returns>
    /// <exception cref="GatewayException">The list has no end.</exception>
    public List<AssociationRecord> Take(ListAnswer page) => Take(page.Associations, page.NextToken, static line => line.AssociationId, "associations");

    /// <summary>Takes a page of any list whose lines have ids.</summary>
    /// <param name="what">What is listed, in the plural.</param>
    /// <returns>The lines that were on no page before.</returns>
    /// <exception cref="GatewayException">The list has no end.</exception>
    public List<T> Take<T>(IReadOnlyList<T> lines, string? nextToken, Func<T, string?> idOf, string what)
    {
        if (nextToken is not null && !_marks.Add(nextToken))
        {
            throw new GatewayException(GatewayErrorKind.Rejected, ErrorCodes.InvalidNextToken, $"The service names a page of the list of {what} as the next one that was read before.");
        }

        var fresh = new List<T>(lines.Count);
        bool isIdle = true;
        foreach (T line in lines)
        {
            if (idOf(line) is not { } id || string.IsNullOrWhiteSpace(id))
            {
                continue;
            }

            if (_idsOfReading.Add(id))
            {
                isIdle = false;
            }
            else
            {
                // It moved from an earlier page to this one, and another may have moved the other way.
                _hasShifted = true;
            }

            if (_ids.Add(id))
            {
                fresh.Add(line);
            }
        }

        _idlePages = isIdle ? _idlePages + 1 : 0;
        _pages++;
        if (nextToken is not null && (_pages >= MaxPages || _idlePages >= MaxIdlePages))
        {
            throw new GatewayException(GatewayErrorKind.Rejected, ErrorCodes.ListWithoutEnd, $"The list of {what} does not end: the service names a next page after {_pages} pages, the last {_idlePages} of them with nothing new.");
        }

        return fresh;
    }

    /// <summary>Whether the list, of which the last page was read, is to be read once more; begins anew if so.</summary>
    public bool ReadsAgain() => _hasShifted && Restart();

    /// <summary>Whether a failure to read on may pass when the list is read from the beginning; begins anew if so.</summary>
    public bool ReadsAgain(GatewayException error) => error.ErrorCode == ErrorCodes.InvalidNextToken && _pages > 0 && Restart();

    private bool Restart()
    {
        if (Reading >= MaxReadings)
        {
            return false;
        }

        Reading++;
        _hasShifted = false;
        _pages = 0;
        _idlePages = 0;
        _marks.Clear();
        _idsOfReading.Clear();
        return true;
    }
}
