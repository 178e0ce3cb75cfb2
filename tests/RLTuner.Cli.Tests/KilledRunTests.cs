using System.Diagnostics;
using RLTuner.Numerics;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>A process killed at any moment leaves a run that goes on to the same bytes.</summary>
public sealed class KilledRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("q", 20)]
    [InlineData("g", 4)]
    public void A_run_killed_at_random_moments_ends_as_one_that_never_was(string algorithm, int kills)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL");
        string net = TestNets.Small(_folder.Path), whole = _folder.PathTo("whole/run");
        string[] run =
            ["tune", "--note-rnn", net, "--training-steps", "100000", "--output-every-nth", "10000", "--algorithm", algorithm, "--keep-best", "--keep", "4"];
        Stopwatch clock = Stopwatch.StartNew();
        Rltuner.Run([.. run, "--output-dir", whole]).Done();
        TimeSpan life = clock.Elapsed;
        output.WriteLine($"{algorithm}: never stopped, {life.TotalSeconds:F1} s");

        RandomSource random = new(17, "kills");
        for (int killed = 0, number = 1; killed < kills; number++)
        {
            // Two kills a run at most; all of them together in each part of a process's life, the start and the last files included.
            string other = _folder.PathTo($"killed-{number}/run");
            for (int most = 2; most > 0 && killed < kills; most--)
            {
                TimeSpan after = life * ((killed + random.NextDouble()) / kills);
                clock.Restart();
                if (Rltuner.RunAndKill(after, GoOn()) is Result ended)
                {
                    // Too late: where that was a whole run, the machine has become faster.
                    Assert.True(ended.Code == 0, ended.Errors);
                    life = most == 2 ? clock.Elapsed : life;
                    break;
                }

                killed++;
                output.WriteLine($"run {number}, killed after {after.TotalSeconds:F2} s: {Found(other)}");
            }

            Rltuner.Run(GoOn()).Done();
            SameRun.Assert(whole, other);
            Directory.Delete(Path.GetDirectoryName(other)!, recursive: true);

            string[] GoOn()
            {
                if (File.Exists(Path.Combine(other, "options.json")))
                {
                    return ["tune", "--resume", other, "--keep", "4"];
                }

                Rltuner.Run("tune", "--resume", other).Refused(1, other, "expected the folder of a run");
                return [.. run, "--output-dir", other];
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Found(string folder)
    {
        string[] files = Directory.Exists(folder) ? Runs.FilesIn(folder) : [];
        if (!files.Contains("options.json"))
        {
            return files.Length == 0 ? "no folder yet" : "no options yet";
        }

        int windows = File.ReadLines(Path.Combine(folder, "progress.jsonl")).Count();
        string rest = files.Contains("report.html") ? "the page is there"
            : files.Contains("metrics.json") ? "the metrics are there" : $"{files.Count(file => file.StartsWith("state", StringComparison.Ordinal))} states";
        return $"{windows} windows, {rest}, {files.Count(file => file.EndsWith(".tmp", StringComparison.Ordinal))} unfinished files";
    }
}
