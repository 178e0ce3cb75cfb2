using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>rltuner sweep</c> as users have it: planned, run, asked about, reported; stopped and killed.</summary>
public sealed partial class SweepTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_sweep_from_its_plan_to_its_report()
    {
        string plan = Plan("""{"base":{"preset":"paper","training-steps":320,"output-every-nth":160,"evaluation-melodies":2,"note-rnn":"NET"},"grid":{"algorithm":["q","g"]},"seeds":[1,2]}""");
        string sweep = _folder.PathTo("sweep");
        Assert.StartsWith("4 runs of 1,280 notes in all", Rltuner.Run("sweep", "plan", plan, "--output", sweep).Done().Output, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --array=0-3\n", File.ReadAllText(Path.Combine(sweep, "sweep.sbatch")), StringComparison.Ordinal);
        Assert.Contains("completions: 4\n", File.ReadAllText(Path.Combine(sweep, "job.yaml")), StringComparison.Ordinal);
        File.Delete(_folder.PathTo("net.safetensors"));
        Assert.StartsWith("4 runs: 0 done, 0 running, 4 waiting, 0 failed", Rltuner.Run("sweep", "status", sweep).Done().Output, StringComparison.Ordinal);

        // What a cluster's job runs; the second time there is nothing to do.
        Assert.Equal(2, Rltuner.Run("sweep", "run", sweep, "--only", "2", "--jobs", "1").Done().Lines.Length);
        Assert.Equal("1 run, 1 done before; 1 at a time", Rltuner.Run("sweep", "run", sweep, "--only", "2", "--jobs", "1").Done().Output.Trim());
        Rltuner.Run("sweep", "run", sweep, "--only", "4").Refused(2, "--only", "from 0 to 3", "found 4");
        Rltuner.Run("sweep", "report", sweep).Refused(0, "3 runs not done");

        Assert.Equal(4, Rltuner.Run("sweep", "run", sweep).Done().Lines.Length);
        Assert.Equal("4 runs: 4 done, 0 running, 0 waiting, 0 failed", Rltuner.Run("sweep", "status", sweep).Done().Output.Trim());
        Assert.EndsWith("report.html", Rltuner.Run("sweep", "report", sweep).Done().Output.Trim(), StringComparison.Ordinal);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(sweep, "report.csv")).Length);
        string page = File.ReadAllText(Path.Combine(sweep, "report.html"));
        string[] files = [.. MelodyLink().Matches(page).Select(match => Uri.UnescapeDataString(match.Groups[1].Value))];
        Assert.Equal(6, files.Length);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(sweep, file)), file));
        double[] points = [.. Points().Matches(page).Select(match => double.Parse(match.Groups[1].Value.Replace('\u2212', '-'), CultureInfo.InvariantCulture))];
        Assert.Equal([.. points[..3].OrderDescending(), .. points[3..].Order()], points);
        Assert.True(points[2] >= points[5]);
        Rltuner.Run("report", Path.Combine(sweep, "runs/algorithm=g,seed=2"), "--output", _folder.PathTo("page.html")).Done();
    }

    [Fact]
    public void Melodies_to_go_on_from_are_values_too_and_are_kept_with_the_sweep()
    {
        string melody = _folder.PathTo("a tune.abc"), corpus = _folder.PathTo("tunes.jsonl"), sweep = _folder.PathTo("sweep"), tuned = _folder.PathTo("tuned");
        File.WriteAllText(melody, "X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|\n");
        MelodyJsonLines.Write(corpus, [Quavers(60, 62, 64, 65), Quavers(67, 65, 64, 62)], MelodyEncoding.Default);
        string plan = Plan($$"""
            {"base":{"preset":"paper","training-steps":320,"output-every-nth":160,"evaluation-melodies":2,"note-rnn":"NET"},
             "include":[{"midi-primer":"{{melody}}"},{"training-data-path":"{{corpus}}"},{"priming-mode":"random-note"}]}
            """);
        Rltuner.Run("sweep", "plan", plan, "--output", sweep).Done();
        Rltuner.Run(
            "tune", "--preset", "paper", "--training-steps", "320", "--output-every-nth", "160", "--evaluation-melodies", "2", "--note-rnn", _folder.PathTo("net.safetensors"),
            "--midi-primer", melody, "--no-figures", "--output-dir", tuned).Done();
        File.Delete(melody);
        File.Delete(corpus);
        Assert.Equal(4, Rltuner.Run("sweep", "run", sweep).Done().Lines.Length);
        string[] runs = [.. Directory.GetDirectories(Path.Combine(sweep, "runs")).Select(run => Path.GetFileName(run)).Order(StringComparer.Ordinal)];
        Assert.Equal(["midi-primer=a-tune,seed=1", "priming-mode=random-note,seed=1", "training-data-path=tunes,seed=1"], runs);
        SameRun.Assert(tuned, Path.Combine(sweep, "runs", runs[0]), "tensorboard/events.out.tfevents.0.rltuner");

        // A plan that is made again needs them as they were.
        Rltuner.Run("sweep", "plan", plan, "--output", sweep).Refused(1, "a tune.abc");
        File.WriteAllText(melody, "X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABG|\n");
        MelodyJsonLines.Write(corpus, [Quavers(60, 62, 64, 65), Quavers(67, 65, 64, 62)], MelodyEncoding.Default);
        Rltuner.Run("sweep", "plan", plan, "--output", sweep).Refused(1, "midi-primer=a-tune,seed=1 with other numbers");
        Rltuner.Run("sweep", "plan", Plan("""{"grid":{"priming-mode":["single-midi"]}}"""), "--output", _folder.PathTo("other")).Refused(1, "priming-mode single-midi", "midi-primer");
    }

    [Fact]
    public void What_is_no_plan_and_no_sweep_is_refused()
    {
        string plan = Plan("""{"grid":{"discount":[2]}}""");
        Rltuner.Run("sweep", "plan", plan, "--output", _folder.PathTo("sweep")).Refused(1, $"{plan}: grid.discount[0]", "found '2'");
        Assert.False(Path.Exists(_folder.PathTo("sweep")));
        Rltuner.Run("sweep", "plan", _folder.PathTo("none.json"), "--output", _folder.PathTo("sweep")).Refused(1, "none.json", "found none");
        foreach (string command in (string[])["run", "status", "report"])
        {
            Rltuner.Run("sweep", command, _folder.Path).Refused(1, _folder.Path, "expected the folder of a sweep");
        }

        Rltuner.Run("sweep", "run", _folder.Path, "--jobs", "0").Refused(2, "--jobs", "found '0'");
    }

    [Fact]
    public void Halving_cuts_two_of_three_and_the_report_says_so()
    {
        string plan = Plan("""{"base":{"preset":"paper","training-steps":120,"output-every-nth":40,"evaluation-melodies":2,"note-rnn":"NET"},"grid":{"algorithm":["q","psi","g"]}}""");
        string sweep = _folder.PathTo("sweep");
        Rltuner.Run("sweep", "plan", plan, "--output", sweep).Done();
        Rltuner.Run("sweep", "run", sweep, "--halve", "3", "--only", "1").Refused(2, "--halve", "found --only");
        string[] lines = Rltuner.Run("sweep", "run", sweep, "--halve", "3").Done().Lines;
        Assert.Contains("3 runs to 33.3 % of their notes", lines);
        Assert.Equal((1, 2), (lines.Count(line => line.StartsWith("goes on", StringComparison.Ordinal)), lines.Count(line => line.StartsWith("cut ", StringComparison.Ordinal))));
        Assert.Equal("3 runs: 1 done, 0 running, 0 waiting, 0 failed, 2 cut", Rltuner.Run("sweep", "status", sweep).Done().Output.Trim());
        Rltuner.Run("sweep", "report", sweep).Refused(0, "2 runs not done");
        Assert.Contains("What was cut, and when", File.ReadAllText(Path.Combine(sweep, "report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pool_killed_at_random_moments_loses_nothing_and_runs_nothing_twice(bool halves)
    {
        string[] halve = halves ? ["--halve", "2"] : [];
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL");
        string plan = Plan("""{"base":{"preset":"paper","training-steps":2000,"output-every-nth":500,"evaluation-melodies":10,"note-rnn":"NET"},"grid":{"reward-scaler":[0.5,1],"algorithm":["q","psi"]},"seeds":[1,2,3,4,5]}""");
        string whole = _folder.PathTo("whole"), killed = _folder.PathTo("killed");
        Rltuner.Run("sweep", "plan", plan, "--output", whole).Done();
        Rltuner.Run("sweep", "plan", plan, "--output", killed).Done();
        Stopwatch clock = Stopwatch.StartNew();
        Rltuner.Run("sweep", "run", whole, "--jobs", "2").Done();
        TimeSpan life = clock.Elapsed;

        RandomSource random = new(3, "kills");
        List<string> ended = [];
        int kills = 0;
        for (bool done = false; !done;)
        {
            // Now the pool, now a single run, as on a cluster; at last the pool, which nobody kills.
            bool isOne = !halves && kills % 2 == 1 && kills < 20;
            string[] line = isOne ? ["sweep", "run", killed, "--only", random.Next(20).ToString(CultureInfo.InvariantCulture), "--jobs", "1"] : ["sweep", "run", killed, "--jobs", "2", .. halve];
            TimeSpan after = isOne ? TimeSpan.FromSeconds(0.3 + (1.5 * random.NextDouble())) : life * (0.25 * random.NextDouble());
            Result? result = kills < 20 ? Rltuner.RunAndKill(after, line) : Rltuner.Run(line);
            done = result is not null && !isOne;
            kills += isOne || result is null ? 1 : 0;
            foreach (string outcome in Directory.Exists(Path.Combine(killed, "outcomes")) ? Directory.GetFiles(Path.Combine(killed, "outcomes"), "*.json") : [])
            {
                // An outcome is written once: a run that is done is never taken up again.
                string stamp = $"{Path.GetFileName(outcome)} {File.GetLastWriteTimeUtc(outcome):O}";
                if (!ended.Contains(stamp))
                {
                    ended.Add(stamp);
                }
            }
        }

        output.WriteLine($"{life.TotalSeconds:F1} s when never killed; {kills} kills");
        if (halves)
        {
            // One of four combinations is left, with five seeds; the others go on without halving.
            Assert.Equal(5, ended.Count);
            Rltuner.Run("sweep", "run", killed, "--jobs", "2").Done();
        }

        Assert.Equal(20, halves ? Directory.GetFiles(Path.Combine(killed, "outcomes")).Length : ended.Count);
        foreach (string run in Directory.GetDirectories(Path.Combine(whole, "runs")))
        {
            SameRun.Assert(run, Path.Combine(killed, "runs", Path.GetFileName(run)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("<a href=\"(runs/[^\"]*\\.mid)\"")]
    private static partial Regex MelodyLink();

    [GeneratedRegex("data-name=\"([^\"]*) points\"")]
    private static partial Regex Points();

    private static Melody Quavers(params int[] pitches) => new([.. pitches.SelectMany(pitch => (MelodyEvent[])[MelodyEvent.NoteOn(new Pitch(pitch)), MelodyEvent.Hold])]);

    private string Plan(string plan)
    {
        string path = _folder.PathTo("grid.json");
        File.WriteAllText(path, plan.Replace("NET", TestNets.Small(_folder.Path).Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal));
        return path;
    }
}
