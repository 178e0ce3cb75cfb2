using System.Text.Json.Nodes;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>Tells programs: one JSON object a line, a window each as in <c>progress.jsonl</c>, then the paths and the metrics.</summary>
internal sealed class TuneJson : ITuneOutput, ITuningListener
{
    public void Start(RunSession session)
    {
    }

    public RunResult Run(RunSession session, ITuningListener tracking, CancellationToken stop) => session.Run(new TuningListeners(tracking, this), stop);

    public void WindowEnded(TuningWindow window, NoteRnnModel net) => Console.WriteLine(RunProgress.ToJson(window).ToJsonString());

    public void End(RunSession session, RunResult result, bool draws) => Console.WriteLine(new JsonObject
    {
        ["folder"] = session.Folder.FullPath,
        ["net"] = session.Folder.LastCheckpointPath(),
        ["best"] = result.Best is null ? null : session.Folder.Best,
        ["bestStep"] = result.Best?.Step,
        ["collapse"] = result.Collapse?.Text,
        ["steps"] = result.Step,
        ["metrics"] = result.Metrics.ToJson(),
    }.ToJsonString());
}
