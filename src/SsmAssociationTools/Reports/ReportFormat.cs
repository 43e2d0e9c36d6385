namespace SsmAssociationTools.Reports;

/// <summary>The form of a report.</summary>
public enum ReportFormat
{
    /// <summary>A page to look at.</summary>
    Html,

    /// <summary>JUnit XML, which build servers show as tests: an entry is a test, its file a suite.</summary>
    JUnit,

    /// <summary>SARIF 2.1.0, which code reviews show at the lines of the files.</summary>
    Sarif,
}
