using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Reads the command line of a credential_process. A program is started as it is, with its arguments as they are quoted; a
/// shell comes in only where the line has words for one, as the AWS SDKs would take it.
/// </summary>
internal static class ProgramCommand
{
    /// <summary>Characters that mean something to a shell of Unix where they are not quoted.</summary>
    private const string ShellCharacters = "|&;<>()$`*?[]#~!{}\r\n";

    /// <summary>Characters that mean something to cmd.exe.</summary>
    private const string CmdCharacters = "|&<>^%\r\n";

    /// <summary>Says how to start the program of a command line.</summary>
    public static ProcessStartInfo Start(string command, bool isWindows, Func<string, string?> environment) =>
        isWindows ? OnWindows(command, environment) : OnUnix(command, environment);

    /// <summary>Splits a line as a shell of Unix does; null where only a shell can.</summary>
    public static IReadOnlyList<string>? Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isOpen = false;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (c == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                char next = command[++i];
                if (quote == '"' && next is not ('"' or '\\' or '$' or '`'))
                {
                    word.Append(c);
                }

                word.Append(next);
                isOpen = true;
            }
            else if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else if (quote == '"' && c is '$' or '`')
                {
                    return null;
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                isOpen = true;
            }
            else if (c is ' ' or '\t')
            {
                if (isOpen)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    isOpen = false;
                }
            }
            else if (ShellCharacters.IndexOf(c) >= 0 || (c == '=' && words.Count == 0))
            {
                return null;
            }
            else
            {
                word.Append(c);
                isOpen = true;
            }
        }

        if (isOpen)
        {
            words.Add(word.ToString());
        }

        // What is wrong with an open quote the shell says best.
        return quote == '\0' && words.Count > 0 ? words : null;
    }

    private static ProcessStartInfo OnUnix(string command, Func<string, string?> environment)
    {
        IReadOnlyList<string> words = Split(command) is { } split && Find(split[0], environment("PATH"), [string.Empty]) is { } program
            ? [program, .. SkipFirst(split)]
            : ["/bin/sh", "-c", command];
        var start = new ProcessStartInfo { FileName = words[0] };
#if NET
        for (int i = 1; i < words.Count; i++)
        {
            start.ArgumentList.Add(words[i]);
        }
#else
        // .NET Framework is for Windows; other runtimes of it take one line with quotes.
        var line = new StringBuilder();
        for (int i = 1; i < words.Count; i++)
        {
            line.Append(" \"").Append(words[i].Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
        }

        start.Arguments = line.ToString();
#endif
        return start;
    }

    /// <summary>A program gets the rest of the line as it is written: each takes it apart by itself.</summary>
    private static ProcessStartInfo OnWindows(string command, Func<string, string?> environment)
    {
        string line = command.Trim();
        int end = line.Length > 0 && line[0] == '"' ? line.IndexOf('"', 1) : line.IndexOfAny([' ', '\t']);
        string name = end < 0 ? line.Trim('"') : line.Substring(0, end).Trim('"');
        string arguments = end < 0 ? string.Empty : line.Substring(line[0] == '"' ? end + 1 : end).TrimStart();
        if (IndexOfUnquoted(line, CmdCharacters) < 0
            && Find(name, environment("PATH"), [string.Empty, ".com", ".exe"]) is { } program
            && Path.GetExtension(program).ToUpperInvariant() is ".EXE" or ".COM")
        {
            return new ProcessStartInfo { FileName = program, Arguments = arguments };
        }

        // With /s, cmd.exe takes off the outer quotes and no others, so that of the line itself all stay.
        string cmd = Path.Combine(environment("SystemRoot") ?? @"C:\Windows", "System32", "cmd.exe");
        return new ProcessStartInfo { FileName = cmd, Arguments = $"/d /s /c \"{line}\"" };
    }

    private static int IndexOfUnquoted(string line, string characters)
    {
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            isQuoted ^= line[i] == '"';

            // Variables are replaced inside quotes too.
            if ((!isQuoted || line[i] == '%') && characters.IndexOf(line[i]) >= 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<string> SkipFirst(IReadOnlyList<string> words)
    {
        for (int i = 1; i < words.Count; i++)
        {
            yield return words[i];
        }
    }

    /// <summary>
    /// Finds a program: by its path, or in the folders of PATH. .NET would look beside the running program and in the current
    /// folder first, where anybody may have put one.
    /// </summary>
    private static string? Find(string name, string? path, string[] extensions)
    {
        try
        {
            bool isPath = name.IndexOf(Path.DirectorySeparatorChar) >= 0 || name.IndexOf(Path.AltDirectorySeparatorChar) >= 0;
            foreach (string folder in isPath ? [string.Empty] : (path ?? string.Empty).Split(Path.PathSeparator))
            {
                if (!isPath && !Path.IsPathRooted(folder))
                {
                    continue;
                }

                foreach (string extension in extensions)
                {
                    string file = Path.Combine(folder, name + extension);
                    if (name.Length > 0 && File.Exists(file) && (extension.Length > 0 || extensions.Length == 1 || Path.HasExtension(name)))
                    {
                        return file;
                    }
                }
            }
        }
        catch (ArgumentException)
        {
            // .NET Framework refuses characters that no path has.
        }

        return null;
    }
}
