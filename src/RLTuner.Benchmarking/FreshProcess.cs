using System.Diagnostics;
using System.Globalization;
using RLTuner.Learning.Q;
using RLTuner.NoteRnn;
using RLTuner.Rewards;

namespace RLTuner.Benchmarking;

/// <summary>What only a process of its own can show: how long a run takes to start, and how much memory it needs.</summary>
/// <param name="arguments">With these, and a number of steps after them, this program does <see cref="Run"/>.</param>
public sealed class FreshProcess(params string[] arguments)
{
    /// <summary>Tunes the shipped net for some steps; returns the largest memory of this process, in bytes.</summary>
    public static long Run(long steps)
    {
        Work.Tuner(ShippedNoteRnn.Load(), RuleSetName.Theory, steps, threads: Math.Min(2, Environment.ProcessorCount)).Run();
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    /// <summary>Seconds from the start of a process to its end after one step; the median of some.</summary>
    internal double SecondsToFirstStep() => Enumerable.Range(0, 5).Select(_ => Launch(steps: 1).Seconds).Order().ElementAt(2);

    /// <summary>Bytes of a run that has filled its replay.</summary>
    internal double BytesOfFullReplay() => Launch(steps: new QOptions().MaxExperience + 10_000).Bytes;

    private (double Seconds, double Bytes) Launch(long steps)
    {
        long start = Stopwatch.GetTimestamp();
        ProcessStartInfo info = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(info.FileName) == "dotnet")
        {
            info.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in (string[])[.. arguments, steps.ToString(CultureInfo.InvariantCulture)])
        {
            info.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(info)!;
        string bytes = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, double.Parse(bytes, CultureInfo.InvariantCulture));
    }
}
