using System.Security.Cryptography;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.TensorFlow.Tests.Writing;

namespace RLTuner.TensorFlow.Tests.Fuzz;

/// <summary>The files of a small run, each damaged beside the others as they were.</summary>
internal static class RunFiles
{
    /// <summary>The state, its checksum made right again: what a stranger would forge.</summary>
    public static FuzzTarget State(string name, TemporaryFolder folder)
    {
        string path = Made(folder), state = Directory.GetFiles(Path.Combine(path, "state")).Max(StringComparer.Ordinal)!;
        foreach (string older in Directory.GetFiles(Path.Combine(path, "state")).Where(file => file != state))
        {
            File.Delete(older);
        }

        byte[] whole = File.ReadAllBytes(state);
        return new FuzzTarget(name, false, [whole[..^SHA256.HashSizeInBytes]], bytes =>
        {
            File.WriteAllBytes(state, [.. bytes, .. SHA256.HashData(bytes)]);
            using RunSession session = RunSession.Resume(path, null, new RunEnvironment());
            return [$"{session.Step}"];
        })
        {
            Cases = 1_500,
        };
    }

    public static FuzzTarget Options(string name, TemporaryFolder folder) => Target(name, folder, "options.json", true, (run, bytes) =>
    {
        RunPlan plan = run.ReadPlan();

        // A file without a checksum is read; who damages its name makes one of these.
        return bytes.AsSpan().IndexOf("\"checksum\": \""u8) < 0 ? [] : [$"{plan.Seed} {plan.TrainingSteps} {plan.Learner} {plan.Windows} {string.Join(' ', plan.Theory.Rules)}"];
    });

    public static FuzzTarget Progress(string name, TemporaryFolder folder) => Target(
        name, folder, "progress.jsonl", false, (run, _) => [.. run.ReadProgress().Select(window => $"{window.Step} {window.Train} {window.Evaluation}")]);

    public static FuzzTarget Metrics(string name, TemporaryFolder folder) => Target(
        name, folder, "metrics.json", false, (run, _) => [$"{RunRecord.Read(run.FullPath).Metrics?.After.Figures.Length}"]);

    private static FuzzTarget Target(string name, TemporaryFolder folder, string file, bool isChecksummed, Func<RunFolder, byte[], IEnumerable<string>> read)
    {
        string path = Made(folder);
        return new FuzzTarget(name, isChecksummed, [File.ReadAllBytes(Path.Combine(path, file))], bytes =>
        {
            File.WriteAllBytes(Path.Combine(path, file), bytes);
            return read(RunFolder.Open(path), bytes);
        })
        {
            Cases = 1_500,
        };
    }

    private static string Made(TemporaryFolder folder)
    {
        NoteRnnModel net = new(MadeNet.Weights(new NoteRnnShape(38, [2]), 5), MelodyEncoding.Default);
        RunPlan plan = RunPlans.Create(new RunRequest(net, "made", Theory.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor, TimeSignature.CommonTime))
        {
            Algorithm = "q",
            Given = new Dictionary<string, object> { ["training-steps"] = 60L, ["output-every-nth"] = 30L, ["max-experience"] = 40 },
        });
        using RunSession session = RunSession.Start(plan, net, folder["run"], new RunEnvironment { MelodiesMeasured = 5 });
        session.Run();
        return folder["run"];
    }
}
