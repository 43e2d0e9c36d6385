using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.HelpCompiler.Maml;
using SsmAssociationTools.HelpCompiler.Pages;

namespace SsmAssociationTools.HelpCompiler;

/// <summary>Compiles pages into one help file. Problems go to standard error in the form that MSBuild reads.</summary>
internal static class Program
{
    private const string Usage = "usage: SsmAssociationTools.HelpCompiler <help file> <page.md>...";

    /// <summary>Compiles the pages that the arguments name.</summary>
    /// <param name="args">The help file to write, then the pages.</param>
    /// <returns>0 when the help file is written; 1 when a page has a problem, and then nothing is written; 2 for wrong arguments.</returns>
    public static int Main(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        List<PageProblem> problems = Compile(args[0], args[1..]);
        foreach (PageProblem problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Compiles pages.</summary>
    /// <param name="helpFile">Path of the file to write; its name is what the pages must call it.</param>
    /// <param name="paths">Paths of the pages, in any order.</param>
    /// <returns>All that is wrong; when there is something, nothing is written.</returns>
    public static List<PageProblem> Compile(string helpFile, IReadOnlyList<string> paths)
    {
        var problems = new List<PageProblem>();
        var pages = new List<HelpPage>();
        foreach (string path in paths.OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal))
        {
            HelpPage? page = PageReader.Read(path, File.ReadAllText(path), out IReadOnlyList<PageProblem> found);
            problems.AddRange(found);
            if (page is not null && !page.HelpFile.Equals(Path.GetFileName(helpFile), StringComparison.Ordinal))
            {
                problems.Add(new PageProblem(path, 1, $"'external help file' must be '{Path.GetFileName(helpFile)}'."));
            }
            else if (page is not null)
            {
                pages.Add(page);
            }
        }

        if (problems.Count == 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(helpFile))!);
            File.WriteAllBytes(helpFile, MamlWriter.Write(pages));
        }

        return problems;
    }
}
