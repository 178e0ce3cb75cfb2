using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Names, numbers and paths as people type them.</summary>
public sealed class SpellingTests(BadFiles files) : IClassFixture<BadFiles>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Underscores_in_names_are_hyphens_and_paths_with_spaces_can_be_pasted()
    {
        string run = _folder.PathTo("it's a run_1");
        string output = Rltuner.Run(
            "tune", "--note_rnn", files.PathTo("net.safetensors"), "--training_steps=300", "--output_every_nth", "150", "--no_figures", $"--output_dir={run}").Done().Output;
        Assert.True(File.Exists(Path.Combine(run, "checkpoints", "step-000000300.safetensors")));
        Assert.Contains($"Next            rltuner compose --model '{run.Replace("'", "'\\''", StringComparison.Ordinal)}' --count 10", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tune|--trainig-steps|3", "did you mean --training-steps?")]
    [InlineData("tune|--trainig_steps=3", "did you mean --training-steps?")]
    [InlineData("tune|--lerning-rate|3", "did you mean --learning-rate?")]
    [InlineData("explain|--rule|x.mid", "did you mean --rules?")]
    [InlineData("evaluate|--modle|x", "did you mean --model?")]
    [InlineData("compose|--output|--sede|3", "expected a known command or option")]
    [InlineData("tnue", "did you mean tune?")]
    [InlineData("corpus|biuld", "did you mean build?")]
    [InlineData("nonsense|--help", "found 'nonsense'")]
    [InlineData("tune|--help|--nonsense", "found '--nonsense'")]
    [InlineData("compose|--output|", "--output: expected a value, found an empty one")]
    [InlineData("compose|--model|", "--model: expected a value, found an empty one")]
    [InlineData("tune|--note-rnn|", "--note-rnn: expected a value, found an empty one")]
    [InlineData("tune|--rules|", "--rules: expected a value, found an empty one")]
    [InlineData("tune|--key| ", "--key: expected a value, found an empty one")]
    [InlineData("explain|", "melodies: expected a value, found an empty one")]
    [InlineData("compose|--count|99999999999999999999", "--count: expected a whole number from 1 to 1000000, found '99999999999999999999'")]
    [InlineData("compose|--temperature|1e999", "--temperature: expected a number above 0 to 1000000, found '1e999'")]
    [InlineData("compose|--tempo|1e999", "--tempo: expected a number from 3.6")]
    [InlineData("compose|--num-notes-in-melody|1e9", "--num-notes-in-melody: expected a whole number from 1 to 65536")]
    [InlineData("compose|--seed|99999999999999999999", "--seed: expected a whole number from 0 to 18446744073709551615")]
    [InlineData("tune|--training-steps|99999999999999999999", "--training-steps: expected a whole number from 1 to 1000000000000, found '99999999999999999999'")]
    [InlineData("tune|--learning-rate|1e999", "--learning-rate: expected a number above 0 to 1000, found '1e999'")]
    [InlineData("tune|--threads|3", "--threads: expected a whole number from 1 to 2, found '3'")]
    [InlineData("note-rnn|train|@good.jsonl|--output|a.safetensors|--learning-rate|1e999", "--learning-rate: expected a number above 0 to 1E+38")]
    [InlineData("note-rnn|train|@good.jsonl|--output|a.safetensors|--batch-size|0", "--batch-size: expected a whole number from 1 to 4096, found 0")]
    [InlineData("note-rnn|train|@good.jsonl|--output|a.safetensors|--epochs|99999999999999999999", "--epochs: expected a whole number")]
    [InlineData("corpus|build|@good.jsonl|--output|a.corpus|--gap-bars|1e999", "--gap-bars: expected above 0 to 1000000")]
    public void What_is_mistyped_is_told(string line, string words) =>
        Rltuner.Run([.. line.Split('|').Select(word => word.StartsWith('@') ? files.PathTo(word[1..]) : word)]).Refused(2, words);

    [Fact]
    public void One_melody_goes_to_a_MIDI_file_of_that_name()
    {
        string net = files.PathTo("net.safetensors"), one = _folder.PathTo("new/x.mid");
        Rltuner.Run("compose", "--model", net, "--output", one).Done();
        Rltuner.Run("compose", "--model", net, "--count", "1", "--output", _folder.PathTo("m")).Done();
        Assert.Equal(File.ReadAllBytes(_folder.PathTo("m/melody-01.mid")), File.ReadAllBytes(one));
        Rltuner.Run("compose", "--model", net, "--count", "2", "--output", _folder.PathTo("y.mid")).Refused(2, "y.mid", "2 melodies", "--count 1");
        Assert.False(Path.Exists(_folder.PathTo("y.mid")));
    }

    public void Dispose() => _folder.Dispose();
}
