using System.IO;
using System.Text;
using SsmAssociationTools.Files;

namespace SsmAssociationTools.Formats;

/// <summary>Opens files for writing text.</summary>
internal static class FileEncodings
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Opens a file at its end, where it is added to, or at its beginning.</summary>
    public static StreamWriter Open(Stream stream, FileWriteOptions options)
    {
        bool isAppended = options.IsAppended && stream.Length > 0;
        Encoding encoding = isAppended ? TextFiles.EncodingOf(stream) : Of(options.Encoding);
        if (isAppended)
        {
            stream.Seek(0, SeekOrigin.End);
        }

        // A mark is written only at position 0.
        return new StreamWriter(stream, encoding, BufferSize, leaveOpen: true) { NewLine = "\n" };
    }

    /// <summary>Says whether a text ends in the middle of a line.</summary>
    public static bool EndsInLine(Stream stream)
    {
        Encoding encoding = TextFiles.EncodingOf(stream);
        byte[] end = encoding.GetBytes("\n");
        int mark = encoding.GetPreamble().Length;
        if (stream.Length <= mark)
        {
            return false;
        }

        var last = new byte[end.Length];
        stream.Seek(-end.Length, SeekOrigin.End);
        int read = stream.Read(last, 0, last.Length);
        stream.Position = 0;
        for (int i = 0; i < read; i++)
        {
            if (last[i] != end[i])
            {
                return true;
            }
        }

        return false;
    }

    private static Encoding Of(EntryFileEncoding encoding) => encoding switch
    {
        EntryFileEncoding.Utf8Bom => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        EntryFileEncoding.Unicode => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        EntryFileEncoding.BigEndianUnicode => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };
}
