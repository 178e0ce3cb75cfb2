using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner studio</c>: the page in which one tunes by ear. A program of its own, so that the other commands need no ASP.NET.</summary>
internal static class StudioCommand
{
    private const int UsualPort = 7464, HighestPort = 65_535, MostThreads = 1024;

    public static Command Create()
    {
        Option<string> folder = new("--folder")
        {
            Description = "Where runs, nets, corpora and ratings are kept; made where it is missing.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "studio",
        };
        Option<int> port = Make.Number("--port", "The port on 127.0.0.1; 0 for any that is free.", UsualPort, min: 0, max: HighestPort);
        Option<int?> threads = Make.NumberOrNone<int>("--threads", "Threads that all runs together may take [default: all of this machine].", min: 1, max: MostThreads);
        Option<bool> quiet = Make.Switch("--no-browser", "Only print the address.");
        ExplainedCommand command = new(
            "studio",
            "A page to shape the rules, watch a net learn, listen, compare blind, rate, and take melodies away.",
            """
            Opens a page in your browser and serves it until Ctrl-C. All of it stays on this machine: the page is served to 127.0.0.1 alone,
            and only to whoever has the address that is printed. What runs when the studio ends goes on when it starts again. Everything lies in
            the folder as the other commands write and read it: 'rltuner compose --model studio/runs/pg-1', 'rltuner rate report studio/ratings.jsonl'.

            Examples:
              rltuner studio
              rltuner studio --folder songs --threads 1
              rltuner studio --port 0 --no-browser           print the address, on any free port
            """)
        {
            folder, port, threads, quiet,
        };
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            return Run(
            [
                Program(), parsed.GetValue(folder)!, Text(parsed.GetValue(port)), Text(parsed.GetValue(threads) ?? Environment.ProcessorCount),
                parsed.GetValue(quiet) ? "quiet" : "browser",
            ]);
        });
        return command;
    }

    /// <summary>Runs it until it ends. Its input is a pipe from here: it ends with us, in whatever way that is.</summary>
    private static int Run(string[] arguments)
    {
        using StopSignal stop = new();
        using Process studio = Process.Start(new ProcessStartInfo(Host(), arguments) { RedirectStandardInput = true })!;
        using CancellationTokenRegistration ending = stop.Token.Register(studio.StandardInput.Close);
        studio.WaitForExit();
        return studio.ExitCode;
    }

    private static string Program()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "studio", "RLTuner.Studio.dll");
        return File.Exists(path) ? path
            : throw new FileNotFoundException($"{path}: expected the studio beside this program, found none (install the tool anew, or build src/RLTuner.Cli)", path);
    }

    /// <summary>The program that runs others on the runtime that runs this one, if it can run the studio.</summary>
    private static string Host()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), framework = Path.Combine(root, "shared", "Microsoft.AspNetCore.App");
        string wanted = $"{Environment.Version.Major}.{Environment.Version.Minor}.";
        return File.Exists(host) && Directory.Exists(framework) && Directory.EnumerateDirectories(framework, wanted + "*").Any() ? host
            : throw new FileNotFoundException(
                $"studio: expected the ASP.NET Core runtime {wanted}x beside the .NET runtime of this program, which the studio alone needs, found none (install aspnetcore-runtime-{wanted.TrimEnd('.')}, and rltuner as a .NET tool)");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
