using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>One run with default options that several tests look at.</summary>
public sealed class FinishedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Tunes.</summary>
    public FinishedRun()
    {
        Net = TestNets.Small(_folder.Path);
        Output = Runs.Tune(Net, Folder, "--reward-scaler", "0.5").Done().Output;
    }

    /// <summary>The net that was tuned.</summary>
    public string Net { get; }

    /// <summary>The run's folder.</summary>
    public string Folder => _folder.PathTo("run");

    /// <summary>What was printed.</summary>
    public string Output { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
