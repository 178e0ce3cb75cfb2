using System.Diagnostics;

namespace RLTuner.Cli.Tests;

/// <summary>What a run of the program left: exit code, output, errors.</summary>
internal sealed record Result(int Code, string Output, string Errors)
{
    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails the test unless the program was done without a complaint.</summary>
    public Result Done()
    {
        Assert.True(Code == 0, $"expected exit code 0, found {Code}: {Errors}");
        Assert.Equal("", Errors);
        return this;
    }

    /// <summary>Fails the test unless the program refused in one to three plain lines that hold <paramref name="words"/>.</summary>
    public Result Refused(int code, params string[] words)
    {
        Assert.True(Code == code, $"expected exit code {code}, found {Code}: {Errors}{Output}");
        Assert.InRange(Errors.TrimEnd('\n').Split('\n').Length, 1, 3);
        Assert.StartsWith("rltuner: ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Errors, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, Errors, StringComparison.Ordinal));
        return this;
    }
}

/// <summary>The program itself, as users start it.</summary>
internal static class Rltuner
{
    private const int PatienceInMilliseconds = 120_000;

    private static readonly Lock Here = new();

    /// <summary>Runs it to its end.</summary>
    public static Result Run(params string[] arguments) => RunWith([], arguments);

    /// <summary>Runs it to its end, with environment variables of its own.</summary>
    public static Result RunWith(IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        using Process process = Start(arguments, variables);
        return End(process, process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Runs it to its end in a folder.</summary>
    public static Result RunIn(string folder, params string[] arguments)
    {
        using Process process = Start(arguments, folder: folder);
        return End(process, process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Runs it in this process, one at a time, as a process has one console: many lines in little time.</summary>
    public static Result RunHere(params string[] arguments)
    {
        lock (Here)
        {
            return RunAlone(arguments);
        }
    }

    private static Result RunAlone(string[] arguments)
    {
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);

        // Not closed: the console library keeps the first.
        StringWriter said = new(), complained = new();
        Console.SetOut(said);
        Console.SetError(complained);
        try
        {
            Task<int> run = Task.Run(() => Application.Run(arguments));
            Assert.True(run.Wait(PatienceInMilliseconds / 4), $"{string.Join(' ', arguments)}: the program did not end");
            return new Result(run.Result, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    /// <summary>Starts it, reads what it says, and leaves it to the caller to end it.</summary>
    public static Process Begin(params string[] arguments)
    {
        Process process = Start(arguments);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Starts it, and asks it to stop by Ctrl-C's signal as soon as a line of output holds <paramref name="word"/>.</summary>
    public static Result RunAndInterrupt(string word, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        using Process process = Start(arguments);
        return End(process, Task.Run(() =>
        {
            List<string> lines = [];
            bool sent = false;
            while (process.StandardOutput.ReadLine() is string line)
            {
                lines.Add(line);
                if (!sent && line.Contains(word, StringComparison.Ordinal))
                {
                    sent = true;
                    Interrupt(process);
                }
            }

            return string.Join('\n', lines);
        }));
    }

    /// <summary>Starts it and kills it by SIGKILL some time later; gives what it left if it ended before, else nothing.</summary>
    public static Result? RunAndKill(TimeSpan after, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(after))
        {
            return new Result(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }

        process.Kill();
        process.WaitForExit();
        return null;
    }

    private static void Interrupt(Process process)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -INT {process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Most tests of runs are of the paper's method; those of ours name a preset or an algorithm.</summary>
    private static string[] Preset(string[] arguments) =>
        arguments is ["tune", ..] && !arguments.Any(argument => argument is "--preset" or "--resume" or "--restart" or "--help" or "magenta") ? ["--preset", "paper"] : [];

    /// <summary>Starts it, and leaves the rest to the caller.</summary>
    public static Process Start(string[] arguments, IEnumerable<(string Name, string Value)>? variables = null, string folder = "")
    {
        string program = Path.Combine(AppContext.BaseDirectory, "RLTuner.Cli.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments, .. Preset(arguments)]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };

        // No run here is long enough for the compiler's profiles to pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in variables ?? [])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static Result End(Process process, Task<string> output)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(PatienceInMilliseconds))
        {
            process.Kill();
            Assert.Fail("the program did not end");
        }

        return new Result(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
