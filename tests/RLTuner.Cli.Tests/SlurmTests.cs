using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>A sweep on a real Slurm of two nodes, which the test starts itself; needs Debian's packages slurm-wlm and munge.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlurmTests(ITestOutputHelper output) : IDisposable
{
    private const int Runs = 20;

    /// <summary>Of the first run, where others take seconds. The shortest time limit is a minute; Slurm looks every half minute, and so sends the signal from 20 to 50 seconds after the start. Half as much again, as a processor that is shared counts notes too dear.</summary>
    private const double SecondsOfLongRun = 80;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    [Trait("Category", "Long")]
    public void A_node_that_dies_and_a_time_limit_change_no_byte()
    {
        string[] programs = ["munged", "slurmctld", "slurmd", "sbatch", "srun"];
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && programs.All(name => new[] { "/usr/sbin", "/usr/bin" }.Any(place => File.Exists(Path.Combine(place, name)))),
            "needs Slurm (Debian packages slurm-wlm and munge)");
        string plan = _folder.PathTo("grid.json"), sweep = _folder.PathTo("sweep"), whole = _folder.PathTo("whole");

        // The long one first: it comes to its limit while others run.
        string others = string.Join(',', Enumerable.Range(1, Runs - 1).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"training-steps":10000,"output-every-nth":5000,"reward-scaler":{{i / 10.0}}}""")));
        File.WriteAllText(plan, $$"""
            {"base":{"preset":"paper","training-steps":{{StepsIn(SecondsOfLongRun)}},"output-every-nth":100000,"evaluation-melodies":10,"note-rnn":"plain"},"include":[{},{{others}}]}
            """);
        Rltuner.Run("sweep", "plan", plan, "--output", sweep).Done();

        using Process cluster = Shell($"exec {Path.Combine(SharedFolder.RepositoryRoot(), "tests/RLTuner.Cli.Tests/slurm.sh")} {_folder.PathTo("slurm")} {20000 + (Environment.ProcessId % 20000)}");
        try
        {
            Assert.True(cluster.StandardOutput.ReadLine() == "up", "the cluster did not start");
            Stopwatch clock = Stopwatch.StartNew();

            Said($"sbatch --time=1 --signal=TERM@10 {Path.Combine(sweep, "sweep.sbatch")}");
            Wait("some runs to end", () => Done(sweep) >= 3);
            Wait("a run on the second node", () => Said("squeue --noheader --states=running --format=%N").Split('\n').Any(node => node.EndsWith('b')));
            Tell(cluster, "cut b");
            int before = Done(sweep);
            Wait("Slurm to put back what the dead node ran", () => Said("squeue --noheader --format=%r,%N").Contains("BeginTime", StringComparison.Ordinal) || Restarts() > 0);
            Tell(cluster, "start b");
            Wait("all runs to end", () => Done(sweep) == Runs);
            output.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s; {before} runs were done when the node died; {Restarts()} restarts; the long run took {Turns(0)} turns");
            Assert.InRange(Turns(0), 2, 100);
            Wait("the queue to end", () => Said("squeue --noheader").Length == 0);
        }
        finally
        {
            cluster.StandardInput.Close();
            cluster.WaitForExit(TimeSpan.FromSeconds(30));
        }

        Rltuner.Run("sweep", "plan", plan, "--output", whole).Done();
        Said($"rltuner sweep run {whole} --jobs 2");
        foreach (string run in Directory.GetDirectories(Path.Combine(whole, "runs")))
        {
            SameRun.Assert(run, Path.Combine(sweep, "runs", Path.GetFileName(run)));
        }

        int Turns(int index) => File.ReadLines(Path.Combine(sweep, $"logs/{index}.log")).Count(line => line.StartsWith("1 run, ", StringComparison.Ordinal));
        int Restarts() => Enumerable.Range(0, Runs).Where(index => File.Exists(Path.Combine(sweep, $"logs/{index}.log"))).Sum(index => Math.Max(0, Turns(index) - 1));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>How many notes one processor plays in some time. Of its own time, by what 100,000 more cost: other tests may keep it waiting, and will have ended when the run is at work.</summary>
    private long StepsIn(double seconds)
    {
        const int More = 100_000;
        return (long)(More * seconds / (Seconds(50_000 + More) - Seconds(50_000)));

        double Seconds(int steps)
        {
            string plan = _folder.PathTo("trial.json"), sweep = _folder.PathTo($"trial-{steps}");
            File.WriteAllText(plan, $$"""{"base":{"preset":"paper","training-steps":{{steps}},"output-every-nth":{{steps}},"note-rnn":"plain"} }""");
            Rltuner.Run("sweep", "plan", plan, "--output", sweep).Done();
            string[] times = Said($"TIMEFORMAT='%U %S'; {{ time rltuner sweep run {sweep} --jobs 2 > {sweep}.log 2>&1; }} 2>&1").Split(' ');
            return times.Sum(time => double.Parse(time, CultureInfo.InvariantCulture));
        }
    }

    private static int Done(string sweep) => Directory.Exists(Path.Combine(sweep, "outcomes")) ? Directory.GetFiles(Path.Combine(sweep, "outcomes"), "*.json").Length : 0;

    private static void Tell(Process cluster, string words)
    {
        cluster.StandardInput.WriteLine(words);
        cluster.StandardInput.Flush();
        Assert.Equal(words.Split(' ')[0], cluster.StandardOutput.ReadLine());
    }

    private static void Wait(string what, Func<bool> until)
    {
        for (Stopwatch clock = Stopwatch.StartNew(); !until(); Thread.Sleep(300))
        {
            Assert.True(clock.Elapsed < Patience, $"waited in vain for {what}");
        }
    }

    private string Said(string command)
    {
        using Process process = Shell(command);
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}: exit code {process.ExitCode}, {said}");
        return said.Trim();
    }

    /// <summary>A command of a shell that knows the cluster, and the program by its name.</summary>
    private Process Shell(string command)
    {
        string bin = Path.Combine(_folder.Path, "bin"), program = Path.Combine(bin, "rltuner");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(bin);
            File.WriteAllText(program, $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "RLTuner.Cli.dll")} \"$@\"\n");
            File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        }

        return Process.Start(new ProcessStartInfo("bash", ["-c", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SLURM_CONF"] = _folder.PathTo("slurm/slurm.conf"), ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin" },
        })!;
    }
}
