using System;
using System.Collections.Generic;
using System.IO;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>Documents as files: what they declare, whatever form they have, and what is said of files that are none.</summary>
public sealed class DocumentFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly List<string> _passedOver = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("web-config.json", """{"schemaVersion":"2.2","parameters":{"Level":{"type":"String","allowedValues":["1","2"]},"Note":{"type":"String","default":""}}}""")]
    [InlineData("web-config.yaml", "---\nschemaVersion: \"2.2\"\nparameters:\n  Level:\n    type: String\n    allowedValues: [1, \"2\"]\n  Note: { type: String, default: '' }\n")]
    [InlineData("web-config.yml", "schemaVersion: 2.2\nparameters: { Level: { type: String, allowedValues: [ '1', '2' ] }, Note: { type: String, default: } }\n")]
    [InlineData("answer.json", """{"Name":"web-config","DocumentType":"Command","Content":"{\"schemaVersion\":\"2.2\",\"parameters\":{\"Level\":{\"type\":\"String\",\"allowedValues\":[\"1\",\"2\"]},\"Note\":{\"type\":\"String\",\"default\":\"\"}}}"}""")]
    [InlineData("answer2.json", """{"Name":"arn:aws:ssm:us-east-1:111122223333:document/web-config","Content":"schemaVersion: '2.2'\nparameters:\n  Level: { type: String, allowedValues: ['1', '2'] }\n  Note: { type: String, default: '' }\n"}""")]
    public void A_document_is_read_in_every_form(string file, string content)
    {
        Write(file, content);

        KnownDocument document = Read().Find("web-config")!;

        Assert.Equal(DocumentType.Command, document.Type);
        Assert.Equal(["Level", "Note"], document.Parameters!);
        Assert.Equal(["Level"], document.Required);
        Assert.Equal(["1", "2"], document.Allowed["Level"]);
        Assert.Equal("document: " + file, document.Source);
        Assert.Empty(_passedOver);
    }

    [Theory]
    [InlineData("fleet.json", """[{"Name":"AWS-UpdateSSMAgent"}]""", "no document")]
    [InlineData("broken.json", """{"schemaVersion":""", "no JSON")]
    [InlineData("broken.yaml", "a: [", "no YAML")]
    [InlineData("empty.json", "", "no document")]
    [InlineData("several.yaml", "schemaVersion: '2.2'\n---\nschemaVersion: '2.2'\n", "several")]
    public void A_file_that_is_no_document_is_named_and_passed_over(string file, string content, string said)
    {
        Write(file, content);
        Write("good.json", """{"schemaVersion":"2.2"}""");
        Write("notes.txt", "not looked at");

        DocumentFolder folder = Read();

        Assert.Equal(1, folder.Count);
        string text = Assert.Single(_passedOver);
        Assert.StartsWith(file, text, StringComparison.Ordinal);
        Assert.Contains(said, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_of_one_document_are_an_error()
    {
        Write("a.json", """{"schemaVersion":"2.2"}""");
        Write("a.yaml", "schemaVersion: '2.2'");

        Assert.Contains("a.json and a.yaml", Assert.Throws<FileFormatException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_file_can_be_given_in_place_of_a_folder()
    {
        Write("mine.json", """{"schemaVersion":"0.3"}""");

        DocumentFolder folder = DocumentFolder.Read(Path.Combine(_folder.FullName, "mine.json"), new FileFormats(), _passedOver.Add);

        Assert.Equal(DocumentType.Automation, folder.Find("mine")!.Type);
        Assert.Null(folder.Find("Mine"));
    }

    private DocumentFolder Read() => DocumentFolder.Read(_folder.FullName, new FileFormats(), _passedOver.Add);

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder.FullName, file), content);
}
