using System;
using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Isolation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>Reads entries from files; each remembers its file and line.</summary>
[Cmdlet(VerbsData.Import, "SsmAssociationEntry", DefaultParameterSetName = PathSet, HelpUri = HelpUris.ImportSsmAssociationEntry)]
[OutputType(typeof(AssociationEntry), typeof(UnreadableEntry))]
public sealed class ImportSsmAssociationEntryCommand : PSCmdlet, IDisposable
{
    /// <summary>The private assembly that reads and writes files.</summary>
    internal const string FormatsAssembly = "SsmAssociationTools.Formats";

    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly CanonicalContent _canonical = new();
    private EntryImport? _import;
    private TemplateInputs _templates = new();
    private Shard? _shard;
    private long _index;
    private bool _isDoubtTold;
    private RepeatedWarnings? _warnings;
    private RepeatedErrors? _errors;
    private Encoding? _encoding;

    /// <summary>Paths of files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of files, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The form of the files, where their extension does not tell it.</summary>
    [Parameter]
    public EntryFileFormat Format { get; set; }

    /// <summary>What stands between the cells of a CSV file. Without it the heading tells: comma, semicolon or tab.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; }

    /// <summary>
    /// The encoding of text files that have no byte order mark and are no UTF-8, such as windows-1252: ansi, oem, or the name
    /// or number of any code page.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <summary>The sheet of an Excel workbook; without it the first one that is shown.</summary>
    [Parameter]
    [Alias("WorksheetName")]
    [ValidateNotNullOrEmpty]
    public string? Sheet { get; set; }

    /// <summary>
    /// Values for the parameters of CloudFormation templates, by their names: text, or a list for a parameter that is one. A
    /// secure string is taken as the text in it. A parameter of Parameter Store takes its value, not its name there.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? TemplateParameter { get; set; }

    /// <summary>
    /// Values that only the stack of a template knows: of a Ref by the resource's name, as in <c>Instance</c>, of an attribute as
    /// in <c>Role.Arn</c>, of <c>AWS::StackName</c>, of <c>{{resolve:ssm:NAME}}</c> as <c>resolve:ssm:NAME</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? TemplateValue { get; set; }

    /// <summary>The Region for which templates are worked out: AWS::Region, and with it AWS::Partition and AWS::URLSuffix.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The account for which templates are worked out: AWS::AccountId, 12 digits.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>Makes every warning an error: an entry with one is not returned.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>
    /// Returns one part of the entries: 3/16 is the third of sixteen parts. The content of an entry decides, so the parts of
    /// the same files are the same on every machine, and together they are the files.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _canonical.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _shard = ShardParameter.Read(this, Shard);
        if (Delimiter is '"' or '#' or '\r' or '\n' || (Delimiter == '\0' && MyInvocation.BoundParameters.ContainsKey(nameof(Delimiter))))
        {
            ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Delimiter), Delimiter, "-Delimiter cannot be a double quote, a number sign or a line break."));
        }

        if (Encoding is not null)
        {
            _encoding = TextEncodings.Find(Encoding);
            if (_encoding is null)
            {
                ThrowTerminatingError(ErrorRecords.InvalidParameter(nameof(Encoding), Encoding, $"-Encoding '{Encoding}' is no encoding. Give ansi, oem, utf8, utf16, or the name or number of a code page, such as windows-1252 or 850."));
            }
        }

        _templates = TemplateParameters.Read(this, TemplateParameter, TemplateValue, Region, AccountId);
        IEntryFileFormats formats = PrivateAssemblies.Create<IEntryFileFormats>(FormatsAssembly, FormatsAssembly + ".FileFormats");
        _import = new EntryImport(formats, Strict);
        _warnings = new RepeatedWarnings(this, maxKindsOfFiles: 3);
        _errors = new ErrorsOfFiles(this, static (_, message) => new EntryFileException(message, string.Empty, 0, [message]));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            foreach (string file in Files(path, isLiteral))
            {
                Import(file);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string unused = string.Join(", ", _templates.Unused);
        if (unused.Length > 0)
        {
            WriteWarning(VisibleText.Of($"No template that was read asks for {unused}. Names are those of the template's parameters, resources and attributes."));
        }
    }

    private Collection<string> Files(string path, bool isLiteral)
    {
        ProviderInfo provider;
        Collection<string> files;
        try
        {
            if (isLiteral)
            {
                files = [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            }
            else
            {
                files = GetResolvedProviderPathFromPSPath(path, out provider);
            }
        }
        catch (Exception error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            Fail(ErrorRecords.FileNotFound(path, error));
            return [];
        }

        if (provider.ImplementingType != typeof(FileSystemProvider))
        {
            Fail(ErrorRecords.PathInvalid(path, "is no file of the file system."));
            return [];
        }

        if (files.Count == 0)
        {
            Fail(ErrorRecords.FileNotFound(path, null));
        }

        return files;
    }

    private void Import(string path)
    {
        if (Directory.Exists(path))
        {
            Fail(ErrorRecords.PathInvalid(path, "is a folder."));
            return;
        }

        if (!File.Exists(path))
        {
            Fail(ErrorRecords.FileNotFound(path, null));
            return;
        }

        EntryFileFormat? format = MyInvocation.BoundParameters.ContainsKey(nameof(Format)) ? Format : EntryFileFormats.Of(path);
        if (format is null)
        {
            Fail(ErrorRecords.FormatUnknown(path, $"The extension does not tell the form; {EntryFileFormats.Known} are known."));
            return;
        }

        string name = System.IO.Path.GetFileName(path);
        long count = 0;
        _isDoubtTold = false;
        try
        {
            // A file that Excel holds open can be read.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
            char? delimiter = Delimiter == '\0' ? EntryFileFormats.DelimiterOf(path) : Delimiter;
            var options = new FileReadOptions { Format = format.Value, Delimiter = delimiter, Encoding = _encoding, Sheet = Sheet, Templates = CdkManifest.Inputs(path, _templates) };
            foreach (ImportedEntry item in _import!.Read(stream, name, options))
            {
                count++;
                Write(item, path);
            }
        }
        catch (FileFormatException error)
        {
            count++;
            Fail(ErrorRecords.FileInvalid(path, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            count++;
            Fail(ErrorRecords.FileNotRead(path, error));
        }

        _errors!.Finish();
        _warnings!.Finish();
        if (count == 0)
        {
            WriteWarning(VisibleText.Of($"{name} holds no entry."));
        }
    }

    private void Write(ImportedEntry item, string path)
    {
        if (_shard?.Has(item.Entry is null ? null : _canonical.KeyOf(item.Entry), _index++) == false)
        {
            return;
        }

        foreach (ImportProblem warning in item.Warnings)
        {
            _warnings!.Add(warning.Kind, item.Source, $"{item.Source}: {warning.Text}", isOfFile: true);
        }

        if (item.Errors.Count > 0)
        {
            WriteObject(MarkerShape.AmongEntries(MarkerOf(ErrorRecords.EntryNotRead(path, item), item)));
            if (item.IsRestInDoubt && !_isDoubtTold)
            {
                // Among the errors that are only counted nobody would see that rows are missing.
                _isDoubtTold = true;
                WriteError(ErrorRecords.EntryNotRead(path, item));
            }
            else if (!item.IsTold)
            {
                _errors!.Add(ErrorCodes.EntryNotRead, item.Source, item.ErrorKinds, () => ErrorRecords.EntryNotRead(path, item));
            }
        }
        else if (item.Entry is not null)
        {
            item.Entry.IsPart = _shard is not null;
            item.Entry.SourcePath = path;
            WriteObject(item.Entry);
        }
    }

    /// <summary>
    /// Says what could not be read, and puts something in its place: who takes the entries is to know that one is missing.
    /// </summary>
    private void Fail(ErrorRecord error)
    {
        WriteObject(MarkerShape.AmongEntries(MarkerOf(error, null)));
        WriteError(error);
    }

    private static UnreadableEntry MarkerOf(ErrorRecord error, ImportedEntry? item)
    {
        var problem = (EntryFileException)error.Exception;
        string file = System.IO.Path.GetFileName(problem.Path);
        string place = file.Length == 0 ? problem.Path : file;
        return new UnreadableEntry(error.FullyQualifiedErrorId, problem.Message, item?.Issues ?? [])
        {
            Source = item?.Source ?? (problem.Line > 0 ? place + ":" + problem.Line.ToString(CultureInfo.InvariantCulture) : place),
            Path = problem.Path,
            Line = problem.Line,
        };
    }
}
