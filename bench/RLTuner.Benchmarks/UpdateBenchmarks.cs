using BenchmarkDotNet.Attributes;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.NoteRnn;

namespace RLTuner.Benchmarks;

/// <summary>One update of the paper's net from a batch of 32: forward, backward, clipping, Adam, target net.</summary>
public class UpdateBenchmarks
{
    private QNetworks _nets = null!;

    /// <summary>G-learning also runs the Note RNN.</summary>
    [Params("q", "g")]
    public string Learning { get; set; } = "q";

    [GlobalSetup]
    public void Prepare()
    {
        NoteRnnWeights net = PaperNet.Create().Weights;
        QOptions options = new(Learning);
        Minibatch batch = new(net.Shape, options.MinibatchSize);
        _nets = new QNetworks(net, net, options, Quirks.None, batch, new Partner(threads: 1));
        PaperNet.Inputs(batch.Size).CopyTo(batch.Inputs, 0);
        PaperNet.Events(batch.Size).CopyTo(batch.Actions, 0);
        PaperNet.Inputs(batch.Size).CopyTo(batch.NextInputs, 0);
    }

    [Benchmark]
    public double Update() => _nets.Update();
}
