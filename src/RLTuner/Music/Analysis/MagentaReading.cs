namespace RLTuner.Music.Analysis;

/// <summary>
/// A melody as the original program reads it: a row of class numbers, of which it takes 0 for a note off and 1 for no event
/// (swapped against the data that its nets were trained on). Only the Magenta-compatible rules and
/// statistics use it.
/// </summary>
internal sealed class MagentaReading
{
    /// <summary>The class that the original takes for a note off; in the data it is a hold.</summary>
    public const int NoteOff = 0;

    /// <summary>The class that the original takes for no event; in the data it is a note off.</summary>
    public const int NoEvent = 1;

    /// <summary>The class of the tonic: C4, that octave alone.</summary>
    public const int Tonic = 14;

    /// <summary>As many different notes make eight classes a motif.</summary>
    public const int LeastNotesOfMotif = 3;

    /// <summary>Stands for the latest note where none came yet.</summary>
    public const int NoNote = -1;

    private readonly MagentaMotifs _motifs;
    private Autocorrelation _autocorrelation;
    private MagentaRepetition _repetition;

    internal MagentaReading(int plannedLength) => _motifs = new MagentaMotifs(plannedLength);

    /// <summary>Classes so far.</summary>
    public int Count => _autocorrelation.Count;

    /// <summary>The latest class other than 0 and 1, or <see cref="NoNote"/>.</summary>
    public int LatestNote { get; private set; } = NoNote;

    /// <summary>The open leap.</summary>
    public MagentaLeap Leap { get; private set; }

    /// <summary>Largest and smallest of all classes, 0 and 1 included.</summary>
    public PitchExtremes Classes { get; private set; }

    /// <summary>Largest and smallest of the classes other than 0 and 1.</summary>
    public PitchExtremes Notes { get; private set; }

    /// <summary>The autocorrelation of the raw class numbers.</summary>
    public ref readonly Autocorrelation Autocorrelation => ref _autocorrelation;

    /// <summary>Whether the next class would be repeated excessively.</summary>
    public bool IsExcessive(int next) => _repetition.IsExcessive(next);

    /// <summary>Different notes in the last seven classes and the next; 0 where there are fewer than eight classes.</summary>
    public int DistinctNotesInMotif(int next) => _motifs.DistinctWith(next);

    /// <summary>Whether the last seven classes and the next came as a run before, without overlap.</summary>
    public bool MotifCameBefore(int next) => _motifs.CameBefore(next);

    /// <summary>The interval to the next class.</summary>
    public MagentaInterval IntervalTo(int next) => MagentaInterval.Between(LatestNote, next);

    /// <summary>What the next class does to the open leap; nothing at the first step.</summary>
    public LeapOutcome JudgeLeap(int next) => Count == 0 ? LeapOutcome.None : Leap.Judge(LatestNote, next).Outcome;

    internal void Clear()
    {
        _motifs.Clear();
        _autocorrelation = default;
        _repetition = default;
        LatestNote = NoNote;
        Leap = default;
        Classes = default;
        Notes = default;
    }

    internal void Append(int next)
    {
        if (Count > 0)
        {
            Leap = Leap.Judge(LatestNote, next).After;
        }

        _motifs.Append(next);
        _autocorrelation = _autocorrelation.With(next);
        _repetition = _repetition.With(next);
        Classes = Classes.With(next);
        if (next is not (NoteOff or NoEvent))
        {
            LatestNote = next;
            Notes = Notes.With(next);
        }
    }
}
