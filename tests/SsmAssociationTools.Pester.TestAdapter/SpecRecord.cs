namespace SsmAssociationTools.Pester.TestAdapter;

/// <summary>A spec that was found or run, as Invoke-Specs.ps1 writes it.</summary>
internal sealed record SpecRecord(string File, string Name, int Line, string Result, double Seconds, string Error);
