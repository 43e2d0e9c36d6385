using System;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Files;

/// <summary>Finds the encoding that a user names. What it finds refuses bytes that it cannot read.</summary>
internal static class TextEncodings
{
    /// <summary>Finds an encoding by PowerShell's word for it, its name, or the number of its code page.</summary>
    /// <returns>The encoding; null where there is none of that name.</returns>
    public static Encoding? Find(string name)
    {
        string text = name.Trim();
        switch (text.ToUpperInvariant())
        {
            case "ANSI" or "DEFAULT":
                return OfPage(CultureInfo.CurrentCulture.TextInfo.ANSICodePage is var page and > 0 ? page : 1252);
            case "OEM":
                return OfPage(CultureInfo.CurrentCulture.TextInfo.OEMCodePage is var oem and > 1 ? oem : 437);
            case "UTF8" or "UTF8NOBOM" or "UTF8BOM":
                return OfPage(65001);
            case "UNICODE" or "UTF16":
                return OfPage(1200);
            case "BIGENDIANUNICODE":
                return OfPage(1201);
            case "UTF32":
                return OfPage(12000);
        }

        try
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? OfPage(number) : OfPage(Known(text)?.CodePage ?? 0);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? OfPage(int page)
    {
        // 0 is the machine's own, and 65000 (UTF-7) is not safe to read.
        if (page is <= 0 or > 65535 or 65000)
        {
            return null;
        }

#if NET
        return CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
#else
        return Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
#endif
    }

    private static Encoding? Known(string name)
    {
#if NET
        return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#else
        return Encoding.GetEncoding(name);
#endif
    }
}
