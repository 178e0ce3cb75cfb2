using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Reports.Pages;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Damage in a run folder never crashes a command, and never passes for the run.</summary>
public sealed class DamagedRunFolderTests(StoppedRun run) : IClassFixture<StoppedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Damaged => _folder.PathTo("damaged/run");

    [Theory]
    [InlineData("options.json", "options.json")]
    [InlineData("checkpoints/step-000000000.safetensors", "step-000000000", "damaged")]
    public void What_the_run_needs_is_refused(string file, params string[] words)
    {
        Damage(file, 300);
        Resume().Refused(1, words);
    }

    [Fact]
    public void Damaged_progress_falls_back_to_a_state_before_it_or_is_refused()
    {
        Damage("progress.jsonl", 300);
        Result result = Resume();
        Assert.Contains("progress.jsonl: expected what stood there when", result.Errors, StringComparison.Ordinal);
        if (result.Code == 0)
        {
            SameRun.Assert(run.Whole, Damaged);
        }
        else
        {
            result.Refused(1, "no state of the run is left");
        }
    }

    [Fact]
    public void A_damaged_newest_state_falls_back_to_the_one_before_with_a_word()
    {
        Damage(run.Files.Last(file => file.StartsWith("state", StringComparison.Ordinal)), 5000);
        Result result = Resume();
        Assert.Equal(0, result.Code);
        Assert.Contains("the checksum is wrong", Assert.Single(result.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        SameRun.Assert(run.Whole, Damaged);
    }

    [Fact]
    public void A_damaged_net_makes_no_music()
    {
        Damage(run.Files.Last(file => file.StartsWith("checkpoints", StringComparison.Ordinal)), 900);
        Rltuner.Run("compose", "--model", Damaged, "--output", _folder.PathTo("melodies")).Refused(1, "step-", "damaged");
        Rltuner.Run("evaluate", "--model", Damaged).Refused(1, "step-", "damaged");
    }

    [Fact]
    public void Damaged_events_and_nets_of_before_are_told()
    {
        Damage("tensorboard/events.out.tfevents.0.rltuner", 3000);
        Flip(Path.Combine(Damaged, "checkpoints", "step-000000500.safetensors"), 900);
        Result result = Resume();
        Assert.Equal(0, result.Code);
        Assert.Contains("tensorboard/: expected events up to step", result.Errors, StringComparison.Ordinal);
        Assert.Contains("step-000000500.safetensors: the checksum is wrong", result.Errors, StringComparison.Ordinal);
        SameRun.Assert(run.Whole, Damaged, "tensorboard/events.out.tfevents.0.rltuner", "checkpoints/step-000000500.safetensors");
    }

    [Fact]
    public void A_page_is_made_of_a_damaged_run_or_refused()
    {
        RandomSource random = new(11, "damage");
        SameRun.Copy(run.Stopped, Damaged);
        foreach (string file in run.Files.Where(file => HasContent(file) && !file.StartsWith("state", StringComparison.Ordinal) && !file.StartsWith("figures", StringComparison.Ordinal)))
        {
            string path = Path.Combine(Damaged, file);
            byte[] whole = File.ReadAllBytes(path);
            for (int trial = 0; trial < 5; trial++)
            {
                byte[] damaged = trial == 4 ? whole[..random.Next(whole.Length)] : [.. whole];
                if (trial < 4)
                {
                    damaged[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
                }

                File.WriteAllBytes(path, damaged);
                try
                {
                    RunReport.Write(Damaged);
                }
                catch (NoteRnnFormatException error)
                {
                    Assert.Equal("options.json", file);
                    Assert.DoesNotContain('\n', error.Message);
                }
            }

            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Any_damaged_file_is_told_or_does_no_harm()
    {
        RandomSource random = new(12, "damage");
        foreach (string file in run.Files.Where(file => HasContent(file) && !file.StartsWith("figures", StringComparison.Ordinal) && Path.GetExtension(file) != ".mid"))
        {
            foreach (bool cut in (bool[])[false, true])
            {
                SameRun.Copy(run.Stopped, Damaged);
                string path = Path.Combine(Damaged, file);
                byte[] whole = File.ReadAllBytes(path);
                int at = random.Next(whole.Length);
                if (cut)
                {
                    File.WriteAllBytes(path, whole[..at]);
                }
                else
                {
                    Flip(path, at);
                }

                AssertNoCrash(Rltuner.RunHere("report", Damaged));
                AssertNoCrash(Rltuner.RunHere("compose", "--model", Damaged, "--output", _folder.PathTo("melodies")));
                AssertNoCrash(Rltuner.RunHere("evaluate", "--model", Damaged));
                Result resumed = Resume();
                AssertNoCrash(resumed);
                if (resumed.Code == 0)
                {
                    SameRun.Assert(run.Whole, Damaged, resumed.Errors.Length > 0 ? [file] : []);
                }

                Directory.Delete(_folder.PathTo("damaged"), recursive: true);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertNoCrash(Result result)
    {
        Assert.DoesNotContain("unexpected error", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.InRange(result.Errors.TrimEnd('\n').Split('\n').Length, 0, 4);
        Assert.InRange(result.Code, 0, 2);
    }

    /// <summary>All but the lock, which is empty.</summary>
    private bool HasContent(string file) => new FileInfo(Path.Combine(run.Stopped, file)).Length > 0;

    private static void Flip(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 4;
        File.WriteAllBytes(path, bytes);
    }

    private void Damage(string file, int at)
    {
        SameRun.Copy(run.Stopped, Damaged);
        Flip(Path.Combine(Damaged, file), at);
    }

    private Result Resume() => Rltuner.Run("tune", "--resume", Damaged);
}

/// <summary>A run that was stopped by Ctrl-C, and the same never stopped.</summary>
public sealed class StoppedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Tunes twice.</summary>
    public StoppedRun()
    {
        string[] run = ["tune", "--note-rnn", TestNets.Small(_folder.Path), "--training-steps", "12000", "--output-every-nth", "500", "--max-experience", "200"];
        Rltuner.Run([.. run, "--output-dir", Whole]).Done();
        Assert.Equal(130, Rltuner.RunAndInterrupt(" 1,000 ", [.. run, "--output-dir", Stopped]).Code);
        Files = Runs.FilesIn(Stopped);
        Assert.Equal(2, Files.Count(file => file.StartsWith("state", StringComparison.Ordinal)));
    }

    /// <summary>The folder of the run that was never stopped.</summary>
    public string Whole => _folder.PathTo("whole/run");

    /// <summary>The folder of the other.</summary>
    public string Stopped => _folder.PathTo("stopped/run");

    /// <summary>The files of the stopped run.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
