using System.Globalization;
using RLTuner.Scores;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Records;

/// <summary>
/// Turns the times of a NoteSequence into ticks. Quantised ones have a grid of their own. The others tell seconds; their tick is the
/// smallest power of two of a second at which the last time still fits 62 bits. So a time comes back to the same bits (within the first
/// 512th of a piece, to within 2^-62 of its length), and quantising meets the numbers that the original meets, at halves of steps too.
/// </summary>
internal sealed class NoteSequenceGrid
{
    /// <summary>The latest time: 11 days.</summary>
    private const double MaxSeconds = 1e6;
    private const double MaxTempo = 1e6;
    private const long MaxStep = 1 << 30;
    private const int FinestSteps = 1 << 16;
    private const int Bits = 62;

    private readonly TFRecord _record;
    private readonly bool _quantized;
    private readonly double _ticksPerSecond;

    public NoteSequenceGrid(NoteSequenceProto sequence, TFRecord record)
    {
        _record = record;
        IEnumerable<double> times = sequence.Notes.Select(note => note.StartTime).Concat(sequence.Notes.Select(note => note.EndTime))
            .Concat(sequence.Tempos.Select(tempo => tempo.Time))
            .Concat(sequence.TimeSignatures.Select(metre => metre.Time))
            .Concat(sequence.KeySignatures.Select(key => key.Time));
        double last = 1;
        foreach (double time in times)
        {
            if (!(time >= 0 && time <= MaxSeconds))
            {
                throw record.Error(string.Create(CultureInfo.InvariantCulture, $"expected times from 0 to {MaxSeconds} seconds, found {time}"));
            }

            last = Math.Max(last, time);
        }

        int stepsPerQuarter = sequence.QuantizationInfo?.StepsPerQuarter ?? 0;
        int stepsPerSecond = sequence.QuantizationInfo?.StepsPerSecond ?? 0;
        if (stepsPerQuarter is < 0 or > FinestSteps || stepsPerSecond is < 0 or > FinestSteps)
        {
            throw record.Error($"expected 0 to {FinestSteps} steps a quarter or second, found {(stepsPerQuarter != 0 ? stepsPerQuarter : stepsPerSecond)}");
        }

        _quantized = stepsPerQuarter > 0 || stepsPerSecond > 0;
        double firstTempo = sequence.Tempos.MinBy(tempo => tempo.Time) is { Time: 0 } first ? Checked(first.Qpm) : TempoMap.ImplicitQuartersPerMinute;
        _ticksPerSecond = stepsPerQuarter > 0 ? stepsPerQuarter * firstTempo / 60
            : stepsPerSecond > 0 ? stepsPerSecond
            : Math.ScaleB(1, Bits - 1 - Math.ILogB(last));
        TempoChange[] tempos = [.. sequence.Tempos.Select(tempo => new TempoChange(TickAt(tempo.Time), Checked(tempo.Qpm)))];
        Tempos = stepsPerQuarter > 0 ? TempoMap.Metrical(stepsPerQuarter, tempos) : TempoMap.Absolute(1 / _ticksPerSecond, tempos);
    }

    public TempoMap Tempos { get; }

    public long TickAt(double seconds) => (long)Math.Round(seconds * _ticksPerSecond);

    public long StartOf(NoteSequenceProto.Types.Note note) => _quantized ? Checked(note.QuantizedStartStep) : TickAt(note.StartTime);

    public long EndOf(NoteSequenceProto.Types.Note note)
    {
        long end = _quantized ? Checked(note.QuantizedEndStep) : TickAt(note.EndTime);
        return end >= StartOf(note) ? end : throw _record.Error("expected notes that end after they start, found one that ends before");
    }

    private long Checked(long step) =>
        step is >= 0 and <= MaxStep ? step : throw _record.Error($"expected quantised steps from 0 to {MaxStep}, found {step}");

    private double Checked(double tempo) => tempo is > 0 and <= MaxTempo
        ? tempo
        : throw _record.Error(string.Create(CultureInfo.InvariantCulture, $"expected tempos above 0 and up to {MaxTempo} quarter notes a minute, found {tempo}"));
}
