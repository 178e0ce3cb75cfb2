using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>Tells nothing.</summary>
internal sealed class TuneQuietly : ITuneOutput
{
    public void Start(RunSession session)
    {
    }

    public RunResult Run(RunSession session, ITuningListener tracking, CancellationToken stop) => session.Run(tracking, stop);

    public void End(RunSession session, RunResult result, bool draws)
    {
    }
}
