using System;
using System.IO;
using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;
using SsmAssociationTools.Isolation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands;

/// <summary>Writes entries to a file from which they can be imported again, or a commented starting file.</summary>
[Cmdlet(VerbsData.Export, "SsmAssociationEntry", SupportsShouldProcess = true, DefaultParameterSetName = PathSet, HelpUri = HelpUris.ExportSsmAssociationEntry)]
[OutputType(typeof(void))]
public sealed class ExportSsmAssociationEntryCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string TemplatePathSet = "TemplatePath";
    private const string TemplateLiteralPathSet = "TemplateLiteralPath";

    private readonly InputReader _reader = new();
    private readonly IssueCollector _issues = new();
    private ExportTarget? _target;
    private IEntryFileWriter? _writer;
    private RepeatedWarnings? _warnings;
    private RepeatedErrors? _errors;
    private long _count;
    private long _withDestination;

    /// <summary>Where associations were read from whose entries name no Region, as two are enough to know.</summary>
    private (string? Region, string? AccountId, string? RoleArn)? _place;
    private bool _hasSeveralPlaces;

    /// <summary>The entries: whatever New-SsmAssociationBatch takes; of results and verdicts, their entry.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = LiteralPathSet, ValueFromPipeline = true)]
    [Alias("Entries", "InputObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Entry { get; set; }

    /// <summary>Path of the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TemplatePathSet)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Path of the file, taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = TemplateLiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Writes a commented starting file instead of entries.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TemplatePathSet)]
    [Parameter(Mandatory = true, ParameterSetName = TemplateLiteralPathSet)]
    public EntryTemplateFormat Template { get; set; }

    /// <summary>The form of the file, where its extension does not tell it: Csv, Json, Jsonl, Yaml or Terraform.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet(nameof(EntryFileFormat.Csv), nameof(EntryFileFormat.Json), nameof(EntryFileFormat.Jsonl), nameof(EntryFileFormat.Yaml), nameof(EntryFileFormat.Terraform))]
    public EntryFileFormat Format { get; set; }

    /// <summary>What a JSON or YAML file is as a whole: a list, the document of the AWS CLI, or a CloudFormation template.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public EntryDocumentShape As { get; set; }

    /// <summary>What stands between the cells of a CSV file. Default: a comma; a tab for .tsv.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public char Delimiter { get; set; }

    /// <summary>The encoding of a new file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public EntryFileEncoding Encoding { get; set; }

    /// <summary>Adds to a CSV or JSON lines file that is there.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Append { get; set; }

    /// <summary>Keeps a file that is there: it is an error then.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file even when it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool IsTemplate => ParameterSetName is TemplatePathSet or TemplateLiteralPathSet;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (Exception error) when (error is ObjectDisposedException or IOException)
        {
            // A file that could not be put in its place is closed already, and the error that says so was written.
        }
        finally
        {
            // What was written beside the place holds parameter values: it never stays.
            _target?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _target = new ExportTarget(this, Path, LiteralPath) { MayReplace = !NoClobber || Append, Force = Force };
        FileWriteOptions? options = IsTemplate ? null : Options();
        _target.Check();
        if (!ShouldProcess(VisibleText.Of(_target.Path), IsTemplate ? "Write a starting file" : Append ? "Append association entries" : "Write association entries"))
        {
            return;
        }

        IEntryFileFormats formats = PrivateAssemblies.Create<IEntryFileFormats>(
            ImportSsmAssociationEntryCommand.FormatsAssembly, ImportSsmAssociationEntryCommand.FormatsAssembly + ".FileFormats");
        Stream stream = _target.Open(Append);
        _target.Try(() =>
        {
            if (options is not null)
            {
                _writer = formats.Write(stream, options);
            }
            else
            {
                byte[] template = System.Text.Encoding.UTF8.GetBytes(formats.Template(Template));
                stream.Write(template, 0, template.Length);
            }
        });
        _warnings = new RepeatedWarnings(this);
        _errors = new ErrorsByKind(this, (_, message) => new EntryFileException(message, _target!.Path, 0, [message]));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_writer is null)
        {
            return;
        }

        foreach (PSObject? input in Entry ?? [null])
        {
            Add(input);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_warnings is null)
        {
            return;
        }

        _target!.Try(() => _writer?.Complete());
        _target.Commit();
        _errors!.Finish();
        _warnings.Finish();
        if (As == EntryDocumentShape.Entries && _withDestination > 0)
        {
            WriteWarning($"Region and RoleArn of {_withDestination} entries are left out: the document of the AWS CLI has no place for them.");
        }

        foreach (string remark in _writer?.Remarks ?? [])
        {
            WriteWarning(VisibleText.Of(remark));
        }

        if (_hasSeveralPlaces)
        {
            WriteWarning(VisibleText.Of($"{System.IO.Path.GetFileName(_target.Path)} holds associations of several Regions or accounts, and does not say which is from where. Export those of each to a file of their own."));
        }
    }

    private void Add(PSObject? input)
    {
        long index = _count++;
        InputFacts facts = _reader.Read(input, _issues);
        AssociationEntry? entry = facts.Entry;
        System.Collections.Generic.IReadOnlyList<EntryIssue> issues = _issues.Take();
        foreach (EntryIssue issue in issues)
        {
            if (issue.Level == IssueSeverity.Warning)
            {
                _warnings!.Add(issue.Kind, $"{index}", $"Entry {index}: {issue.Line}", entry?.Source is not null);
            }
        }

        string? reason = EntryIntake.Errors(issues)
            ?? (entry is null ? "The input is no entry." : EntryMembers.Of(entry).Count == 0 ? "The entry has no member with a value." : null);
        if (reason is not null)
        {
            _errors!.Add(ErrorCodes.EntryNotExported, $"{index}{ErrorRecords.Place(entry)}", RepeatedErrors.KindsOf(issues), () => ErrorRecords.EntryNotExported(_target!.Path, index, reason, input));
            return;
        }

        if (_writer!.Refusal(entry!) is string refusal)
        {
            _errors!.Add(ErrorCodes.EntryNotExported, $"{index}{ErrorRecords.Place(entry)}", [refusal], () => ErrorRecords.EntryNotExported(_target!.Path, index, refusal, input));
            return;
        }

        _withDestination += entry!.Region is null && entry.RoleArn is null ? 0 : 1;
        if (facts.Kind == InputKind.Existing && entry.Region is null)
        {
            (string? Region, string? AccountId, string? RoleArn) place = (facts.Region, facts.AccountId, facts.RoleArn);
            _hasSeveralPlaces |= _place is not null && _place != place;
            _place = place;
        }

        
        // What was removed is there no more.
        string? id = facts.Decisive.Kind == InputKind.Removal ? null : facts.Decisive.AssociationId;
        _target!.Try(() => _writer!.Add(entry, id));
    }

    private FileWriteOptions Options()
    {
        if (Delimiter is '"' or '#' or '\r' or '\n' || (Delimiter == '\0' && MyInvocation.BoundParameters.ContainsKey(nameof(Delimiter))))
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Delimiter), Delimiter, "-Delimiter cannot be a double quote, a number sign or a line break."));
        }

        bool isNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Format));
        EntryFileFormat? format = isNamed ? Format : EntryFileFormats.Of(_target!.Path);
        if (format is null or EntryFileFormat.Xlsx || (!isNamed && !EntryFileFormats.IsWritten(_target!.Path)))
        {
            ThrowTerminatingError(ErrorRecords.FormatUnknown(_target!.Path, "Entries are written as .csv, .tsv, .json, .jsonl, .ndjson, .yaml, .yml, .template or .tf."));
        }

        if (Append && format is EntryFileFormat.Json or EntryFileFormat.Yaml or EntryFileFormat.Terraform)
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Append), _target!.Path, $"A {format} file is one text, to which nothing can be appended. Use .jsonl, or import the file and export all entries together."));
        }

        EntryDocumentShape shape = MyInvocation.BoundParameters.ContainsKey(nameof(As)) || !EntryFileFormats.IsTemplate(_target!.Path) ? As : EntryDocumentShape.CloudFormation;
        if (shape != EntryDocumentShape.Array && format is not (EntryFileFormat.Json or EntryFileFormat.Yaml))
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(As), As, "-As is about JSON and YAML files only."));
        }

        return new FileWriteOptions
        {
            Format = format!.Value,
            Delimiter = Delimiter == '\0' ? EntryFileFormats.DelimiterOf(_target!.Path) : Delimiter,
            Encoding = Encoding,
            Shape = shape,
            IsAppended = Append,
        };
    }
}
