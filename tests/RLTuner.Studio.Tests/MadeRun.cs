using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Studio.Tests;

/// <summary>A run that no studio made.</summary>
internal static class MadeRun
{
    /// <summary>Makes a short one, to its end.</summary>
    /// <param name="path">Its folder, which is to be new.</param>
    public static void At(string path)
    {
        NoteRnnModel net = ShippedNoteRnn.Load();
        RunPlan plan = new RunMaker(_ => net).Make(new Dictionary<string, string> { ["training-steps"] = "500", ["preset"] = "paper" });
        using RunSession session = RunSession.Start(plan, net, path, new RunEnvironment { MelodiesMeasured = 10 });
        session.Run(stop: TestContext.Current.CancellationToken);
    }
}
