using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tests;
using RLTuner.Tests.Scores;

namespace RLTuner.Cli.Tests;

/// <summary>The MIDI files that users get, read by a program that shares nothing with ours: the notes heard are the notes meant.</summary>
public sealed class HeardMidiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Mftext_hears_in_composed_files_the_melodies_of_the_jsonl_file()
    {
        string net = TestNets.Small(_folder.Path), lines = _folder.PathTo("all.jsonl");
        Rltuner.Run("compose", "--model", net, "--count", "20", "--output", lines).Done();
        Rltuner.Run("compose", "--model", net, "--count", "20", "--tempo", "75", "--output", _folder.PathTo("midi")).Done();
        Melody[] meant = [.. MelodyJsonLines.Read(lines, MelodyEncoding.Default)];
        Assert.Equal(20, meant.Length);
        for (int i = 0; i < meant.Length; i++)
        {
            Assert.Equal(meant[i].Notes(), Heard(_folder.PathTo($"midi/melody-{i + 1:D2}.mid")));
        }
    }

    [Fact]
    public void Mftext_hears_in_the_files_of_a_run_what_its_nets_compose()
    {
        string net = TestNets.Small(_folder.Path), run = _folder.PathTo("run"), before = _folder.PathTo("before.jsonl"), after = _folder.PathTo("after.jsonl");
        Runs.Tune(net, run).Done();
        Rltuner.Run("compose", "--model", net, "--count", "5", "--output", before).Done();
        Rltuner.Run("compose", "--model", run, "--count", "5", "--output", after).Done();
        foreach ((string name, string lines) in new[] { ("before", before), ("after", after) })
        {
            Melody[] meant = [.. MelodyJsonLines.Read(lines, MelodyEncoding.Default)];
            for (int i = 0; i < meant.Length; i++)
            {
                Assert.Equal(meant[i].Notes(), Heard(Path.Combine(run, "melodies", $"{name}-0{i + 1}.mid")));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static List<MelodyNote> Heard(string path) => Mftext.NotesIn(Mftext.Read(path), new MelodyWriterOptions().Velocity);
}
