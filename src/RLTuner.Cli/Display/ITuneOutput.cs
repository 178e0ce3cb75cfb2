using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>What <c>tune</c> tells of a run: to people, to programs, or to nobody.</summary>
internal interface ITuneOutput
{
    /// <summary>Before the first note.</summary>
    void Start(RunSession session);

    /// <summary>Runs, and shows how it goes.</summary>
    /// <param name="session">The run.</param>
    /// <param name="tracking">Hears of each window before it is shown.</param>
    /// <param name="stop">Asks to stop.</param>
    RunResult Run(RunSession session, ITuningListener tracking, CancellationToken stop);

    /// <summary>After the last file is written.</summary>
    /// <param name="session">The run.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="draws">Whether figures and a page were made.</param>
    void End(RunSession session, RunResult result, bool draws);
}
