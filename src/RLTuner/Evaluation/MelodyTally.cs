using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules.Corrected;

namespace RLTuner.Evaluation;

/// <summary>Counts what is heard, melody by melody.</summary>
/// <param name="key">The key that notes are held against.</param>
/// <param name="timeSignature">The metre, which says how long a bar is.</param>
public sealed class MelodyTally(Key key, TimeSignature timeSignature)
{
    private const int MoreThanAnOctave = 13;

    private static readonly MelodyEncoding AllPitches = new(new Pitch(0), 130);

    private readonly AvoidRepetition _repetition = new();
    private readonly MelodySoFar _melody = new(AllPitches, plannedLength: 64, timeSignature);
    private readonly HashSet<string> _different = [];
    private readonly int[] _intervals = new int[MoreThanAnOctave + 1];
    private readonly double[] _autocorrelations = new double[Autocorrelation.MaxLag];
    private BarCount _bar;
    private int _melodies, _startingOnTonic, _endingOnTonic, _uniqueHighest, _uniqueLowest, _autocorrelated;
    private int _steps, _stepsAtRest, _excessive;
    private int _notes, _notesNotInKey, _notesInMotif, _notesInRepeatedMotif;
    private int _leaps, _resolved, _doubled;

    /// <summary>The statistics of some melodies.</summary>
    public static MelodyStatistics Of(IEnumerable<Melody> melodies, Key key, TimeSignature timeSignature)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        MelodyTally tally = new(key, timeSignature);
        foreach (Melody melody in melodies)
        {
            tally.Add(melody);
        }

        return tally.ToStatistics();
    }

    /// <summary>Adds a melody.</summary>
    public void Add(Melody melody)
    {
        ArgumentNullException.ThrowIfNull(melody);
        _melody.Start(MelodyEvent.Hold);
        _bar = default;
        foreach (MelodyEvent next in melody.Events)
        {
            _excessive += _repetition.IsExcessive(_melody, next) ? 1 : 0;
            if (next.StartsNote)
            {
                CountNote(next);
            }

            _melody.Append(next);
            _steps++;
            _stepsAtRest += _melody.Attacks.IsSounding ? 0 : 1;
            if (_melody.Bar.StepInBar == 0)
            {
                EndBar();
            }
        }

        EndBar();
        CountWhole();
        _different.Add(Fingerprint(melody));
    }

    /// <summary>The statistics of the melodies so far.</summary>
    public MelodyStatistics ToStatistics() => new()
    {
        Melodies = _melodies,
        DifferentMelodies = _different.Count,
        Steps = _steps,
        Bars = (double)_steps / _melody.StepsPerBar,
        Notes = _notes,
        StepsAtRest = _stepsAtRest,
        NotesNotInKey = _notesNotInKey,
        StartingOnTonic = _startingOnTonic,
        EndingOnTonic = _endingOnTonic,
        ExcessiveSteps = _excessive,
        Leaps = _leaps,
        ResolvedLeaps = _resolved,
        DoubledLeaps = _doubled,
        UniqueHighest = _uniqueHighest,
        UniqueLowest = _uniqueLowest,
        NotesInMotif = _notesInMotif,
        NotesInRepeatedMotif = _notesInRepeatedMotif,
        Intervals = [.. _intervals],
        AutocorrelatedMelodies = _autocorrelated,
        MeanAutocorrelations = [.. _autocorrelations.Select(sum => Figure.Ratio(sum, _autocorrelated))],
    };

    private void CountNote(MelodyEvent next)
    {
        _notes++;
        _notesNotInKey += key.Contains(next.Pitch) ? 0 : 1;
        _bar = _bar.With(next, _melody.Bar);
        if (_melody.Attacks.Count > 0)
        {
            Interval motion = next.Pitch - _melody.Attacks.Latest;
            LeapOutcome outcome = _melody.Leap.Judge(motion);
            _intervals[Math.Min(motion.Size, MoreThanAnOctave)]++;
            _leaps += motion.Size >= LeapTracker.SmallestLeap ? 1 : 0;
            _resolved += outcome == LeapOutcome.Resolved ? 1 : 0;
            _doubled += outcome == LeapOutcome.Doubled ? 1 : 0;
        }
    }

    private void EndBar()
    {
        _notesInMotif += _bar.Pitches.Count >= BarPrefixes.LeastPitchesOfMotif ? _bar.Notes : 0;
        _notesInRepeatedMotif += _bar.RepeatedNotes;
        _bar = default;
    }

    private void CountWhole()
    {
        AttackHistory attacks = _melody.Attacks;
        _melodies++;
        _startingOnTonic += attacks.Count > 0 && key.IsTonic(attacks.First) ? 1 : 0;
        _endingOnTonic += attacks.Count > 0 && key.IsTonic(attacks.Latest) ? 1 : 0;
        _uniqueHighest += _melody.Extremes.HighestIsUnique ? 1 : 0;
        _uniqueLowest += _melody.Extremes.LowestIsUnique ? 1 : 0;
        Autocorrelation pitches = _melody.PitchAutocorrelation;
        if (pitches.Count >= Autocorrelation.LeastAttacks && !pitches.IsConstant)
        {
            _autocorrelated++;
            for (int lag = 1; lag <= Autocorrelation.MaxLag; lag++)
            {
                _autocorrelations[lag - 1] += pitches.At(lag).Value;
            }
        }
    }

    /// <summary>Equal for equal melodies only.</summary>
    internal static string Fingerprint(Melody melody) =>
        string.Create(melody.Events.Length, melody.Events, static (letters, events) =>
        {
            for (int step = 0; step < letters.Length; step++)
            {
                letters[step] = (char)AllPitches.ClassOf(events[step]);
            }
        });

    /// <summary>The notes of the bar being counted; the repeated ones lie in the beginning that it shares with an earlier bar.</summary>
    private readonly record struct BarCount(PitchSet Pitches, int Notes, int RepeatedNotes)
    {
        public BarCount With(MelodyEvent note, BarPrefixes bar)
        {
            PitchSet pitches = Pitches.With(note.Pitch.MidiNumber);
            bool repeats = pitches.Count >= BarPrefixes.LeastPitchesOfMotif && bar.WouldRepeat(note);
            return new BarCount(pitches, Notes + 1, repeats ? Notes + 1 : RepeatedNotes);
        }
    }
}
