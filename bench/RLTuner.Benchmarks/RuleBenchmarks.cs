using BenchmarkDotNet.Attributes;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Benchmarks;

/// <summary>All nine rules on a melody of 32 random events; the figure is for one step.</summary>
public class RuleBenchmarks
{
    private const int Steps = 32;

    private readonly double[] _each = new double[9];
    private MelodyEvent[] _events = [];
    private MelodySoFar _melody = null!;
    private RuleSet _rules = null!;

    /// <summary>Whose rules.</summary>
    [Params(RuleSetName.Theory, RuleSetName.Magenta)]
    public RuleSetName Rules { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _rules = RulePresets.Of(Rules, RewardMode.MusicTheoryAll, Key.CMajor);
        _events = [.. PaperNet.Events(Steps).Select(MelodyEncoding.Default.EventOf)];
        _melody = new MelodySoFar(MelodyEncoding.Default, Steps, TimeSignature.CommonTime);
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public double Score()
    {
        double sum = 0;
        _melody.Start(MelodyEvent.Hold);
        foreach (MelodyEvent next in _events)
        {
            sum += _rules.Score(_melody, next, _each);
            _melody.Append(next);
        }

        return sum;
    }
}
