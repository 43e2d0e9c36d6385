using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using AngleSharp.Html.Parser;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>A browser without a window, where this computer has one.</summary>
internal static class Chromium
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>The program of CHROME_PATH, or the first of a known name on the PATH; null where there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Opens a page in a frame of a given width, lets a script look at it, and returns what the script wrote.</summary>
    /// <param name="page">The text of the page. It runs under its own policy; the script that looks is outside of it.</param>
    /// <param name="width">Width of the frame in CSS pixels.</param>
    /// <param name="script">Statements that see <c>page</c> (the document in the frame), <c>frame</c> (its window) and <c>say</c>, which takes a line, and may await.</param>
    /// <param name="isDark">Whether the reader prefers a dark page.</param>
    /// <returns>The lines, and after them those that the browser complained with.</returns>
    public static string[] Look(string page, int width, string script, bool isDark = false)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string file = System.IO.Path.Combine(folder.FullName, "look.html");
            File.WriteAllText(file, $$"""
                <!DOCTYPE html><html><head><meta charset="utf-8"></head><body><pre id="said"></pre>
                <iframe id="f" style="width:{{width}}px;height:800px;border:0" srcdoc="{{WebUtility.HtmlEncode(page)}}"></iframe>
                <script>
                document.getElementById('f').addEventListener('load', async function () {
                    const frame = this.contentWindow, page = this.contentDocument, said = document.getElementById('said');
                    const say = text => { said.textContent += text + '\n'; };
                    const wait = time => new Promise(done => setTimeout(done, time));
                    try { {{script}} } catch (error) { say(error); }
                });
                </script></body></html>
                """);
            var start = new ProcessStartInfo(Path!)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList =
                {
                    // Tests run as root in containers, where its sandbox cannot; it opens one file of this test.
                    "--headless", "--hide-scrollbars", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--enable-logging=stderr",
                    "--user-data-dir=" + System.IO.Path.Combine(folder.FullName, "profile"),
                    "--blink-settings=preferredColorScheme=" + (isDark ? "0" : "1"),
                    "--virtual-time-budget=10000", "--dump-dom", new Uri(file).AbsoluteUri,
                },
            };
            using Process browser = Process.Start(start)!;
            Task<string> errors = browser.StandardError.ReadToEndAsync();
            string dom = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
            string said = new HtmlParser().ParseDocument(dom).GetElementById("said")?.TextContent ?? string.Empty;
            return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries), .. errors.GetAwaiter().GetResult().Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("CHROME_PATH");
        if (!string.IsNullOrEmpty(named))
        {
            return named;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => s_names.Select(name => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .FirstOrDefault(File.Exists);
    }
}
