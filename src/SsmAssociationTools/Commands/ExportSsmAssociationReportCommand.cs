using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Text;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;
using SsmAssociationTools.Reports;

namespace SsmAssociationTools.Commands;

/// <summary>Writes a plan or the results of a run as one HTML file to look at, to print and to send. Calls nothing.</summary>
[Cmdlet(VerbsData.Export, "SsmAssociationReport", SupportsShouldProcess = true, DefaultParameterSetName = PathSet, HelpUri = HelpUris.ExportSsmAssociationReport)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSsmAssociationReportCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<ReportRow> _rows = [];
    private ExportTarget? _target;
    private Stream? _stream;
    private ReportRowReader? _reader;
    private RepeatedErrors? _errors;
    private long _count;

    /// <summary>Verdicts of Test-SsmAssociationEntry, results of New-SsmAssociationBatch, or entries of any shape.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>Path of the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Path of the file, taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>What the report is called. Default: what is in it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The form of the report. Without it the extension tells: .xml is JUnit, .sarif is Sarif, anything else a page.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>Shows only the entries that have a problem; the counts are those of all.</summary>
    [Parameter]
    public SwitchParameter ProblemsOnly { get; set; }

    /// <summary>Keeps a file that is there: it is an error then.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file even when it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _target?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Before anything is sent upstream: a run whose report cannot be written is not to begin.
        _target = new ExportTarget(this, Path, LiteralPath) { MayReplace = !NoClobber, Force = Force };
        _target.Check();
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Format)) && FormatOf(_target.Path) == ReportFormat.Html && EntryFileFormats.Of(_target.Path) is not null)
        {
            // Who mistakes this command for Export-SsmAssociationEntry would have a page where the entries were.
            ThrowTerminatingError(ErrorRecords.FormatUnknown(_target.Path, "This is the name of a file of entries, and a report would take its place. Reports are .html, .xml and .sarif."));
        }

        if (ShouldProcess(VisibleText.Of(_target.Path), "Write a report"))
        {
            _stream = _target.Open(isAppended: false);
            _reader = new ReportRowReader();
            _errors = new ErrorsByKind(this, (_, message) => new EntryFileException(message, _target!.Path, 0, [message]));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_reader is null)
        {
            return;
        }

        // A null in the pipeline binds as no array at all; it is an input like any other.
        foreach (PSObject? input in Entry ?? [null])
        {
            long index = _count++;
            if (_reader.Read(input, out string? reason) is ReportRow row)
            {
                _rows.Add(row);
            }
            else
            {
                _errors!.Add(ErrorRecords.EntryNotExported(_target!.Path, index, reason!, input), index.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_reader is null)
        {
            return;
        }

        try
        {
            _target!.Try(Write);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        _target.Commit();
        _errors!.Finish();
        if (PassThru)
        {
            WriteObject(new FileInfo(_target.Path));
        }
    }

    private void Write()
    {
        // The time is that of the end: results of a long run are no older than the report.
        var report = new Report(Title, SystemTime.UtcNow, TimeZoneInfo.Local) { LeftOut = _count - _rows.Count, HasProblemsOnly = ProblemsOnly };
        foreach (ReportRow row in _rows)
        {
            report.Add(row);
        }

        using var writer = new StreamWriter(_stream!, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        switch (MyInvocation.BoundParameters.ContainsKey(nameof(Format)) ? Format : FormatOf(_target!.Path))
        {
            case ReportFormat.JUnit:
                JUnitReport.Write(writer, report, SessionState.Path.CurrentFileSystemLocation.ProviderPath);
                break;
            case ReportFormat.Sarif:
                SarifReport.Write(writer, report, SessionState.Path.CurrentFileSystemLocation.ProviderPath);
                break;
            default:
                ReportPage.Write(writer, report, () => Stopping);
                break;
        }
    }

    private static ReportFormat FormatOf(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".XML" => ReportFormat.JUnit,
        ".SARIF" => ReportFormat.Sarif,
        ".JSON" when path.EndsWith(".sarif.json", StringComparison.OrdinalIgnoreCase) => ReportFormat.Sarif,
        _ => ReportFormat.Html,
    };
}
