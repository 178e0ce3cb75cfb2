using BenchmarkDotNet.Attributes;
using RLTuner.NoteRnn;

namespace RLTuner.Benchmarks;

/// <summary>One event through the paper's net.</summary>
public class NetBenchmarks
{
    private NoteRnnModel _net = null!;
    private NoteRnnStep _step = null!;
    private NoteRnnState _before = null!, _after = null!;
    private int[] _events = [];
    private float[] _logits = [];

    /// <summary>1 while playing, 32 while learning.</summary>
    [Params(1, 32)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _net = PaperNet.Create();
        _step = new NoteRnnStep(_net.Shape, Batch);
        _before = new NoteRnnState(_net.Shape, Batch);
        _after = new NoteRnnState(_net.Shape, Batch);
        _events = PaperNet.Events(Batch);
        _logits = new float[Batch * _net.Shape.Classes];
    }

    [Benchmark]
    public void Forward() => _step.Forward(_net.Weights, _events, _before, _after, _logits);
}
