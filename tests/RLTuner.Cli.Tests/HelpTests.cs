namespace RLTuner.Cli.Tests;

/// <summary><c>--help</c> names every option and shows examples.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("tune", "--algorithm", "--training-steps", "--exploration-steps", "--exploration-mode", "--reward-scaler", "--reward-mode",
        "--output-every-nth", "--num-notes-in-melody", "--note-rnn-checkpoint-dir", "--note-rnn-checkpoint-name", "--note-rnn-type", "--midi-primer",
        "--priming-mode", "--stochastic-observations", "--training-data-path", "--output-dir", "--discount", "--minibatch-size", "--max-experience",
        "--target-network-update-rate", "--train-every-nth", "--store-every-nth", "--random-action-probability", "--learning-rate", "--clip-norm",
        "--seed", "--compat", "--key", "--time-signature", "--rules", "--corpus", "--stop-when-flat", "--keep-best", "--no-figures", "--quiet", "--log-format", "Examples:")]
    [InlineData("report", "RUN", "--output", "Examples:")]
    [InlineData("studio", "--folder", "--port", "--threads", "--no-browser", "Examples:")]
    [InlineData("sweep", "plan", "run", "status", "report")]
    [InlineData("sweep plan", "PLAN", "--output", "--lowest-pitch", "Examples:")]
    [InlineData("sweep run", "SWEEP", "--jobs", "--only", "--keep", "Examples:")]
    [InlineData("compose", "--model", "--count", "--temperature", "--output", "Examples:")]
    [InlineData("evaluate", "--model", "--input", "--compat", "--corpus", "--format", "Examples:")]
    [InlineData("explain", "--input", "--compat", "--format", "--key", "Examples:")]
    [InlineData("rules fit", "RATINGS", "--output", "--rule-set", "--rules", "--format", "Examples:")]
    [InlineData("rate report", "RATINGS", "--format", "Examples:")]
    [InlineData("predict", "--note-rnn", "--input", "--format", "Examples:")]
    [InlineData("corpus build", "--output", "--format", "--parts", "--split", "--repeats", "--steps-per-quarter", "--max-off-grid", "--min-bars",
        "--min-unique-pitches", "--max-steps-truncate", "--max-steps-discard", "--gap-bars", "--keep-highest", "--pad-to-bar", "--start", "--key",
        "--min-in-key", "--transpose", "--keep-duplicates", "--validation", "--seed", "--lowest-pitch", "--classes", "Examples:")]
    [InlineData("corpus", "build", "show")]
    [InlineData("note-rnn", "train", "evaluate")]
    [InlineData("note-rnn train", "--output", "--resume", "--units", "--epochs", "--patience", "--batch-size", "--max-length", "--learning-rate",
        "--decay-rate", "--decay-steps", "--dropout", "--recurrent-dropout", "--clip-norm", "--l2", "--average-decay", "--seed", "Examples:")]
    [InlineData("note-rnn evaluate", "--corpus", "--set", "--format", "Examples:")]
    [InlineData("checkpoint", "inspect", "unpack")]
    [InlineData("bench", "--format", "one thread")]
    public void Help_names_every_option(string command, params string[] words)
    {
        string help = Rltuner.Run([.. command.Split(' '), "--help"]).Done().Output;
        Assert.All(words, word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.DoesNotContain("System.", help, StringComparison.Ordinal);
    }
}
