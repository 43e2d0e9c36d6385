using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

public class CsvImportTests
{
    private const string Fleet = "Name,Targets,Parameters.Operation,MaxErrors\nAWS-RunPatchBaseline,\"tag:Role=web,db; tag:Env=prod\",Scan,5\nAWS-UpdateSSMAgent,InstanceIds=*,,\n";

    public static TheoryData<Encoding> Encodings() =>
    [
        new UTF8Encoding(false), new UTF8Encoding(true),
        new UnicodeEncoding(false, false), new UnicodeEncoding(false, true),
        new UnicodeEncoding(true, false), new UnicodeEncoding(true, true),
        new UTF32Encoding(false, true), new UTF32Encoding(true, true),
    ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Rows_are_entries_in_every_encoding(Encoding encoding)
    {
        IReadOnlyList<AssociationEntry> entries = FileText.Entries(Fleet.Replace("prod", "\u00fc\u20ac", StringComparison.Ordinal), EntryFileFormat.Csv, encoding: encoding);

        Assert.Equal(["AWS-RunPatchBaseline", "AWS-UpdateSSMAgent"], entries.Select(entry => entry.Name));
        Assert.Equal("tag:Env=\u00fc\u20ac", entries[0].Targets![1].ToString());
        Assert.Equal((string?[])["Scan"], entries[0].Parameters!["Operation"]!);
        Assert.Null(entries[1].MaxErrors);
        Assert.Null(entries[1].Parameters);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void The_heading_tells_the_delimiter(char delimiter)
    {
        string text = string.Join(delimiter, "Name", "\"Targets\"", "Parameters.a,b;c") + "\n" + string.Join(delimiter, "x", "\"tag:A=b,c; tag:D=e\"", "\"1\"") + "\n";
        if (delimiter != '\t')
        {
            text = text.Replace("Parameters.a,b;c", "\"Parameters.a,b;c\"", StringComparison.Ordinal);
        }

        AssociationEntry entry = Assert.Single(FileText.Entries(text, EntryFileFormat.Csv));

        Assert.Equal("tag:D=e", entry.Targets![1].ToString());
        Assert.Equal((string?[])["1"], entry.Parameters!["a,b;c"]!);
    }

    [Theory]
    [InlineData("sep=;\n")]
    [InlineData("sep=;\r\n")]
    [InlineData("\"sep=;\"\n")]
    public void A_first_line_that_names_the_delimiter_for_Excel_is_read(string line)
    {
        ImportedEntry item = Assert.Single(FileText.Import(line + "\n# x\nName;Targets\na;\"tag:b=c,d\"\n", EntryFileFormat.Csv));

        Assert.Equal("tag:b=c,d", item.Entry!.Targets![0].ToString());
        Assert.Equal("f:5", item.Source);
        Assert.Equal("f:4", Assert.Single(FileText.Import("sep=|\n# x\nName|Targets\na|tag:b=c,d\n", EntryFileFormat.Csv)).Source);
    }

    [Theory]
    [InlineData("Fleet of 2027,,\n,,\n\n", 4)]
    [InlineData("What,,When\n", 2)]
    [InlineData("Name of the fleet\nMade by me,,\n", 3)]
    public void A_heading_below_a_title_is_found_and_said_once(string above, int line)
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(above + "Name,Targets,Parameters.Operation\na,tag:b=c,Scan\nd,tag:e=f,Scan\n", EntryFileFormat.Csv);

        Assert.Equal(["a", "d"], imported.Select(item => item.Entry?.Name).OfType<string>());
        Assert.StartsWith($"The heading is in line {line}.", Assert.Single(imported.SelectMany(item => item.Warnings)).Text, StringComparison.Ordinal);
        Assert.Equal($"f:{line + 2}", imported[^1].Source);
    }

    [Fact]
    public void Bytes_of_another_encoding_are_read_where_it_is_named()
    {
        byte[] bytes = Encoding.Latin1.GetBytes("Name,Targets\na,tag:Owner=M\u00fcller\n");

        Assert.Contains("-Encoding windows-1252", Assert.Throws<FileFormatException>(() => FileText.Import(bytes, EntryFileFormat.Csv)).Message, StringComparison.Ordinal);
        foreach (string name in (string[])["windows-1252", "1252", "Latin1", "iso-8859-1"])
        {
            var options = new FileReadOptions { Format = EntryFileFormat.Csv, Encoding = TextEncodings.Find(name) };
            Assert.Equal("tag:Owner=M\u00fcller", Assert.Single(FileText.Import(bytes, options)).Entry!.Targets![0].ToString());
        }

        var marked = new FileReadOptions { Format = EntryFileFormat.Csv, Encoding = TextEncodings.Find("1252") };
        Assert.Equal("\u00fc", Assert.Single(FileText.Import([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("Name,DocumentVersion\na,\u00fc\n")], marked)).Entry!.DocumentVersion);
        Assert.All((string[])["nothing", "0", "65000", "99999", "-1"], name => Assert.Null(TextEncodings.Find(name)));
        Assert.NotNull(TextEncodings.Find("ansi"));
        Assert.NotNull(TextEncodings.Find("oem"));
    }

    [Fact]
    public void Any_delimiter_can_be_named() =>
        Assert.Equal("2", Assert.Single(FileText.Entries("Name|MaxErrors\nx|2\n", EntryFileFormat.Csv, '|')).MaxErrors);

    [Fact]
    public void Every_entry_knows_its_line_with_comments_blank_lines_and_quoted_line_breaks_before_it()
    {
        const string Text = "# a comment, with \"a quote\r\n\r\nName,Parameters\r\none,\"c=\"\"a\r\nb\nc\"\"\"\r\n\r\n# another\r\ntwo,\r\n,\r\n#three,\r\nfour,\"c=x\r\"\r\nfive,";

        IReadOnlyList<AssociationEntry> entries = FileText.Entries(Text, EntryFileFormat.Csv);

        Assert.Equal(["one f:4", "two f:9", "four f:12", "five f:14"], entries.Select(entry => $"{entry.Name} {entry.Source}"));
        Assert.Equal((string?[])["a\r\nb\nc"], entries[0].Parameters!["c"]!);
    }

    [Fact]
    public void A_bad_row_names_its_line_and_the_others_go_on()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(
            "Name,Targets,Duration\nok1,tag:A=b,1\nx,tag:A,2\nx,\"tag:A=b\"c,2\nx,tag:A=b,1.5\nx,a,b,c\nok2,,3\n", EntryFileFormat.Csv);

        Assert.Equal(["f:2 ok1", "f:3 ", "f:4 ", "f:5 ", "f:6 ", "f:7 ok2"], imported.Select(item => $"{item.Source} {item.Entry?.Name}"));
        Assert.StartsWith("Targets: ", Assert.Single(imported[1].Errors), StringComparison.Ordinal);
        Assert.Contains("double quotes", Assert.Single(imported[2].Errors), StringComparison.Ordinal);
        Assert.StartsWith("Duration: ", Assert.Single(imported[3].Errors), StringComparison.Ordinal);
        Assert.Contains("4 cells and the heading 3", Assert.Single(imported[4].Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_column_is_an_error_of_the_rows_that_use_it_and_a_strange_one_a_warning()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import("Name,ScheduleExpresion,Owner\na,rate(1 day),me\nb,,me\nc,,\n", EntryFileFormat.Csv);

        Assert.Contains("Did you mean ScheduleExpression?", Assert.Single(imported[0].Errors), StringComparison.Ordinal);
        Assert.Equal("b", imported[1].Entry!.Name);
        Assert.StartsWith("Owner: ", Assert.Single(imported[1].Warnings).Text, StringComparison.Ordinal);
        Assert.Equal(imported[0].Warnings[0].Kind, imported[1].Warnings[0].Kind);
        Assert.Empty(imported[2].Warnings);
        Assert.NotEmpty(FileText.Import("Name,Owner\nb,me\n", EntryFileFormat.Csv, strict: true)[0].Errors);
    }

    [Theory]
    [InlineData("Paramters.Operation", "Parameters.Operation")]
    [InlineData("Parameter_Operation", "Parameter.Operation")]
    [InlineData("Parameters/Operation", "Parameters.Operation")]
    [InlineData("Parameters:Operation", "Parameters.Operation")]
    [InlineData("Parameters Operation", "Parameters.Operation")]
    [InlineData("Targets_0_Key", "Targets[0].Key")]
    [InlineData("Targets/0/Values", "Targets[0].Values")]
    [InlineData("Targets__Values", "Targets.Values")]
    [InlineData("Targets/tag:Role", "Targets.tag:Role")]
    [InlineData("Targts[0].Key", "Targets[0].Key")]
    [InlineData("Targets.tag:Role.Values", "Targets.tag:Role")]
    [InlineData("Targets[0].Kee", "Key")]
    [InlineData("TargetLocations[0].Acounts", "Accounts")]
    [InlineData("TargetLocation/Regions", "TargetLocation.Regions")]
    [InlineData("OuputLocation.S3Location.OutputS3BucketName", "OutputLocation.S3Location.OutputS3BucketName")]
    [InlineData("OutputLocation.S3Location.OutputS3BucketNme", "OutputS3BucketName")]
    [InlineData("OutputLocation.Bin.OutputS3BucketName", "one of S3Location, ")]
    [InlineData("AlarmConfig.Alarms", "AlarmConfiguration.Alarms")]
    public void A_dotted_column_that_is_written_wrong_is_an_error_with_the_likely_name(string column, string meant)
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import($"Name,{column}\na,x\nb,\n", EntryFileFormat.Csv);

        Assert.Contains($"Did you mean {meant}", Assert.Single(imported[0].Errors), StringComparison.Ordinal);
        Assert.Empty(imported[0].Warnings);
        Assert.Equal("b", imported[1].Entry!.Name);
    }

    [Theory]
    [InlineData("Owner.Team")]
    [InlineData("Cost_Center")]
    [InlineData("Name:Team")]
    public void A_column_of_somebodys_own_is_a_warning_with_dots_too(string column)
    {
        ImportedEntry imported = Assert.Single(FileText.Import($"Name,{column}\na,x\n", EntryFileFormat.Csv));

        Assert.Equal("a", imported.Entry!.Name);
        Assert.Contains(column, Assert.Single(imported.Warnings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_row_is_read_with_a_warning_and_a_value_below_no_name_is_an_error()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import("Name,MaxErrors,,\nx\ny,1,,\nz,1,,2\n", EntryFileFormat.Csv);

        Assert.Contains("fewer cells", Assert.Single(imported[0].Warnings).Text, StringComparison.Ordinal);
        Assert.Equal("x", imported[0].Entry!.Name);
        Assert.Empty(imported[1].Warnings);
        Assert.Contains("column 4", Assert.Single(imported[2].Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,name\nx,y\n", 1, "'name' stands in the heading twice")]
    [InlineData("a,hunter2,hunter2\nb,c,d\n", 1, "in column 2 and in another. If it is a row of values, put one above it")]
    [InlineData("\n,,\nx,y\n", 2, "no names")]
    [InlineData("Na\"me,x\nx,y\n", 1, "heading cannot be read")]
    public void A_heading_that_is_none_ends_the_file(string text, long line, string expected)
    {
        FileFormatException error = FileText.Broken(text, EntryFileFormat.Csv);

        Assert.Equal(line, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,MaxErrors\na,1\nb,\"2\nc,3\n")]
    [InlineData("Name,MaxErrors\na,1\nb,\"2")]
    public void A_quote_without_an_end_spoils_its_row(string text)
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(text, EntryFileFormat.Csv);

        Assert.Equal("a", imported[0].Entry!.Name);
        Assert.Equal("f:3", imported[1].Source);
        Assert.NotEmpty(imported[1].Errors);
        Assert.Equal(2, imported.Count);
    }

    [Theory]
    [InlineData("ok,1\nx,\"2\nc,3\n\n# note\nd,4\n", "line 3 is not closed before the file ends in line 7", "Up to 2 rows are lost")]
    [InlineData("ok,1\nx,\"2\nc,3", "line 3 is not closed before the file ends in line 4", "Up to 1 row is lost")]
    [InlineData("ok,1\r\nx,\"2\r\nc,3\r\nd,4\r\n", "line 3 is not closed before the file ends in line 5", "Up to 2 rows are lost")]
    [InlineData("ok,1\n\"x\n,y\",\"2\nc,3\n", "line 4 is not closed before the file ends in line 5", "Up to 1 row is lost")]
    [InlineData("ok,1\nx,\"2\nc,\"3\"\nd,4\n", "line 3 is closed in line 4 only", "Up to 1 row is lost")]
    [InlineData("ok,1\nx,\"2\nc,3\nd,\"4\"\ne,5\n", "line 3 is closed in line 5 only", "Up to 2 rows are lost")]
    public void A_quote_that_takes_rows_along_says_from_where_to_where_and_how_many(string rows, string span, string lost)
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import("Name,MaxErrors\n" + rows, EntryFileFormat.Csv);

        Assert.Equal("ok", imported[0].Entry!.Name);
        Assert.Equal("f:3", imported[1].Source);
        Assert.True(imported[1].IsRestInDoubt);
        string text = Assert.Single(imported[1].Errors);
        Assert.Contains("opens a value in " + span, text, StringComparison.Ordinal);
        Assert.Contains(lost, text, StringComparison.Ordinal);
        Assert.Contains("nothing after line", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_takes_no_row_along_leaves_the_rest_as_good_as_it_was()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import("Name,Targets,MaxErrors\nx,\"tag:A=b\"c,2\ny,\"tag:A=b\nand\",\"2\"3\nok,,3\n", EntryFileFormat.Csv);

        Assert.Equal(["f:2 False", "f:3 False", "f:5 False"], imported.Select(item => $"{item.Source} {item.IsRestInDoubt}"));
    }

    [Theory]
    [InlineData("Name,\"MaxErrors\na,1\nb,2\n")]
    [InlineData("\"Fleet of 2027\nName,MaxErrors\na,1\nb,2\n")]
    [InlineData("\"Fleet of 2027\nName,MaxErrors\na,\"1\"\nName,MaxErrors\nb,2\n")]
    public void A_heading_that_takes_rows_along_ends_the_file(string text) =>
        Assert.Contains("opens a value in line 1", FileText.Broken(text, EntryFileFormat.Csv).Message, StringComparison.Ordinal);

    [Fact]
    public void A_quote_without_an_end_ends_a_large_file_at_its_line()
    {
        string text = "Name,MaxErrors\na,1\nb,\"2\n" + string.Concat(Enumerable.Repeat("c,3\n", CsvFile.MaxCell / 4));

        FileFormatException error = FileText.Broken(text, EntryFileFormat.Csv);

        Assert.Equal(3, error.Line);
        Assert.Contains("closing double quote", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named_by_their_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("Name,AssociationName\na,b\nb,"), 0xFC, .. Encoding.UTF8.GetBytes("ber\n")];

        FileFormatException error = Assert.Throws<FileFormatException>(() => FileText.Import(bytes, EntryFileFormat.Csv));

        Assert.Equal(3, error.Line);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment")]
    [InlineData("Name,Targets\n")]
    public void A_file_without_rows_has_no_entry(string text) => Assert.Empty(FileText.Import(text, EntryFileFormat.Csv));

    [Fact]
    public void Rows_of_a_file_without_end_are_read_one_by_one()
    {
        using var endless = new EndlessRows();

        ImportedEntry[] first = [.. new EntryImport(new FileFormats(), strict: false).Read(endless, "f", new FileReadOptions { Format = EntryFileFormat.Csv }).Take(50_000)];

        Assert.Equal("f:50001", first[^1].Source);
        Assert.Equal("name-50000", first[^1].Entry!.AssociationName);
    }

    [Fact]
    public void Parameter_values_are_in_no_message()
    {
        string[] rows = ["x,Password=Hunter2,\"", "x,Pass word=Hunter2;,1", "x,\"{\"\"Password\"\": Hunter2}\",1", "x,\"Password=\"\"Hunter2\",1", "x,Hunter2,a,b", "x,\"Hunter2\"x,1"];

        foreach (string row in rows)
        {
            IEnumerable<string> texts = FileText.Import("Name,Parameters,MaxErrors\n" + row + "\n", EntryFileFormat.Csv)
                .SelectMany(item => item.Errors.Concat(item.Warnings.Select(warning => warning.Text)));
            Assert.NotEmpty(texts);
            Assert.All(texts, text => Assert.DoesNotContain("Hunter2", text, StringComparison.Ordinal));
        }
    }

    /// <summary>A file with no end that can be asked for its beginning again.</summary>
    private sealed class EndlessRows : Stream
    {
        private readonly List<byte> _pending = [];
        private long _row;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => long.MaxValue;

        public override long Position
        {
            get => 0;
            set
            {
                _row = value;
                _pending.Clear();
            }
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_pending.Count < count)
            {
                _pending.AddRange(Encoding.UTF8.GetBytes(_row == 0 ? "Name,AssociationName\n" : $"x,name-{_row.ToString(CultureInfo.InvariantCulture)}\n"));
                _row++;
            }

            _pending.CopyTo(0, buffer, offset, count);
            _pending.RemoveRange(0, count);
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
