using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>Tells nothing.</summary>
internal sealed class TuneQuietly : ITuneOutput
{
    public void Start(TuneJob job, long from)
    {
    }

    public void Run(TuneJob job, Tuner tuner, ITuningListener keepers, CancellationToken stop) => tuner.Run(keepers, stop);

    public void End(TuneJob job, TuneResult result)
    {
    }
}
