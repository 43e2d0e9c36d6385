using System.IO;
using System.Text;
using SsmAssociationTools.Files;

namespace SsmAssociationTools.Formats;

/// <summary>Text of files: finds the encoding, and refuses bytes that are no text instead of replacing them.</summary>
internal static class TextFiles
{
    private const int SampleSize = 4096;

    /// <summary>Opens a file as text.</summary>
    /// <returns>The text without byte order mark. Throws <see cref="DecoderFallbackException"/> where bytes are none.</returns>
    public static StreamReader Open(Stream stream, Encoding? given = null) =>
        new(stream, EncodingOf(stream, given), detectEncodingFromByteOrderMarks: true, bufferSize: 16 * 1024, leaveOpen: true);

    /// <summary>Refuses a file that is no text of entries whatever its name says, by how it begins.</summary>
    /// <param name="stream">The file, at its beginning and seekable; is at its beginning again on return.</param>
    public static void RefuseOthers(Stream stream)
    {
        var start = new byte[64];
        int length = stream.Read(start, 0, start.Length);
        stream.Position = 0;
        string text = Encoding.ASCII.GetString(start, 0, length);
        string? kind = (start[0], start[1], start[2], start[3]) switch
        {
            ((byte)'P', (byte)'K', 3, 4) => "an Excel workbook (.xlsx) or another zip file, whatever its name says. Import a workbook with -Format Xlsx",
            (0xD0, 0xCF, 0x11, 0xE0) => "an old workbook (.xls) or one with a password, whatever its name says. Save it as an Excel workbook (.xlsx) without a password",
            ((byte)'%', (byte)'P', (byte)'D', (byte)'F') => "a PDF. Save the table that it was made of",
            (0x1F, 0x8B, _, _) => "a compressed file. Unpack it",
            _ => null,
        };

        // YAML may begin with a merge key.
        string marked = text.TrimStart('?', ' ', '\t', '\r', '\n');
        if (kind is null && marked.Length > 1 && marked[0] == '<' && (char.IsLetter(marked[1]) || marked[1] is '!' or '?'))
        {
            kind = "a web page or XML, whatever its name says. Save the table as CSV UTF-8 or as an Excel workbook (.xlsx)";
        }

        if (kind is not null)
        {
            throw new FileFormatException(1, $"This is {kind}.");
        }
    }

    /// <summary>Finds the encoding: by the byte order mark, else by the zero bytes that UTF-16 has in every ASCII character.</summary>
    /// <param name="stream">The file, at its beginning and seekable; is at its beginning again on return.</param>
    /// <param name="given">What a text without a mark is said to be; null where its bytes tell.</param>
    /// <returns>An encoding that refuses what it cannot decode, and that writes the mark that the file has.</returns>
    public static Encoding EncodingOf(Stream stream, Encoding? given = null)
    {
        var sample = new byte[SampleSize];
        int length = 0;
        for (int read; length < sample.Length && (read = stream.Read(sample, length, sample.Length - length)) > 0;)
        {
            length += read;
        }

        stream.Position = 0;
        switch (length)
        {
            case >= 4 when sample[0] == 0xFF && sample[1] == 0xFE && sample[2] == 0 && sample[3] == 0:
                return new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true);
            case >= 4 when sample[0] == 0 && sample[1] == 0 && sample[2] == 0xFE && sample[3] == 0xFF:
                return new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true);
            case >= 3 when sample[0] == 0xEF && sample[1] == 0xBB && sample[2] == 0xBF:
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
            case >= 2 when sample[0] == 0xFF && sample[1] == 0xFE:
                return new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
            case >= 2 when sample[0] == 0xFE && sample[1] == 0xFF:
                return new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
        }

        if (given is not null)
        {
            return given;
        }

        int even = 0;
        int odd = 0;
        for (int i = 0; i + 1 < length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        // A zero byte here and there is a control character of UTF-8; in UTF-16 every second byte is one, or nearly.
        bool isWide = (even + odd) * 8 > length && even != odd;
        return isWide
            ? new UnicodeEncoding(bigEndian: even > odd, byteOrderMark: false, throwOnInvalidBytes: true)
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    }

    /// <summary>Says where bytes are no text, after reading has failed: reading is buffered and does not know.</summary>
    public static FileFormatException NotText(Stream stream, Encoding? given = null)
    {
        stream.Position = 0;
        Encoding encoding = EncodingOf(stream, given);
        Decoder decoder = encoding.GetDecoder();
        var one = new byte[SampleSize];
        var characters = new char[SampleSize * 2];
        long line = 1;
        for (int read; (read = stream.Read(one, 0, one.Length)) > 0;)
        {
            for (int i = 0; i < read; i++)
            {
                try
                {
                    int count = decoder.GetChars(one, i, 1, characters, 0, flush: false);
                    line += count > 0 && characters[count - 1] == '\n' ? 1 : 0;
                }
                catch (DecoderFallbackException)
                {
                    return Problem(line);
                }
            }
        }

        return Problem(line);

        FileFormatException Problem(long at) => new(
            at,
            $"The bytes here are no {NameOf(encoding)} text. Save the file as UTF-8 (in Excel: \"CSV UTF-8\"), or give its encoding, such as -Encoding windows-1252.");
    }

    private static string NameOf(Encoding encoding) => encoding switch
    {
        UTF8Encoding => "UTF-8",
        UnicodeEncoding => "UTF-16",
        _ => encoding.WebName,
    };
}
