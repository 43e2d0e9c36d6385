using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Scheduling;

/// <summary>Every schedule that public sources show, with what is believed of it.</summary>
public sealed class ScheduleDataTests
{
    public static TheoryData<int, string, string> Rows()
    {
        var rows = new TheoryData<int, string, string>();
        int number = 1;
        foreach (string line in File.ReadLines(TestData.PathOf("schedules.csv")).Skip(1))
        {
            number++;
            List<string> cells = Cells(line);
            rows.Add(number, cells[0], cells[3]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_gets_its_verdict(int line, string expression, string believed)
    {
        ScheduleExpression parsed = ScheduleExpression.Parse(expression);
        string shown = $"line {line}, {expression}: " + string.Join(" | ", parsed.Problems.Select(p => $"{p.Severity} {p.Rule.Id} {p.Message}"));
        bool hasError = parsed.Problems.Any(p => p.Severity == IssueSeverity.Error);
        switch (believed)
        {
            case "yes":
                Assert.False(hasError, shown);
                Assert.NotNull(parsed.Schedule);
                break;
            case "no":
                Assert.True(hasError, shown);
                Assert.Null(parsed.Schedule);
                break;
            default:
                Assert.Equal("unknown", believed);
                Assert.False(hasError, shown);
                Assert.NotEmpty(parsed.Problems);
                break;
        }
    }

    [Fact]
    public void The_file_is_whole() => Assert.Equal(99, Rows().Count);

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        int i = 0;
        while (i <= line.Length)
        {
            if (i < line.Length && line[i] == '"')
            {
                var cell = new System.Text.StringBuilder();
                for (i++; i < line.Length; i++)
                {
                    if (line[i] != '"')
                    {
                        cell.Append(line[i]);
                    }
                    else if (i + 1 < line.Length && line[i + 1] == '"')
                    {
                        cell.Append(line[++i]);
                    }
                    else
                    {
                        break;
                    }
                }

                cells.Add(cell.ToString());
                i += 2;
            }
            else
            {
                int comma = line.IndexOf(',', i);
                int end = comma < 0 ? line.Length : comma;
                cells.Add(line[i..end]);
                i = end + 1;
            }
        }

        return cells;
    }
}
