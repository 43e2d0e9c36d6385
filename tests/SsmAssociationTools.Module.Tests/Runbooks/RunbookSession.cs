using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using SsmAssociationTools.Module.Tests.Hosting;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>
/// A session in which a runbook runs as it is, against an embedded endpoint. What the engine of the tests does not have, and
/// what only the cloud has, is a function of the session. Uses environment variables: only in <see cref="ProcessEnvironment"/>.
/// </summary>
internal sealed class RunbookSession : IDisposable
{
    private const string StandIns = """
        $endpoint = Start-SsmLocalEndpoint
        $PSDefaultParameterValues = @{ 'New-SsmAssociationBatch:EndpointUrl' = $endpoint.Url.AbsoluteUri; 'Get-SsmAssociationOutcome:EndpointUrl' = $endpoint.Url.AbsoluteUri }
        $log = [Collections.Generic.List[string]]::new()
        function ConvertFrom-Json { param([Parameter(ValueFromPipeline)] $InputObject) process { $fromJson.Invoke($InputObject) } }
        function ConvertTo-Json { param([Parameter(ValueFromPipeline)] $InputObject, $Depth, [switch] $Compress) process { $toJson.Invoke($InputObject) } }
        function Install-Module { $log.Add("Install-Module $args") }
        function Write-Host { $log.Add("$args") }
        function Write-Verbose { param($Message) $log.Add("verbose: $Message") }
        function Get-FileHash { param($LiteralPath, $Algorithm) [pscustomobject]@{ Hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($LiteralPath))) } }
        function Invoke-WebRequest { param($Uri, $OutFile, [switch] $UseBasicParsing) $log.Add("GET $Uri"); [IO.File]::Copy([IO.Path]::Combine($PWD.Path, 'remote'), $OutFile) }
        function Read-S3Object { param($BucketName, $Key, $File, $Region) $log.Add("S3 $BucketName $Key $Region"); [IO.File]::Copy([IO.Path]::Combine($PWD.Path, 'remote'), $File); [IO.FileInfo]::new($File) }
        """;

    private readonly Dictionary<string, string?> _before = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <summary>Opens the session; files of the runbook are relative to its folder.</summary>
    public RunbookSession()
    {
        Environment("PSModulePath", Path.GetFullPath(Path.Combine(TestPaths.Stage, "..", "..")));
        Environment("AWS_ACCESS_KEY_ID", "local");
        Environment("AWS_SECRET_ACCESS_KEY", "local");
        Session = new ModuleSession();
        Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.FullName);
        Session.SetVariable("fromJson", (Func<string, object?>)RunbookJson.Read);
        Session.SetVariable("toJson", (Func<object?, string>)RunbookJson.Write);
        Session.Run(StandIns).WithoutErrors();
    }

    /// <summary>The session.</summary>
    public ModuleSession Session { get; }

    /// <summary>What the stand-ins were called with.</summary>
    public IReadOnlyList<string> Log => Session.Run("$log").OutputOf<string>();

    /// <summary>Associations at the endpoint.</summary>
    public int Associations => Session.Run("$endpoint.AssociationCount").OutputOf<int>().Single();

    /// <summary>The text of a file of docs/runbooks.</summary>
    /// <param name="path">Its path below docs/runbooks.</param>
    /// <returns>The text.</returns>
    public static string Read(string path) => File.ReadAllText(Find(path));

    /// <summary>The path of a file of docs/runbooks.</summary>
    /// <param name="path">Its path below docs/runbooks.</param>
    /// <returns>The whole path.</returns>
    public static string Find(string path) => Path.Combine(TestPaths.Repository, "docs", "runbooks", path);

    /// <summary>Rows of a CSV file that make good entries, entries that break a rule, and entries that the service refuses.</summary>
    /// <param name="good">How many good ones.</param>
    /// <param name="invalid">How many that break a rule.</param>
    /// <param name="refused">How many that the service refuses.</param>
    /// <returns>The text of the file.</returns>
    public static string Csv(int good, int invalid = 0, int refused = 0)
    {
        var text = new StringBuilder("Name,AssociationName,Targets,Parameters,ScheduleExpression\n");
        for (int i = 0; i < good; i++)
        {
            text.Append("AWS-RunPatchBaseline,good-").Append(i).Append(",tag:Node=n").Append(i).Append(",Operation=Scan,rate(1 day)\n");
        }

        for (int i = 0; i < invalid; i++)
        {
            text.Append("AWS-RunShellScript,bad-").Append(i).Append(",tag:Node=n").Append(i).Append(",commands=geheim-").Append(i).Append(",rate(1 minute)\n");
        }

        for (int i = 0; i < refused; i++)
        {
            text.Append("Nobody-Has-This,refused-").Append(i).Append(",tag:Node=n").Append(i).Append(",secret=geheim-").Append(i).Append(",rate(1 day)\n");
        }

        return text.ToString();
    }

    /// <summary>Writes a file into the folder of the session.</summary>
    /// <param name="name">Its name; <c>remote</c> is what downloads bring.</param>
    /// <param name="text">Its text.</param>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    /// <summary>Copies a file into the folder of the session.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its new name.</param>
    public void Copy(string path, string name) => File.Copy(path, Path.Combine(_folder.FullName, name));

    /// <summary>Sets an environment variable until the session ends.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Environment(string name, string? value)
    {
        _before.TryAdd(name, System.Environment.GetEnvironmentVariable(name));
        System.Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Runs a script in a scope of its own; an error that ends a command ends the script.</summary>
    /// <param name="script">The script.</param>
    /// <returns>What it left behind.</returns>
    public ScriptResult Run(string script) => Session.Run("try { & {\n" + script + "\n} } catch { throw }");

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        foreach ((string name, string? value) in _before)
        {
            System.Environment.SetEnvironmentVariable(name, value);
        }

        _folder.Delete(recursive: true);
    }
}
