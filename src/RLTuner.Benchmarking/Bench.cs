namespace RLTuner.Benchmarking;

/// <summary>How fast the main job runs on this machine, and how fast it could.</summary>
/// <param name="Limits">What the machine allows one thread.</param>
/// <param name="Stages">The parts of the job, each as a median of repeats.</param>
/// <param name="SecondsToFirstStep">From the start of a process to its end after one step.</param>
/// <param name="BytesOfFullReplay">Largest memory of a process whose replay is full.</param>
public sealed record Bench(MachineLimits Limits, IReadOnlyList<Stage> Stages, double SecondsToFirstStep, double BytesOfFullReplay)
{
    private const int Repeats = 5;

    /// <summary>Measures all, in about half a minute.</summary>
    /// <param name="process">Starts this program anew for what only a process of its own can show.</param>
    /// <param name="progress">Hears what goes on.</param>
    public static Bench Measure(FreshProcess process, Action<string> progress)
    {
        progress("measuring the machine's limits");
        MachineLimits limits = MachineLimits.Measure();
        double start = process.SecondsToFirstStep(), bytes = process.BytesOfFullReplay();
        IReadOnlyList<Stage> stages = Benchmarking.Stages.All(limits);
        foreach (Stage stage in stages)
        {
            progress($"warming up: {stage.Name}");
            stage.WarmUp();
        }

        for (int repeat = 1; repeat <= Repeats; repeat++)
        {
            progress($"round {repeat} of {Repeats}");
            foreach (Stage stage in stages)
            {
                stage.Repeat();
            }
        }

        progress("");
        return new Bench(limits, stages, start, bytes);
    }
}
