using Spectre.Console;

namespace RLTuner.Cli.Display;

/// <summary>Standard output as it is: colours and live display on a terminal, plain wide lines in files and pipes.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 160;

    public static void Prepare()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
            AnsiConsole.Profile.Width = RedirectedWidth;
        }
    }

    /// <summary>Says on standard error what goes on, in a line that the next one overwrites; says nothing where nobody watches.</summary>
    public static void Status(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text,-60}{(text.Length == 0 ? "\r" : "")}");
        }
    }
}
