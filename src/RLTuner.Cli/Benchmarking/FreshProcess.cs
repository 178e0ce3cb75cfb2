using System.Diagnostics;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Cli.Benchmarking;

/// <summary>What only a process of its own can show: how long a run takes to start, and how much memory it needs.</summary>
internal static class FreshProcess
{
    /// <summary>The bench's hidden argument: does the steps that follow it, says how much memory that took, and ends.</summary>
    public const string Argument = "--steps-in-this-process";

    /// <summary>Tunes the shipped net; prints the process's largest memory in bytes.</summary>
    public static void Run(long steps)
    {
        Work.Tuner(ShippedNoteRnn.Load(), new TunerOptions { TrainingSteps = steps }).Run();
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64);
    }

    /// <summary>Seconds from the start of a process to its end after one step; the median of some.</summary>
    public static double SecondsToFirstStep() => Enumerable.Range(0, 5).Select(_ => Launch(steps: 1).Seconds).Order().ElementAt(2);

    /// <summary>Bytes of a run that has filled its replay.</summary>
    public static double BytesOfFullReplay() => Launch(steps: new TunerOptions().MaxExperience + 10_000).Bytes;

    private static (double Seconds, double Bytes) Launch(long steps)
    {
        long start = Stopwatch.GetTimestamp();
        ProcessStartInfo info = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(info.FileName) == "dotnet")
        {
            info.ArgumentList.Add(typeof(FreshProcess).Assembly.Location);
        }

        foreach (string argument in (string[])["bench", Argument, FormattableString.Invariant($"{steps}")])
        {
            info.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(info)!;
        string bytes = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, double.Parse(bytes, System.Globalization.CultureInfo.InvariantCulture));
    }
}
