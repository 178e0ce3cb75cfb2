namespace RLTuner.Music.Analysis;

/// <summary>The shape of the bars so far: what of it came before in the same melody.</summary>
/// <remarks>
/// Half bars, rhythms and beginnings of bars are known by 64-bit hashes, so that an event costs O(1); two different ones of a melody
/// share a hash about once in 2⁴⁰ melodies.
/// </remarks>
public sealed class BarsSoFar
{
    private const ulong RhythmSeed = 0x52687974686D, MotifSeed = 0x4D6F746966, HalfSeed = 0x48616C66;

    private readonly int _stepsPerBar, _half;
    private readonly ReusableIndex _known = new(capacity: 32);
    private BarForm _now;

    internal BarsSoFar(int stepsPerBar)
    {
        _stepsPerBar = stepsPerBar;
        _half = (stepsPerBar + 1) / 2;
        Clear();
    }

    /// <summary>The steps of a bar's first half, the longer one where the two differ.</summary>
    public int StepsOfHalf => _half;

    /// <summary>The bar of the latest event.</summary>
    public ref readonly BarForm Latest => ref _now;

    /// <summary>The bar of the next event, as it would be after that event.</summary>
    public BarForm After(MelodyEvent next) => With(next, learn: false);

    internal void Append(MelodyEvent next) => _now = With(next, learn: true);

    internal void Clear()
    {
        _known.Clear();
        _now = new BarForm { Steps = _stepsPerBar };
    }

    private BarForm With(MelodyEvent next, bool learn)
    {
        BarForm bar = _now.Steps < _stepsPerBar ? _now : NewBar(_now);
        int step = bar.Steps;
        bool sounds = next.StartsNote || (bar.IsSounding && next.IsHold);
        bar = bar with
        {
            Steps = step + 1,
            IsSounding = sounds,
            SilentSteps = bar.SilentSteps + (sounds ? 0 : 1),
            Events = Mix(bar.Events, next.StartsNote ? 2UL + (ulong)next.Pitch.MidiNumber : next.IsHold ? 0UL : 1UL),
        };
        bar = next.StartsNote ? WithAttack(bar, next.Pitch, step, learn) : bar;
        bar = bar.Steps == _half ? EndFirstHalf(bar, learn) : bar;
        return bar.Steps == _half || bar.Steps == _stepsPerBar ? EndHalf(bar, learn) : bar;
    }

    private static BarForm NewBar(in BarForm last) => new()
    {
        IsSounding = last.IsSounding,
        LastHalf = last.LastHalf,
        HalfBeforeLast = last.HalfBeforeLast,
        HalfBarsInARow = last.HalfBarsInARow,
        HalfBarsABarApart = last.HalfBarsABarApart,
        MotifsBefore = last.MotifsBefore + (last.MotifReturns ? 1 : 0),
        RhythmsBefore = last.RhythmsBefore + (last is { RhythmReturns: true, RhythmVaries: true } ? 1 : 0),
        Events = HalfSeed,
        Onsets = RhythmSeed,
        Motif = MotifSeed,
        IsMotif = true,
    };

    private BarForm WithAttack(in BarForm bar, Pitch pitch, int step, bool learn)
    {
        int motion = bar.Attacks == 0 ? 0 : (pitch - bar.Latest).Steps;
        ulong motif = Mix(bar.Motif, ((ulong)step << 16) | (uint)(motion + 128));
        bool known = bar.IsMotif && _known.TryGet(motif, out _);
        Learn(motif, learn);
        int length = step - bar.LatestOnset;
        bool first = step < _half;
        return bar with
        {
            Attacks = bar.Attacks + 1,
            Latest = pitch,
            LatestOnset = step,
            Motif = motif,
            IsMotif = known,
            MotifAttacks = known ? bar.Attacks + 1 : bar.MotifAttacks,
            MotifMoves = bar.MotifMoves || (known && motion != 0),
            Onsets = first ? Mix(bar.Onsets, (ulong)step) : bar.Onsets,
            FirstLength = bar.Attacks == 1 ? length : bar.FirstLength,
            RhythmVaries = bar.RhythmVaries || (first && bar.Attacks > 1 && length != bar.FirstLength),
        };
    }

    private BarForm EndFirstHalf(in BarForm bar, bool learn)
    {
        bool returns = bar.Attacks > 0 && _known.TryGet(bar.Onsets, out _);
        Learn(bar.Onsets, learn);
        return bar with
        {
            RhythmReturns = returns,
            RhythmVaries = bar.RhythmVaries || (bar.Attacks > 1 && bar.FirstLength != _half - bar.LatestOnset),
        };
    }

    private BarForm EndHalf(in BarForm bar, bool learn)
    {
        // A half bar without attacks is silence or a held note: nothing that could be the same.
        bool attacked = bar.Attacks > 0 && bar.LatestOnset >= (bar.Steps == _half ? 0 : _half);
        ulong half = attacked ? bar.Events | 1 : 0;
        int alike = 0;
        if (attacked)
        {
            alike = _known.TryGet(half, out int before) ? before : 0;
            Learn(half, learn, alike + 1);
        }

        return bar with
        {
            Events = HalfSeed,
            HalfBarsAlike = alike,
            HalfBarsInARow = attacked && half == bar.LastHalf ? bar.HalfBarsInARow + 1 : 0,
            HalfBarsABarApart = attacked && half == bar.HalfBeforeLast ? bar.HalfBarsABarApart + 1 : 0,
            LastHalf = half,
            HalfBeforeLast = bar.LastHalf,
        };
    }

    private void Learn(ulong hash, bool learn, int value = 1)
    {
        if (learn)
        {
            _known.Set(hash, value);
        }
    }

    /// <summary>SplitMix64's mixing of a hash with a number more.</summary>
    private static ulong Mix(ulong hash, ulong number)
    {
        ulong z = (hash ^ number) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
