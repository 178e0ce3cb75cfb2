using System.Globalization;
using RLTuner.Files;
using RLTuner.Sweeps;

namespace RLTuner.Cli.Display;

/// <summary>How a sweep stands, for people.</summary>
internal static class SweepText
{
    /// <summary>Runs that are named one by one; a longer list is nobody's to read.</summary>
    private const int Named = 20;

    public static void Print(SweepStatus status)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"{Count(status.Runs.Length, "run")}: {status.Count(SweepRunState.Done)} done, {status.Count(SweepRunState.Running)} running, {status.Count(SweepRunState.Waiting)} waiting, {status.Count(SweepRunState.Failed)} failed{(status.Count(SweepRunState.Cut) is > 0 and var cut ? $", {cut} cut" : "")}"));
        List(status, SweepRunState.Running, run => FormattableString.Invariant($"running  {run.Run.Name}: {run.Step:N0} of {run.Run.Plan.TrainingSteps:N0} notes"));
        List(status, SweepRunState.Failed, run => $"failed   {run.Run.Name}: {run.Problem}");
        if (status.NotesLeft > 0)
        {
            string time = status.Left is { } left ? $", about {Time(left)} at this rate" : "";
            Console.WriteLine(FormattableString.Invariant($"left     {status.NotesLeft:N0} notes{time}"));
        }
    }

    public static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");

    public static string Time(TimeSpan time) =>
        time.TotalHours >= 1 ? FormattableString.Invariant($"{time.TotalHours:0.0} hours")
        : time.TotalMinutes >= 1 ? FormattableString.Invariant($"{time.TotalMinutes:0} minutes")
        : FormattableString.Invariant($"{time.TotalSeconds:0} seconds");

    private static void List(SweepStatus status, SweepRunState state, Func<SweepRunStatus, string> line)
    {
        SweepRunStatus[] runs = [.. status.Runs.Where(run => run.State == state)];
        foreach (SweepRunStatus run in runs.Take(Named))
        {
            Console.WriteLine(PlainText.Of(line(run)));
        }

        if (runs.Length > Named)
        {
            Console.WriteLine(FormattableString.Invariant($"         and {runs.Length - Named:N0} more"));
        }
    }
}
