using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Files;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

public sealed class WorkbookImportTests
{
    private static readonly string?[] s_heading = ["Name", "Targets", "MaxErrors", "Duration", "ApplyOnlyAtCronInterval"];

    [Fact]
    public void Cells_are_read_as_they_are_shown()
    {
        IReadOnlyList<ImportedEntry> imported = Import(
            ["AWS-UpdateSSMAgent", "tag:Role=web,db; tag:Env=prod", "<c r=\"REF\" s=\"1\"><v>0.1</v></c>", "<c r=\"REF\"><v>2</v></c>", "<c r=\"REF\" t=\"b\"><v>1</v></c>"],
            ["AWS-UpdateSSMAgent", "InstanceIds=*", "<c r=\"REF\" s=\"3\"><v>1000</v></c>", "3", "false"],
            ["AWS-UpdateSSMAgent", "InstanceIds=*", "<c r=\"REF\" t=\"str\"><f>\"2\"&amp;\"5%\"</f><v>25%</v></c>", "<c r=\"REF\"><f>1+1</f><v>2</v></c>"]);

        Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
        Assert.Equal(
            ["10% 2 True f:2", "1000 3 False f:3", "25% 2  f:4"],
            imported.Select(item => $"{item.Entry!.MaxErrors} {item.Entry.Duration} {item.Entry.ApplyOnlyAtCronInterval} {item.Source}"));
        Assert.Equal("tag:Role=web,db", imported[0].Entry!.Targets![0].ToString());
    }

    [Theory]
    [InlineData("<c r=\"REF\" s=\"2\"><v>46000</v></c>", "looks like a date")]
    [InlineData("<c r=\"REF\" t=\"e\"><v>#N/A</v></c>", "has the error #N/A")]
    [InlineData("<c r=\"REF\"><f>1+1</f></c>", "no value of it was saved")]
    [InlineData("<c r=\"REF\"><v>1.5</v></c>", "not a whole number")]
    public void A_cell_that_would_mean_something_else_is_refused_with_its_cause(string cell, string cause)
    {
        ImportedEntry item = Assert.Single(Import(["AWS-UpdateSSMAgent", "InstanceIds=*", null, cell]));

        Assert.Null(item.Entry);
        Assert.Contains(cause, string.Join(" ", item.Errors), StringComparison.Ordinal);
        Assert.StartsWith("Duration: ", item.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_and_group_headings_above_the_heading_are_passed_over_with_one_warning()
    {
        byte[] file = new Workbook()
            .Sheet("Fleet", [["Patching 2027"], [], ["What", null, "How"], s_heading, ["AWS-UpdateSSMAgent", "InstanceIds=*"], [], ["AWS-UpdateSSMAgent", "InstanceIds=*"]], merged: ["A1:E1", "A3:B3"])
            .ToArray();

        IReadOnlyList<ImportedEntry> imported = FileText.Import(file, EntryFileFormat.Xlsx);

        Assert.Equal("The heading is in line 4. What stands above it, such as a title or headings of groups, is passed over.", Assert.Single(imported.SelectMany(item => item.Warnings)).Text);
        Assert.Equal(["f:5", "f:7"], imported.Where(item => item.Entry is not null).Select(item => item.Source));
    }

    [Fact]
    public void A_cell_below_the_first_of_merged_ones_is_refused_because_it_would_be_blank()
    {
        byte[] file = new Workbook().Sheet("Fleet", [s_heading, ["AWS-UpdateSSMAgent", "InstanceIds=*"], ["AWS-UpdateSSMAgent", null]], merged: ["B2:B3"]).ToArray();

        IReadOnlyList<ImportedEntry> imported = FileText.Import(file, EntryFileFormat.Xlsx);

        Assert.NotNull(imported[0].Entry);
        Assert.StartsWith("Targets: The cell is merged", Assert.Single(imported[1].Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_rows_are_read_and_said_and_empty_rows_at_the_end_are_nothing()
    {
        byte[] file = new Workbook()
            .Sheet("Fleet", [s_heading, ["AWS-UpdateSSMAgent", "InstanceIds=*"], ["AWS-UpdateSSMAgent", "tag:a=b"], ["<c r=\"REF\" s=\"1\"/>"], []], hidden: [3])
            .ToArray();

        IReadOnlyList<ImportedEntry> imported = FileText.Import(file, EntryFileFormat.Xlsx);

        Assert.Equal(2, imported.Count(item => item.Entry is not null));
        Assert.Contains("hidden and were read as well: 1", Assert.Single(imported.SelectMany(item => item.Warnings)).Text, StringComparison.Ordinal);
        Assert.Equal("f:3", imported[^1].Source);
    }

    [Fact]
    public void The_first_sheet_that_is_shown_is_read_and_the_others_are_named()
    {
        byte[] file = new Workbook()
            .Sheet("Lists", [["Name"], ["no"]], state: "hidden")
            .Sheet("Fleet", [s_heading, ["AWS-UpdateSSMAgent", "InstanceIds=*"]])
            .Sheet("Notes", [["Owner"], ["me"]])
            .ToArray();

        IReadOnlyList<ImportedEntry> imported = FileText.Import(file, EntryFileFormat.Xlsx);

        Assert.Equal("AWS-UpdateSSMAgent", Assert.Single(imported, item => item.Entry is not null).Entry!.Name);
        Assert.Contains("'Notes'; -Sheet", Assert.Single(imported.SelectMany(item => item.Warnings)).Text, StringComparison.Ordinal);
        Assert.Equal("no", Assert.Single(FileText.Import(file, new FileReadOptions { Format = EntryFileFormat.Xlsx, Sheet = "lists" })).Entry!.Name);
        FileFormatException error = Assert.Throws<FileFormatException>(() => FileText.Import(file, new FileReadOptions { Format = EntryFileFormat.Xlsx, Sheet = "2026" }));
        Assert.Contains("It has: Lists, Fleet, Notes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_workbook_is_one_error()
    {
        byte[] file = new Workbook().Sheet("Fleet", [s_heading]).ToArray();
        Assert.Contains("no Excel workbook", Broken(Encoding.ASCII.GetBytes("Name,Targets\n")), StringComparison.Ordinal);
        Assert.Contains("password", Broken([0xD0, 0xCF, 0x11, 0xE0, 0, 0]), StringComparison.Ordinal);
        for (int length = 4; length < file.Length; length += 97)
        {
            Assert.Contains("damaged", Broken(file[..length]), StringComparison.Ordinal);
        }

        static string Broken(byte[] bytes) => Assert.Throws<FileFormatException>(() => FileText.Import(bytes, EntryFileFormat.Xlsx)).Message;
    }

    private static IReadOnlyList<ImportedEntry> Import(params string?[][] rows) =>
        FileText.Import(new Workbook().Sheet("Fleet", [s_heading, .. rows]).ToArray(), EntryFileFormat.Xlsx);
}
