using BenchmarkDotNet.Attributes;
using RLTuner.NoteRnn;
using RLTuner.Tuning;
using RLTuner.Tuning.Algorithms;
using RLTuner.Tuning.Replay;

namespace RLTuner.Benchmarks;

/// <summary>One update of the paper's net from a batch of 32: forward, backward, clipping, Adam, target net.</summary>
public class UpdateBenchmarks
{
    private Learner _learner = null!;
    private Minibatch _batch = null!;

    /// <summary>G-learning also runs the Note RNN.</summary>
    [Params("q", "g")]
    public string Learning { get; set; } = "q";

    [GlobalSetup]
    public void Prepare()
    {
        NoteRnnWeights net = PaperNet.Create().Weights;
        TunerOptions options = new() { Algorithm = Algorithm.All.First(algorithm => algorithm.Name == Learning) };
        _learner = new Learner(net.Clone(), net.Clone(), net, options);
        _batch = new Minibatch(net.Shape, options.MinibatchSize);
        PaperNet.Inputs(_batch.Size).CopyTo(_batch.Inputs, 0);
        PaperNet.Events(_batch.Size).CopyTo(_batch.Actions, 0);
        PaperNet.Inputs(_batch.Size).CopyTo(_batch.NextInputs, 0);
    }

    [Benchmark]
    public double Update() => _learner.Update(_batch);
}
