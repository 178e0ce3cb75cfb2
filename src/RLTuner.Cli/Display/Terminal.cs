using System.Text;
using Microsoft.Win32.SafeHandles;
using RLTuner.Files;
using Spectre.Console;

namespace RLTuner.Cli.Display;

/// <summary>Standard output as it is: colours and live display on a terminal, plain wide lines in files and pipes; and what is done when it ends early.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 160;

    /// <summary>What systems call a pipe that nobody reads any more: Linux and macOS.</summary>
    private const int NobodyReads = 32;

    private static bool _isOutputByTheWay;

    public static void Prepare()
    {
        Console.SetError(new GuardedWriter(Opened(Console.Error), _ => { }));
        Console.SetOut(new GuardedWriter(StandardOutput, OutputLost));
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
            AnsiConsole.Profile.Width = RedirectedWidth;
        }
    }

    /// <summary>The command makes files: that nobody can be told of it does not end it.</summary>
    public static void OutputIsByTheWay() => _isOutputByTheWay = true;

    /// <summary>Says on standard error what goes on, in a line that the next one overwrites; says nothing where nobody watches.</summary>
    public static void Status(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text,-60}{(text.Length == 0 ? "\r" : "")}");
        }
    }

    private static Func<TextWriter> Opened(TextWriter writer) => () => writer;

    /// <summary>Pipes are written directly: the framework's writer keeps it to itself that nobody reads them.</summary>
    private static Func<TextWriter> StandardOutput
    {
        get
        {
            TextWriter usual = Console.Out;
            return () =>
            {
                if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
                {
                    FileStream file = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                    if (!file.CanSeek)
                    {
                        return new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
                    }
                }

                return usual;
            };
        }
    }

    /// <summary>A reader who has seen enough, such as <c>head</c>, ends no command with a complaint unless files are at stake.</summary>
    private static void OutputLost(Exception error)
    {
        bool nobodyReads = error.HResult == NobodyReads;
        string found = nobodyReads ? "a pipe that nobody reads" : FileProblem.IsNoRoom(error) ? "the disk full" : "it closed";
        if (_isOutputByTheWay)
        {
            Console.Error.WriteLine($"rltuner: standard output: expected to tell how it goes, found {found}; goes on without, files are written all the same");
        }
        else if (!nobodyReads)
        {
            throw new IOException($"standard output: expected to write there what was asked for, found {found} (send it elsewhere)");
        }
    }
}
