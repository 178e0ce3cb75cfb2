namespace RLTuner.Scores.Abc;

/// <summary>
/// The order in which bars are played. :| returns to |: or, where that is missing, to the last double bar, the last :| or the start. An
/// ending ends with :|, a double bar, |: or the next ending. A last ending that none of these ends is taken to be as long as the first.
/// </summary>
internal sealed class AbcRepeats
{
    private readonly IReadOnlyList<AbcBar> _bars;
    private readonly int _to;
    private readonly int _from;

    // For bars that start endings: where that ending stops, and the last pass that this or a later ending of its group names.
    private readonly int[] _endingStops;
    private readonly int[] _lastPasses;

    /// <summary>Looks through a section.</summary>
    /// <param name="bars">All bars of the voice.</param>
    /// <param name="from">The first of the section.</param>
    /// <param name="to">Behind the last.</param>
    public AbcRepeats(IReadOnlyList<AbcBar> bars, int from, int to)
    {
        (_bars, _from, _to) = (bars, from, to);
        _endingStops = new int[to - from];
        _lastPasses = new int[to - from];
        int stop = to;
        for (int i = to - 1; i >= from; i--)
        {
            AbcBar bar = bars[i];
            stop = bar.Repeats > 0 ? i + 1 : stop;
            _endingStops[i - from] = stop;
            if (bar.Endings is not null)
            {
                int later = stop < to && bars[stop].Endings is not null ? _lastPasses[stop - from] : 0;
                _lastPasses[i - from] = Math.Max(bar.Endings[^1], later);
            }

            stop = bar.Endings is not null || bar.StartsRepeat || bar.StartsSection ? i : stop;
        }
    }

    /// <summary>Whether any :| leads back in it.</summary>
    public bool HasSigns => _bars.Skip(_from).Take(_to - _from).Any(bar => bar.Repeats > 0);

    /// <summary>The highest number of an ending in the section; 0 without endings.</summary>
    public int LastEnding => _lastPasses.Max();

    /// <summary>Adds the indexes of the section's bars in playing order.</summary>
    /// <param name="order">Where they are added.</param>
    /// <param name="visit">Called for each bar come by, even if another ending is played; throws when it is too much.</param>
    /// <param name="firstPass">Which ending is played first: another than 1 where the order of parts leads back, not a sign.</param>
    public void Play(List<int> order, Action visit, int firstPass = 1)
    {
        int start = _from;
        int pass = firstPass;
        int passes = 0;
        int firstEnding = 0;
        bool hasStartSign = false;
        int lastEndingStop = -1;
        bool isSpent = false;
        void Restart(int at, bool atSign) =>
            (start, pass, passes, firstEnding, hasStartSign, lastEndingStop, isSpent) = (at, 1, 0, 0, atSign, -1, isSpent && !atSign);

        for (int i = _from; i < _to;)
        {
            visit();
            AbcBar bar = _bars[i];
            bool isNew = i > start;
            // A double bar before an ending, as in :||[2, divides nothing.
            bool isDivided = bar.StartsSection && bar.Endings is null;
            bool isOver = i == lastEndingStop || (isDivided && (!hasStartSign || lastEndingStop >= 0));
            bool startsRepeat = bar.StartsRepeat;
            if (startsRepeat && pass > 1 && bar.Endings is { } endings && endings.Contains(pass))
            {
                // |: A [1 B :: [2 C: the ending belongs to what was just repeated. Its start sign is spent by the next :|.
                (startsRepeat, isOver, isSpent) = (false, false, true);
            }

            if (startsRepeat ? isNew || pass == 1 : isNew && isOver)
            {
                Restart(i, bar.StartsRepeat);
            }

            if (bar.Endings is not null)
            {
                int stop = _endingStops[i - _from];
                passes = Math.Max(passes, _lastPasses[i - _from]);
                firstEnding = firstEnding == 0 ? stop - i : firstEnding;
                if (!bar.Endings.Contains(pass))
                {
                    i = stop;
                    if (i < _to && _bars[i].Endings is null)
                    {
                        Restart(i, atSign: false);
                    }

                    continue;
                }

                lastEndingStop = pass == passes && pass > 1 ? Math.Min(stop, i + firstEnding) : -1;
            }

            order.Add(i);
            i++;
            if (bar.Repeats > 0 && isSpent)
            {
                isSpent = false;
                Restart(i, atSign: false);
            }
            else if (bar.Repeats > 0 && pass < Math.Max(bar.Repeats + 1, passes))
            {
                pass++;
                i = start;
            }
            else if (bar.Repeats > 0)
            {
                Restart(i, atSign: false);
            }
        }
    }
}
