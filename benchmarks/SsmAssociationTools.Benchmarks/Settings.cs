using System;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed class Settings
{
    /// <summary>What is said of wrong arguments.</summary>
    public const string Usage = "Options: --rows 1,3 (of 1 to 10), --pairs N (at least 1), --output PATH, --quick.";

    /// <summary>Rows to run.</summary>
    public int[] Rows { get; private set; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    /// <summary>Pairs of every comparison; the table says where it is fewer.</summary>
    public int Pairs { get; private set; } = 5;

    /// <summary>File that gets the table; null for the console alone.</summary>
    public string? Output { get; private set; }

    /// <summary>A short run that shows that everything works; its figures mean little.</summary>
    public bool IsQuick { get; private set; }

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="FormatException">An argument is wrong; the text says which.</exception>
    public static Settings Read(string[] args)
    {
        var settings = new Settings();
        bool hasPairs = false;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
            {
                settings.IsQuick = true;
                continue;
            }

            string name = args[i];
            string value = ++i < args.Length ? args[i] : throw new FormatException($"{name} has no value. {Usage}");
            switch (name)
            {
                case "--rows":
                    settings.Rows = [.. value.Split(',').Select(row => Number(name, row, 1, 10)).Distinct().Order()];
                    break;
                case "--pairs":
                    settings.Pairs = Number(name, value, 1, 1000);
                    hasPairs = true;
                    break;
                case "--output":
                    settings.Output = value;
                    break;
                default:
                    throw new FormatException($"{name} is not an option. {Usage}");
            }
        }

        if (settings.IsQuick && !hasPairs)
        {
            settings.Pairs = 2;
        }

        return settings;
    }

    private static int Number(string name, string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} {text}: a number from {min} to {max} is expected. {Usage}");
}
