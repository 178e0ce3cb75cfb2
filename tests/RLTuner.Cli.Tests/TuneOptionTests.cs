using System.Text.Json.Nodes;
using RLTuner.Music;
using RLTuner.Scores.Midi;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Every algorithm, reward mode and way of priming runs.</summary>
public sealed class TuneOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--algorithm", "pure-rl", "--reward-mode", "music_theory_only")]
    [InlineData("--algorithm", "psi", "--reward-mode", "music_theory_basic")]
    [InlineData("--algorithm", "g", "--compat", "magenta")]
    [InlineData("--reward-mode", "music_theory_basic_plus_variety", "--compat", "magenta")]
    [InlineData("--reward-mode", "music_theory_random", "--key", "A minor pentatonic", "--time-signature", "6/8", "--num-notes-in-melody", "24")]
    [InlineData("--reward-mode", "preferred_intervals", "--exploration-mode", "boltzmann")]
    [InlineData("--reward-mode", "key_and_tonic", "--stochastic-observations", "--key", "A: 0,3,5,7,10", "--random-action-probability", "0.3")]
    [InlineData("--reward-mode", "key", "--compat", "magenta", "--exploration-mode", "egreedy")]
    [InlineData("--reward-mode", "non_repeating", "--store-every-nth", "2", "--train-every-nth", "3", "--minibatch-size", "16", "--max-experience", "40")]
    [InlineData("--reward-mode", "scale", "--target-network-update-rate", "0.1", "--learning-rate", "0.01", "--clip-norm", "1", "--exploration-steps", "100")]
    public void It_tunes(params string[] options)
    {
        string run = _folder.PathTo("run");
        Runs.Tune(TestNets.Small(_folder.Path), run, options).Done();
        Assert.Equal(2, File.ReadLines(Path.Combine(run, "progress.jsonl")).Count());
    }

    [Fact]
    public void Rules_get_the_weights_of_a_file()
    {
        string run = _folder.PathTo("run"), weights = _folder.PathTo("rules.json");
        File.WriteAllText(weights, "{\"key\": 2.5, \"leap\": 0}");
        Runs.Tune(TestNets.Small(_folder.Path), run, "--rules", weights).Done();
        JsonNode rules = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "options.json")))!["theory"]!["rules"]!;
        Assert.Equal((2.5, 0, 1), ((double)rules["key"]!, (double)rules["leap"]!, (double)rules["motif"]!));
        Assert.All(File.ReadLines(Path.Combine(run, "progress.jsonl")), line => Assert.Equal(0, (double)JsonNode.Parse(line)!["train"]!["rules"]!["leap"]!["reward"]!));
    }

    [Theory]
    [InlineData("corrected")]
    [InlineData("magenta")]
    public void It_is_primed_with_a_MIDI_file_or_a_corpus(string compatibility)
    {
        string net = TestNets.Small(_folder.Path), midi = _folder.PathTo("start.mid"), corpus = _folder.PathTo("corpus.jsonl");
        MidiWriter.Write(midi, new Melody([.. new[] { 60, 62, 64, 65, 67 }.SelectMany(pitch => new[] { MelodyEvent.NoteOn(new Pitch(pitch)), MelodyEvent.Hold })]));
        File.WriteAllLines(corpus, ["{\"events\":[14,0,16,0,18,0]}", "{\"events\":[21,0,19,0,18,0,16,0]}"]);
        Runs.Tune(net, _folder.PathTo("midi"), "--compat", compatibility, "--midi-primer", midi).Done();
        Runs.Tune(net, _folder.PathTo("corpus"), "--compat", compatibility, "--priming-mode", "random_midi", "--training-data-path", corpus).Done();
        Assert.Equal("single-midi", Mode("midi"));
        Assert.Equal("random-midi", Mode("corpus"));
        Assert.NotEqual(Runs.LastNet(_folder.PathTo("midi")), Runs.LastNet(_folder.PathTo("corpus")));

        string? Mode(string run) => (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.PathTo(run), "options.json")))!["beginning"]!["primingMode"];
    }

    [Fact]
    public void A_primer_outside_the_range_is_moved_into_it()
    {
        string midi = _folder.PathTo("high.mid");
        MidiWriter.Write(midi, new Melody([.. new[] { 96, 98, 100 }.SelectMany(pitch => new[] { MelodyEvent.NoteOn(new Pitch(pitch)), MelodyEvent.Hold })]));
        Runs.Tune(TestNets.Small(_folder.Path), _folder.PathTo("run"), "--midi-primer", midi).Done();
    }

    public void Dispose() => _folder.Dispose();
}
