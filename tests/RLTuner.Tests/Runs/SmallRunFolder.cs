using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Tests.Tuning;
using RLTuner.Tuning;

namespace RLTuner.Tests.Runs;

/// <summary>The folder of a small run, and going on from it as <c>tune --resume</c> does.</summary>
internal static class SmallRunFolder
{
    /// <summary>What a run by these options is asked.</summary>
    public static RunPlan Plan(SmallRunOptions options) => new()
    {
        NoteRnn = StartingNet.Of(SmallRuns.Net(), "net.safetensors"),
        Theory = new TheoryPlan
        {
            RuleSet = RuleSetName.Theory,
            Key = "C major",
            TimeSignature = "4/4",
            Rules = new Dictionary<string, double> { ["key"] = 1, ["leap"] = 0.5 },
        },
        Reward = new RewardPlan { RewardScaler = options.RewardScaler, NoteRnnScale = 1 },
        Windows = options.Windows,
        Learner = options.Learner,
        TrainingSteps = options.TrainingSteps,
        NumNotesInMelody = options.MelodyLength,
        PositionInput = options.PositionInput,
        Seed = options.Seed,
        Quirks = options.Quirks,
    };

    /// <summary>Runs to the end, or stops at a step, after a state at each window.</summary>
    public static void Start(string path, SmallRunOptions options, int stopAt = int.MaxValue)
    {
        using RunSession session = RunSession.Start(Plan(options), SmallRuns.Net(), path, Environment(Assert.Fail));
        using CancellationTokenSource stop = new();
        session.Run(new StopAt(stopAt, stop), stop.Token);
    }

    /// <summary>Goes on to the end.</summary>
    public static void Resume(string path, Action<string> warn)
    {
        using RunSession session = RunSession.Resume(path, null, Environment(warn));
        session.Run();
    }

    /// <summary>Begins anew, to the end.</summary>
    public static void Restart(string path)
    {
        using RunSession session = RunSession.Restart(path, Environment(Assert.Fail));
        session.Run();
    }

    private static RunEnvironment Environment(Action<string> warn) => new() { MelodiesMeasured = 2, Warn = warn };

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
