using System.Text.Json.Nodes;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>Tells programs: one JSON object a line, a window each as in <c>progress.jsonl</c>, then the paths and the metrics.</summary>
internal sealed class TuneJson : ITuneOutput, ITuningListener
{
    public void Start(TuneJob job, long from)
    {
    }

    public void Run(TuneJob job, Tuner tuner, ITuningListener keepers, CancellationToken stop) => tuner.Run(new TuningListeners(keepers, this), stop);

    public void WindowEnded(TuningWindow window, NoteRnnModel net) => Console.WriteLine(ProgressLine.Of(window).ToJsonString());

    public void End(TuneJob job, TuneResult result) => Console.WriteLine(new JsonObject
    {
        ["folder"] = job.Folder.FullPath,
        ["net"] = job.Folder.LastCheckpointPath(),
        ["best"] = result.Best is null ? null : job.Folder.Best,
        ["bestStep"] = result.Best?.Step,
        ["steps"] = result.Step,
        ["metrics"] = result.Metrics(),
    }.ToJsonString());
}
