using System.Globalization;
using RLTuner.NoteRnn;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Ctrl-C keeps what was learned.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Ctrl_C_stops_cleanly_and_keeps_what_was_learned()
    {
        string run = _folder.PathTo("run");
        Result result = Rltuner.RunAndInterrupt(
            " 500 ",
            "tune", "--note-rnn", TestNets.Small(_folder.Path), "--output-dir", run, "--training-steps", "2000000000", "--output-every-nth", "500");
        Assert.True(result.Code == 130, $"expected exit code 130, found {result.Code}: {result.Errors}");
        Assert.StartsWith("rltuner: stopped at step ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));

        long step = long.Parse(result.Errors.Split(' ')[4], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(step, 500, 1_999_999_999);
        string last = Path.Combine(run, "checkpoints", $"step-{step:D9}.safetensors");
        Assert.Equal(last, Directory.GetFiles(Path.Combine(run, "checkpoints")).Max(StringComparer.Ordinal));
        Assert.Equal(38, NoteRnnFile.Load(last).Shape.Classes);
        Assert.EndsWith($"\n{{\"step\":{step},", "\n" + File.ReadLines(Path.Combine(run, "progress.jsonl")).Last()[..$"{{\"step\":{step},".Length], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "metrics.json")));
        Assert.True(File.Exists(Path.Combine(run, "melodies", "after-05.mid")));
        Assert.Contains(last, result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
