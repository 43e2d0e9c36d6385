using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>A test that needs a browser. Where there is none it is not run, and the result says so.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Path is null)
        {
            Skip = "Not run: there is no Chromium on the PATH, and CHROME_PATH names none.";
        }
    }
}
