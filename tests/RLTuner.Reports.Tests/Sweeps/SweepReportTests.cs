using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.Reports.Protos;
using RLTuner.Reports.Sweeps;
using RLTuner.Reports.Tracking;
using RLTuner.Sweeps;
using RLTuner.TensorFlow.Records;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Sweeps;

/// <summary>What a sweep came to, from folders whose figures a test made up.</summary>
public sealed class SweepReportTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Means_effects_and_frontier_are_those_of_the_figures()
    {
        // Theory: 10 x scaler + 5 for g + the seed; distance: 0.1 x scaler, and 0.5 more for g. So g is never on the frontier but at the far end.
        SweepFolder sweep = Made("""{"base":{"preset":"paper"},"grid":{"algorithm":["q","g"],"reward-scaler":[1,2]},"seeds":[1,2,3]}""", run =>
        {
            double scaler = run.Plan.Reward.RewardScaler, isG = run.Plan.Learner.Algorithm == "g" ? 1 : 0;
            return ((10 * scaler) + (5 * isG) + run.Plan.Seed, (0.1 * scaler) + (0.5 * isG));
        });
        SweepResults results = SweepResults.Read(sweep);
        Assert.Equal(["algorithm q, reward-scaler 1", "algorithm q, reward-scaler 2", "algorithm g, reward-scaler 1", "algorithm g, reward-scaler 2"], results.Combinations.Select(each => each.Name));

        // 11, 12, 13: mean 12, s 1, t(2) 4.3027.
        SeedEstimate first = results.Combinations[0].Over(SweepResults.Theory);
        Assert.Equal((3, 12, 1), (first.Count, first.Mean, first.Deviation));
        Assert.Equal(12 - (4.302653 / Math.Sqrt(3)), first.Student!.Value.Low, 5);

        // Seed by seed nothing is left to chance.
        SeedEstimate above = results.Combinations[3].Above(results.Combinations[0], SweepResults.Theory);
        Assert.Equal((3, 15, 0), (above.Count, above.Mean, above.Deviation));
        Assert.Equal(
            [("algorithm", "g", "q", 5.0, 3), ("reward-scaler", "2", "1", 10.0, 3)],
            results.MainEffects().Select(effect => (effect.Name, effect.Value, effect.Baseline, effect.On(SweepResults.Theory).Mean, effect.On(SweepResults.Theory).Count)));
        Assert.Equal(["algorithm q, reward-scaler 1", "algorithm q, reward-scaler 2", "algorithm g, reward-scaler 2"], results.Frontier().Select(each => each.Name));

        Assert.Empty(SweepReport.Write(sweep));
        string[] rows = File.ReadAllLines(_folder.PathTo("sweep/report.csv")), combinations = File.ReadAllLines(_folder.PathTo("sweep/combinations.csv"));
        Assert.StartsWith("run,algorithm,reward-scaler,seed,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("\"algorithm=g,reward-scaler=2,seed=3\",g,2,3,", rows[^1], StringComparison.Ordinal);
        Assert.Contains(combinations, row => row.StartsWith("g,2,theory_reward,3,27,1,", StringComparison.Ordinal));
        JsonElement last = JsonDocument.Parse(File.ReadLines(_folder.PathTo("sweep/report.jsonl")).Last()).RootElement;
        Assert.Equal((2, 28.0), (last.GetProperty("reward-scaler").GetInt32(), last.GetProperty("theory_reward").GetDouble()));
        string page = File.ReadAllText(_folder.PathTo("sweep/report.html"));
        Assert.Contains("3 seeds each: of so few the bootstrap", page, StringComparison.Ordinal);
        Assert.Contains("reward-scaler 2 beside 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    /// <summary>Tags, plugin and fields are those of TensorBoard's own plugin_data.proto and metadata.py.</summary>
    [Fact]
    public void TensorBoard_is_told_what_tells_a_run_from_others()
    {
        SweepFolder sweep = Made("""{"base":{"preset":"paper"},"grid":{"algorithm":["q","g"],"reward-scaler":[0.5]},"seeds":[7]}""", _ => (1, 1));
        TensorBoardLog log = new(_folder.PathTo("tensorboard"));
        log.Begin(sweep.Runs[1]);
        log.End(sweep.Runs[1]);
        Event[] events = [.. TFRecordFile.Read(Directory.GetFiles(_folder.PathTo("tensorboard"))[0]).Select(record => Event.Parser.ParseFrom(record.Data.Span)).Skip(1)];
        Summary.Types.Value[] values = [.. events.Select(one => Assert.Single(one.Summary.Value))];
        Assert.Equal([("_hparams_/session_start_info", 0L), ("_hparams_/session_end_info", 1_000_001L)], values.Zip(events, (value, one) => (value.Tag, one.Step)));
        Assert.All(values, value => Assert.Equal(("hparams", 1), (value.Metadata.PluginData.PluginName, value.Tensor.Dtype)));
        SessionStartInfo begun = HParamsPluginData.Parser.ParseFrom(values[0].Metadata.PluginData.Content).SessionStartInfo;
        Assert.Equal("algorithm g, reward-scaler 0.5", begun.GroupName);
        Assert.Equal(("g", 0.5, 7.0), (begun.Hparams["algorithm"].StringValue, begun.Hparams["reward-scaler"].NumberValue, begun.Hparams["seed"].NumberValue));
        Assert.Equal(1, HParamsPluginData.Parser.ParseFrom(values[1].Metadata.PluginData.Content).SessionEndInfo.Status);
    }

    [Fact]
    public void Runs_that_are_not_done_or_damaged_are_left_out_and_counted()
    {
        SweepFolder sweep = Made("""{"base":{"preset":"paper"},"seeds":[1,2,3,4]}""", _ => (1, 1));
        File.Delete(_folder.PathTo("sweep/outcomes/seed=2.json"));
        File.WriteAllText(_folder.PathTo("sweep/outcomes/seed=3.json"), """{"problem":"it broke","notes":0,"seconds":0}""");
        File.WriteAllText(_folder.PathTo("sweep/runs/seed=4/metrics.json"), "{");
        Assert.Equal(["seed=2", "seed=3", "seed=4"], SweepReport.Write(sweep));
        Assert.Contains("3 of 4 runs are not done", File.ReadAllText(_folder.PathTo("sweep/report.html")), StringComparison.Ordinal);
        File.Delete(_folder.PathTo("sweep/outcomes/seed=1.json"));
        Assert.Contains("expected a run that is done", Assert.Throws<SweepFormatException>(() => SweepReport.Write(sweep)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Five_hundred_runs_take_less_than_ten_seconds_and_300_MB()
    {
        SweepFolder sweep = Made(
            """{"base":{"preset":"paper"},"grid":{"algorithm":["q","g"],"reward-scaler":[0.1,0.2,0.5,1,2],"discount":[0.1,0.2,0.3,0.4,0.5]},"seeds":[1,2,3,4,5,6,7,8,9,10]}""",
            run => (run.Plan.Seed, run.Plan.Reward.RewardScaler));
        Assert.Equal(500, sweep.Runs.Length);
        long before = Peak();
        Stopwatch clock = Stopwatch.StartNew();
        SweepReport.Write(SweepFolder.Open(sweep.GivenPath));
        TimeSpan took = clock.Elapsed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:F1} s; peak of the process {before >> 20} MiB before, {Peak() >> 20} MiB after"));
        Assert.InRange(Peak() - before, 0, 300 << 20);
        Assert.InRange(took.TotalSeconds, 0, 10);
    }

    public void Dispose() => _folder.Dispose();

    private static long Peak()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private SweepFolder Made(string plan, Func<PlannedRun, (double Theory, double Distance)> figures)
    {
        string file = _folder.PathTo("grid.json");
        File.WriteAllText(file, plan);
        SweepFolder sweep = SweepFolder.Plan(file, _folder.PathTo("sweep"), _ => ShippedNoteRnn.Load(ShippedNoteRnn.Plain));
        Directory.CreateDirectory(_folder.PathTo("sweep/outcomes"));
        foreach (PlannedRun run in sweep.Runs)
        {
            (double theory, double distance) = figures(run);
            Directory.CreateDirectory(sweep.RunPath(run));
            File.WriteAllText(Path.Combine(sweep.RunPath(run), "options.json"), MadeRun.Options());
            File.WriteAllText(Path.Combine(sweep.RunPath(run), "metrics.json"), MadeRun.Metrics
                .Replace("\"theory_reward\":33,", string.Create(CultureInfo.InvariantCulture, $"\"theory_reward\":{theory},"), StringComparison.Ordinal)
                .Replace("\"kl_from_note_rnn\":0.5}", string.Create(CultureInfo.InvariantCulture, $"\"kl_from_note_rnn\":{distance}}}"), StringComparison.Ordinal));
            File.WriteAllText(_folder.PathTo($"sweep/outcomes/{run.Name}.json"), """{"problem":null,"notes":1000,"seconds":2}""");
        }

        return sweep;
    }
}
