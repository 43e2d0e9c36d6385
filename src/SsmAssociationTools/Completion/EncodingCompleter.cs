using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Completion;

/// <summary>Completes the encoding of a file that is read. Any other code page is accepted all the same.</summary>
internal sealed class EncodingCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new("ansi", "The code page of this computer's language, in which Excel saves \"CSV\"."),
        new("oem", "The code page of this computer's console."),
        new("utf8", "UTF-8."),
        new("unicode", "UTF-16, little-endian."),
        new("bigendianunicode", "UTF-16, big-endian."),
        new("windows-1252", "Western European languages on Windows."),
        new("windows-1250", "Central European languages on Windows."),
        new("windows-1251", "Cyrillic on Windows."),
        new("windows-1253", "Greek on Windows."),
        new("windows-1254", "Turkish on Windows."),
        new("iso-8859-1", "Western European languages, Latin 1."),
        new("iso-8859-15", "Western European languages with the euro sign, Latin 9."),
        new("shift_jis", "Japanese."),
        new("gb18030", "Simplified Chinese."),
        new("big5", "Traditional Chinese."),
        new("ks_c_5601-1987", "Korean."),
    ];

    protected override IEnumerable<Choice> Choices(IDictionary bound) => s_choices;
}
