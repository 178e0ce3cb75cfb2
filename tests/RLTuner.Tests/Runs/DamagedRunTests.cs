using System.Collections.Immutable;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Runs;
using RLTuner.Tests.Tuning;
using RLTuner.Tuning;

namespace RLTuner.Tests.Runs;

/// <summary>
/// Of a run folder with damage anywhere: going on is refused in one line, or ends with the bytes of the undamaged run, or says what is left
/// damaged.
/// </summary>
public sealed class DamagedRunTests : IDisposable
{
    private static readonly SmallRunOptions Options = SmallRuns.Options with { EvaluationMelodies = 2 };

    /// <summary>Which one it is, is a matter of time.</summary>
    private const string OlderState = "the older state";

    private readonly TemporaryFolder _folder = new();
    private readonly string _stopped;
    private readonly ImmutableSortedDictionary<string, byte[]> _files, _finished;

    public DamagedRunTests()
    {
        _stopped = _folder.PathTo("stopped");
        SmallRunFolder.Start(_stopped, Options, stopAt: 100);
        _files = Files(_stopped);
        SmallRunFolder.Resume(_stopped, Assert.Fail);
        _finished = Files(_stopped);
    }

    [Fact]
    public void The_run_has_two_states_and_goes_on_to_the_bytes_of_one_never_stopped()
    {
        Assert.Equal(2, _files.Keys.Count(IsState));
        Assert.Contains("state/step-000000101.state", _files.Keys);
        string whole = _folder.PathTo("whole");
        SmallRunFolder.Start(whole, Options);
        AssertSame(_finished, Files(whole), but: IsState);
    }

    [Theory]
    [InlineData("options.json", 3, "checksum|expected")]
    [InlineData("progress.jsonl", 13, "progress.jsonl")]
    [InlineData("checkpoints/step-000000000.safetensors", 61, "step-000000000")]
    [InlineData("checkpoints/step-000000050.safetensors", 61, "step-000000050")]
    [InlineData("checkpoints/step-000000101.safetensors", 61, "")]
    [InlineData(OlderState, 397, "")]
    [InlineData("state/step-000000101.state", 397, "step-000000101.state")]
    public void A_flipped_bit_anywhere_is_told_or_changes_nothing(string file, int stride, string words)
    {
        file = file == OlderState ? _files.Keys.First(IsState) : file;
        byte[] whole = _files[file];
        RandomSource random = new(3, file);
        int told = 0;
        for (int at = 0; at < whole.Length; at += stride)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << random.Next(8));
            told += Told(file, damaged, words) ? 1 : 0;
        }

        Assert.True(words.Length == 0 || told > 0);
    }

    [Theory]
    [InlineData("options.json", "expected")]
    [InlineData("progress.jsonl", "progress.jsonl")]
    [InlineData("checkpoints/step-000000000.safetensors", "step-000000000")]
    [InlineData("checkpoints/step-000000050.safetensors", "step-000000050")]
    [InlineData("state/step-000000101.state", "step-000000101.state")]
    public void A_file_cut_short_is_told(string file, string words)
    {
        byte[] whole = _files[file];
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 12))
        {
            Assert.True(Told(file, whole[..length], words) || file == "progress.jsonl");
        }
    }

    [Fact]
    public void Where_both_states_are_damaged_the_run_is_refused()
    {
        Restore();
        foreach (string state in _files.Keys.Where(IsState))
        {
            File.WriteAllBytes(Path.Combine(_stopped, state), _files[state][..^1]);
        }

        List<string> warnings = [];
        NoteRnnFormatException error = Assert.Throws<NoteRnnFormatException>(() => SmallRunFolder.Resume(_stopped, warnings.Add));
        Assert.Contains("no state of the run is left", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, warnings.Count);
    }

    [Fact]
    public void A_run_whose_states_were_taken_away_is_refused_and_keeps_all()
    {
        Restore();
        Directory.Delete(Path.Combine(_stopped, "state"), recursive: true);
        string[] before = [.. Files(_stopped).Keys];
        NoteRnnFormatException error = Assert.Throws<NoteRnnFormatException>(() => SmallRunFolder.Resume(_stopped, Assert.Fail));
        Assert.Contains("would lose", error.Message, StringComparison.Ordinal);
        Assert.Contains("--restart", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(_stopped).Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Begun_anew_on_purpose_it_ends_as_one_that_never_was_stopped(bool isLost)
    {
        Restore();
        if (isLost)
        {
            Directory.Delete(Path.Combine(_stopped, "state"), recursive: true);
        }

        File.WriteAllText(Path.Combine(_stopped, "checkpoints", "step-000009999.safetensors"), "of a run that is forgotten");
        SmallRunFolder.Restart(_stopped);
        AssertSame(_finished, Files(_stopped), but: IsState);
    }

    [Fact]
    public void What_cannot_begin_anew_keeps_all()
    {
        Restore();
        File.WriteAllText(Path.Combine(_stopped, "checkpoints", "step-000000000.safetensors"), "torn");
        string[] before = [.. Files(_stopped).Keys];
        Assert.Throws<NoteRnnFormatException>(() => SmallRunFolder.Restart(_stopped));
        Assert.Equal(before, Files(_stopped).Keys);
    }

    [Fact]
    public void Nothing_outside_the_folder_is_touched_through_a_link()
    {
        Restore();
        string nets = Path.Combine(_stopped, "checkpoints"), elsewhere = _folder.PathTo("elsewhere");
        Directory.Move(nets, elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, "step-000009999.safetensors"), "mine");
        Directory.CreateSymbolicLink(nets, elsewhere);
        Assert.Contains("found a link", Assert.Throws<IOException>(() => SmallRunFolder.Resume(_stopped, Assert.Fail)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(elsewhere, "step-000009999.safetensors")));
        Directory.Delete(nets);
        Directory.Move(elsewhere, nets);
    }

    [Fact]
    public void Unfinished_files_of_a_killed_process_go()
    {
        Restore();
        string[] left = ["options.json.abcdefgh.ijk.tmp", "checkpoints/step-000000125.safetensors.abcdefgh.ijk.tmp", "state/step-000000125.state.0bcdefgh.1jk.tmp"];
        foreach (string file in left)
        {
            File.WriteAllText(Path.Combine(_stopped, file), "");
        }

        File.WriteAllText(Path.Combine(_stopped, "mine.tmp"), "");
        SmallRunFolder.Resume(_stopped, Assert.Fail);
        Assert.True(File.Exists(Path.Combine(_stopped, "mine.tmp")));
        File.Delete(Path.Combine(_stopped, "mine.tmp"));
        AssertSame(_finished, Files(_stopped), but: _ => false);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Damages a file and goes on. Whether there was a word; without one the result must be that of the undamaged run.</summary>
    private bool Told(string file, byte[] damaged, string words)
    {
        Restore();
        File.WriteAllBytes(Path.Combine(_stopped, file), damaged);
        List<string> warnings = [];
        try
        {
            SmallRunFolder.Resume(_stopped, warnings.Add);
        }
        catch (Exception error) when (error is NoteRnnFormatException or ArgumentException or IOException)
        {
            AssertClear([.. warnings, error.Message], words);
            return true;
        }

        // What the run does not need stays damaged, and it says so. The older state is not even looked at where the newest is whole.
        bool isNet = file.StartsWith("checkpoints", StringComparison.Ordinal), isWhole = warnings.Count == 0;
        AssertClear(warnings, words);
        AssertSame(_finished, Files(_stopped), but: other => IsState(other) || (other == file && ((isNet && !isWhole) || file == "options.json")));
        return !isWhole;
    }

    private static void AssertClear(IEnumerable<string> lines, string words) => Assert.All(lines, line =>
    {
        Assert.DoesNotContain('\n', line);
        Assert.Matches(words, line);
    });

    private static bool IsState(string file) => file.StartsWith("state", StringComparison.Ordinal);

    private void Restore()
    {
        Directory.Delete(_stopped, recursive: true);
        foreach ((string file, byte[] bytes) in _files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_stopped, file))!);
            File.WriteAllBytes(Path.Combine(_stopped, file), bytes);
        }
    }

    private static void AssertSame(
        ImmutableSortedDictionary<string, byte[]> expected, ImmutableSortedDictionary<string, byte[]> found, Func<string, bool> but)
    {
        Assert.Equal(expected.Keys.Where(file => !but(file)), found.Keys.Where(file => !but(file)));
        Assert.All(expected.Keys.Where(file => !but(file)), file => Assert.Equal(expected[file], found[file]));
    }

    private static ImmutableSortedDictionary<string, byte[]> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToImmutableSortedDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes, StringComparer.Ordinal);
}
