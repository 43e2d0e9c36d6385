using System;

namespace SsmAssociationTools.HelpCompiler.Tests;

/// <summary>A good page, for tests to spoil in one place.</summary>
internal static class SamplePage
{
    public const string Path = "docs/Get-Thing.md";

    public const string Text = """
        ---
        document type: cmdlet
        external help file: Sample.dll-Help.xml
        HelpUri: https://example.com/get-thing
        Locale: en-US
        Module Name: Sample
        ms.date: 01/31/2026
        PlatyPS schema version: 2024-05-01
        title: Get-Thing
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets things
        of several **kinds**.

        ## SYNTAX

        ### ByName (Default)

        ```
        Get-Thing [-Name] <string[]> -Kind <ThingKind> [[-Count] <int>] [-Exact]
         [<CommonParameters>]
        ```

        ### ById

        ```
        Get-Thing -Id <int> -Kind <ThingKind> [[-Count] <int>] -All [<CommonParameters>]
        ```

        ## ALIASES

        ## DESCRIPTION

        First paragraph with `code`, a [web link](https://example.com/x), a [page](Other-Thing.md) and a \<mark\>.

        - one
        - two

        ## EXAMPLES

        ### Example 1: Get a thing

        It has one name.

        ```powershell
        Get-Thing -Name 'a' -Kind Small |
            Where-Object Size -gt 3
        ```

        ```Output
        a  Small
        ```

        That was all.

        ### Example 2: Get by id

        ```powershell
        Get-Thing -Id 1 -Kind Large -All
        ```

        ## PARAMETERS

        ### -All

        Takes all.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: False
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: ById
          Position: Named
          IsRequired: true
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Count

        At most so many.

        ```yaml
        Type: System.Nullable`1[System.Int32]
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: 1
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Exact

        Compares case.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: False
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: ByName
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Id

        The number.

        ```yaml
        Type: System.Int32
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: ById
          Position: Named
          IsRequired: true
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Kind

        Small or large.

        ```yaml
        Type: Sample.ThingKind
        DefaultValue: Small
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: true
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues:
        - Small
        - Large
        HelpMessage: ''
        ```

        ### -Name

        The names.

        Wildcards are allowed.

        ```yaml
        Type: System.String[]
        DefaultValue: '*'
        SupportsWildcards: true
        Aliases:
        - Names
        - N
        ParameterSets:
        - Name: ByName
          Position: 0
          IsRequired: true
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### CommonParameters

        This cmdlet supports the common parameters.

        ## INPUTS

        ### System.String

        A name.

        ## OUTPUTS

        ### Sample.Thing

        A thing.

        ### Sample.Other[]

        ## NOTES

        Mind the gap.

        ## RELATED LINKS

        - [Other-Thing](Other-Thing.md)
        - [Things](https://example.com/things)

        """;

    /// <summary>The page with one text replaced.</summary>
    /// <param name="old">A text that stands in it.</param>
    /// <param name="replacement">What is to stand there.</param>
    /// <returns>The page.</returns>
    public static string With(string old, string replacement)
    {
        int place = Text.IndexOf(old, StringComparison.Ordinal);
        return place < 0
            ? throw new ArgumentException($"The sample has no '{old}'.", nameof(old))
            : Text[..place] + replacement + Text[(place + old.Length)..];
    }

    /// <summary>The number of the line where a text stands, from 1.</summary>
    /// <param name="page">The page.</param>
    /// <param name="text">The text; its first place counts.</param>
    /// <returns>The number.</returns>
    public static int LineOf(string page, string text) =>
        page[..page.IndexOf(text, StringComparison.Ordinal)].Split('\n').Length;
}
