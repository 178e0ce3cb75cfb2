using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.Onnx.Tests;

/// <summary>A melody as a net hears it, and what our own program makes of it: the oracle's other side.</summary>
internal sealed class Heard
{
    public const int Events = 64, Primer = 5;

    private static readonly TimeSignature Metre = TimeSignature.Parse("3/4");

    private readonly int[] _events;

    public Heard(NoteRnnModel model, ulong seed)
    {
        Model = model;
        RandomSource random = new(seed, "heard");
        int[] melody = [.. Enumerable.Range(0, Events).Select(_ => random.Next(model.Shape.Classes))];
        _events = model.KnowsBeginnings ? [MelodyEncoding.NoEvent, .. melody] : melody;
    }

    public NoteRnnModel Model { get; }

    public ReadOnlySpan<int> Classes => _events;

    /// <summary>Our logits after each event.</summary>
    public float[][] Logits()
    {
        IPolicyRun run = new NoteRnnPolicy(Model, Metre).Begin(1, [Events]);
        float[] logits = new float[Model.Shape.Classes];
        return [.. _events.Select((heard, i) =>
        {
            run.Read([heard], logits, [Step(i)]);
            return logits.ToArray();
        })];
    }

    /// <summary>What an ONNX graph may ask for before a step.</summary>
    public Dictionary<string, long> Feeds(int i)
    {
        int[] heard = [.. _events[..(i + 1)].Where(@event => @event != MelodyEncoding.NoEvent)];
        long BarsAgo(int bars) => heard.Length >= bars * Metre.StepsPerBar() ? heard[^(bars * Metre.StepsPerBar())] : -1;
        return new()
        {
            ["event"] = _events[i],
            ["step"] = Step(i),
            ["steps_per_bar"] = Metre.StepsPerBar(),
            ["length"] = Events,
            ["bars_ago_1"] = BarsAgo(1),
            ["bars_ago_2"] = BarsAgo(2),
            ["bars_ago_4"] = BarsAgo(4),
        };
    }

    /// <summary>The first events are a primer to nets that cannot begin by themselves.</summary>
    private int Step(int i) => Model.KnowsBeginnings ? i : i < Primer ? -1 : i - Primer;
}
