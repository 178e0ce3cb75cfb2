using System.Diagnostics;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Runs beside each other never write into one folder, and a dead one holds nothing.</summary>
public sealed class ParallelRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _net;

    public ParallelRunTests() => _net = TestNets.Small(_folder.Path);

    private string Run => _folder.PathTo("run");

    [Fact]
    public async Task Eight_at_once_make_eight_folders()
    {
        Task<Result>[] running = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => Rltuner.RunIn(_folder.Path, Tune("--training-steps", "40", "--quiet", "--no-figures"))))];
        Result[] results = await Task.WhenAll(running);
        Assert.All(results, result => result.Done());
        string[] runs = [.. Directory.GetDirectories(_folder.PathTo("runs")).Order(StringComparer.Ordinal)];
        Assert.Equal(Enumerable.Range(1, 8).Select(number => _folder.PathTo($"runs/q-{number}")), runs);
        byte[] net = Runs.LastNet(runs[0]);
        Assert.All(runs, run =>
        {
            Assert.True(File.Exists(Path.Combine(run, "metrics.json")));
            Assert.Equal(net, Runs.LastNet(run));
        });
    }

    [Fact]
    public void Of_two_that_are_told_one_folder_the_second_is_refused()
    {
        using Process first = Begin();
        string refused = Rltuner.Run(Tune("--output-dir", Run)).Refused(1, Run, "expected a new folder").Errors;
        Assert.Single(refused.TrimEnd('\n').Split('\n'));
        Kill(first);
    }

    [Fact]
    public async Task Of_two_that_begin_at_once_in_one_folder_one_is_refused()
    {
        string[] arguments = Tune("--training-steps", "40", "--output-dir", Run, "--no-figures");
        Result[] results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Rltuner.Run(arguments))));
        Result done = Assert.Single(results, result => result.Code == 0), other = Assert.Single(results, result => result.Code != 0);
        done.Done();
        other.Refused(1, Run, "expected a new folder");
        Assert.Equal(20, File.ReadLines(Path.Combine(Run, "progress.jsonl")).Count());
    }

    [Fact]
    public void A_running_run_is_not_resumed_but_one_that_was_killed_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL");
        using Process first = Begin();
        string refused = Rltuner.Run("tune", "--resume", Run).Refused(1, Run, "another process").Errors;
        Assert.Single(refused.TrimEnd('\n').Split('\n'));
        Assert.False(first.HasExited);

        Kill(first);
        Assert.True(File.Exists(Path.Combine(Run, "run.lock")));
        Result stopped = Rltuner.RunAndInterrupt("Going on", "tune", "--resume", Run, "--no-figures");
        Assert.True(stopped.Code == 130, $"expected exit code 130, found {stopped.Code}: {stopped.Errors}");
        Assert.StartsWith($"Going on with {Run} from step ", stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_reads_a_running_run_may_do_so()
    {
        using Process first = Begin();
        Rltuner.Run("report", Run);
        Assert.Contains("<h1>run</h1>", File.ReadAllText(Path.Combine(Run, "report.html")), StringComparison.Ordinal);
        Assert.False(first.HasExited);
        Kill(first);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Tune(params string[] options) => ["tune", "--note-rnn", _net, .. options];

    /// <summary>A run that goes on for long, two windows old.</summary>
    private Process Begin()
    {
        Process process = Rltuner.Begin(Tune("--output-dir", Run, "--training-steps", "100000000", "--output-every-nth", "500"));
        string progress = Path.Combine(Run, "progress.jsonl");
        for (Stopwatch clock = Stopwatch.StartNew(); !File.Exists(progress) || File.ReadLines(progress).Take(2).Count() < 2; Thread.Sleep(20))
        {
            Assert.False(process.HasExited);
            Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        }

        return process;
    }

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }
}
