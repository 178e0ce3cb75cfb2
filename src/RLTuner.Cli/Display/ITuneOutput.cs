using System.Text.Json.Nodes;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>What <c>tune</c> tells of a run: to people, to programs, or to nobody.</summary>
internal interface ITuneOutput
{
    /// <summary>Before the first note.</summary>
    /// <param name="job">What is done.</param>
    /// <param name="from">The step that the run goes on from; 0 for a new one.</param>
    void Start(TuneJob job, long from);

    /// <summary>Runs the tuner and shows how it goes.</summary>
    /// <param name="job">What is done.</param>
    /// <param name="tuner">Does it.</param>
    /// <param name="keepers">Hear of each window before it is shown.</param>
    /// <param name="stop">Asks to stop.</param>
    void Run(TuneJob job, Tuner tuner, ITuningListener keepers, CancellationToken stop);

    /// <summary>After the last file is written.</summary>
    void End(TuneJob job, TuneResult result);
}

/// <summary>A run that is about to start.</summary>
/// <param name="NoteRnn">The net to tune.</param>
/// <param name="Theory">The rules.</param>
/// <param name="Options">The numbers.</param>
/// <param name="Path">The run's folder as it was given.</param>
/// <param name="Folder">The same, opened.</param>
/// <param name="Draws">Whether figures and a page are made at the end.</param>
internal sealed record TuneJob(LoadedNet NoteRnn, Theory Theory, TunerOptions Options, string Path, RunFolder Folder, bool Draws);

/// <summary>A run that is over.</summary>
/// <param name="Step">Notes played.</param>
/// <param name="BeforeMelodies">The melodies of the starting net that were kept.</param>
/// <param name="AfterMelodies">Those of the tuned net.</param>
/// <param name="Melodies">How many melodies the figures are of.</param>
/// <param name="Before">The figures of the starting net.</param>
/// <param name="After">Those of the tuned net.</param>
/// <param name="Best">The step of the best net and what a melody earned by it, where that net is kept.</param>
/// <param name="FlatWindows">For how many windows there was no rise, where that ended the run.</param>
internal sealed record TuneResult(
    long Step,
    IReadOnlyList<Composition> BeforeMelodies,
    IReadOnlyList<Composition> AfterMelodies,
    int Melodies,
    Measured Before,
    Measured After,
    (long Step, double Figure)? Best,
    int? FlatWindows)
{
    /// <summary>The content of <c>metrics.json</c>.</summary>
    public JsonObject Metrics() => new() { ["melodies"] = Melodies, ["before"] = Before.ToJson(), ["after"] = After.ToJson() };
}
