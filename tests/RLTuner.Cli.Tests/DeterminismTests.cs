using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>One seed, the same bytes.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("q")]
    [InlineData("g", "--exploration-mode", "boltzmann", "--stochastic-observations")]
    [InlineData("psi", "--compat", "magenta")]
    public void The_same_seed_twice_gives_the_same_bytes(string algorithm, params string[] options)
    {
        // The page bears the name of the run's folder.
        string net = TestNets.Small(_folder.Path), first = _folder.PathTo("first/run"), second = _folder.PathTo("second/run");
        Runs.Tune(net, first, ["--algorithm", algorithm, "--seed", "3", .. options]).Done();
        Runs.Tune(net, second, ["--algorithm", algorithm, "--seed", "3", .. options]).Done();
        SameRun.Assert(first, second);
    }

    [Fact]
    public void Another_seed_gives_another_net()
    {
        string net = TestNets.Small(_folder.Path), first = _folder.PathTo("first"), second = _folder.PathTo("second");
        Runs.Tune(net, first).Done();
        Runs.Tune(net, second, "--seed", "2").Done();
        Assert.NotEqual(Runs.LastNet(first), Runs.LastNet(second));
    }

    [Fact]
    public void Evaluating_more_often_changes_nothing_that_is_learned()
    {
        string net = TestNets.Small(_folder.Path), seldom = _folder.PathTo("seldom"), often = _folder.PathTo("often");
        Runs.Tune(net, seldom, 320).Done();
        Runs.Tune(net, often, 7).Done();
        Assert.Equal(Runs.LastNet(seldom), Runs.LastNet(often));
        Assert.Single(File.ReadLines(Path.Combine(seldom, "progress.jsonl")));
        Assert.Equal(46, File.ReadLines(Path.Combine(often, "progress.jsonl")).Count());
    }

    [Fact]
    public void Composing_twice_gives_the_same_files_and_more_begins_with_fewer()
    {
        string net = TestNets.Small(_folder.Path);
        Rltuner.Run("compose", "--model", net, "--count", "4", "--seed", "9", "--output", _folder.PathTo("four")).Done();
        Rltuner.Run("compose", "--model", net, "--count", "12", "--seed", "9", "--output", _folder.PathTo("twelve")).Done();
        string[] four = Runs.FilesIn(_folder.PathTo("four"));
        Assert.Equal(["melody-01.mid", "melody-02.mid", "melody-03.mid", "melody-04.mid"], four);
        Assert.Equal(12, Runs.FilesIn(_folder.PathTo("twelve")).Length);
        Assert.All(four, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder.PathTo("four"), file)), File.ReadAllBytes(Path.Combine(_folder.PathTo("twelve"), file))));
    }

    public void Dispose() => _folder.Dispose();
}
