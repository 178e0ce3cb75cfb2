using RLTuner.Runs;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Runs;

/// <summary>The folder of a small run, and going on from it as <c>tune --resume</c> does.</summary>
internal static class SmallRunFolder
{
    /// <summary>What a run by these options is asked, for <c>options.json</c>.</summary>
    public static RunOptions Describe(SmallRunOptions options) =>
        RunOptions.Of(SmallRuns.Net(), "net.safetensors", SmallRuns.Rules(), Key.CMajor, TimeSignature.CommonTime, options) with
        {
            Rules = new Dictionary<string, double> { ["key"] = 1, ["leap"] = 0.5 },
        };

    /// <summary>Starts a run and stops it at a step, after a state at each window.</summary>
    public static void Stopped(string path, SmallRunOptions options, int step)
    {
        RunFolder folder = RunFolder.Create(path, Describe(options), SmallRuns.Net());
        using CancellationTokenSource stop = new();
        Tuner(options).Run(new TuningListeners(folder, new StopAt(step, stop)), stop.Token);
    }

    /// <summary>Goes on to the end.</summary>
    public static void Resume(string path, Action<string> warn)
    {
        RunFolder folder = RunFolder.Open(path);
        RunOptions before = folder.ReadOptions();
        NoteRnnModel net = NoteRnnFile.Load(folder.CheckpointPath(0));
        SmallRunOptions options = before.ToSmallRunOptions().Validated();
        folder.Resume(() => Tuner(options, net), warn).Finish(folder);
    }

    /// <summary>A tuner for it.</summary>
    public static Tuner Tuner(SmallRunOptions options, NoteRnnModel? net = null) => SmallRuns.Tuner(options, net, rule: new AnyHistory());

    private sealed class StopAt(int step, CancellationTokenSource stop) : ITuningListener
    {
        public void WindowEnded(TuningWindow window, NoteRnnModel net)
        {
            if (window.Step >= step)
            {
                stop.Cancel();
            }
        }
    }
}
