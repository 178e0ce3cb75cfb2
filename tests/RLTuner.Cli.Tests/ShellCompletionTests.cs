namespace RLTuner.Cli.Tests;

/// <summary>What a shell is told when Tab is pressed.</summary>
public sealed class ShellCompletionTests
{
    [Theory]
    [InlineData("rltuner tun", "tune")]
    [InlineData("rltuner corpus bu", "build")]
    [InlineData("rltuner tune --algo", "--algorithm")]
    [InlineData("rltuner tune --algorithm ", "auto", "g", "pg", "psi", "pure-rl", "q")]
    [InlineData("rltuner tune --compat m", "magenta")]
    [InlineData("/some/folder/rltuner repor", "report")]
    public void The_words_that_may_follow_are_printed(string line, params string[] words) =>
        Assert.Equal(words, Rltuner.Run(FormattableString.Invariant($"[suggest:{line.Length}]"), line).Done().Lines);

    [Fact]
    public void The_word_at_the_cursor_counts_not_the_last_one() =>
        Assert.Equal(["evaluate"], Rltuner.Run("[suggest:10]", "rltuner ev runs/q-1").Done().Lines);

    [Theory]
    [InlineData("[suggest:99]", "rltuner")]
    [InlineData("[suggest:-1]", "rltuner tune")]
    [InlineData("[suggest:x]", "rltuner tune \"")]
    [InlineData("[suggest]")]
    public void Nonsense_is_no_error(params string[] arguments) => Rltuner.Run(arguments).Done();
}
