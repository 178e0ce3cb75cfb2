using RLTuner.Music;

namespace RLTuner.Scores.Notation;

/// <summary>Which note values are written where in a bar, so that a reader sees its beats (after Gould, Behind Bars, 2011, on metre).</summary>
/// <param name="metre">The metre; its bars fill whole sixteenths.</param>
internal sealed class NoteValues(TimeSignature metre)
{
    private static readonly int[] Written = [1, 2, 3, 4, 6, 8, 12, 16, 24];

    private readonly int _bar = metre.StepsPerBar(), _beat = metre.StepsPerBeat();

    /// <summary>Parts a stretch of a bar into as few values as may be, tied where it sounds, at its strongest places.</summary>
    /// <param name="start">Where in the bar it starts, in sixteenths.</param>
    /// <param name="end">Where it ends; at most the bar's end.</param>
    /// <param name="isRest">Whether it is silent: rests show the beats more strictly.</param>
    public IReadOnlyList<(int Start, int Length)> Split(int start, int end, bool isRest)
    {
        // best[i]: the best way from start to start + i, by its number of values, then by the strength of the places between them.
        (int Values, int Strength, int From)[] best = new (int, int, int)[end - start + 1];
        for (int to = start + 1; to <= end; to++)
        {
            best[to - start] = Enumerable.Range(start, to - start)
                .Where(from => (from == start || best[from - start].Values > 0) && IsWritten(from, to - from, isRest))
                .Select(from => (best[from - start].Values + 1, best[from - start].Strength + (from == start ? 0 : metre.StrengthOf(from)), from))
                .OrderBy(way => way.Item1).ThenByDescending(way => way.Item2).FirstOrDefault();
        }

        List<(int, int)> values = [];
        for (int to = end; to > start; to = best[to - start].From)
        {
            values.Insert(0, (best[to - start].From, to - best[to - start].From));
        }

        return values;
    }

    private bool IsWritten(int start, int length, bool isRest)
    {
        if (!Written.Contains(length))
        {
            return false;
        }

        int end = start + length;
        bool isOnBeats = start % _beat == 0 && end % _beat == 0;
        bool isWithinBeat = start / _beat == (end - 1) / _beat;
        bool isCompound = _beat % 3 == 0;
        if (isRest)
        {
            return isWithinBeat
                ? length == _beat || (length is 1 or 2 && start % length == 0) || (isCompound && length == 4 && start % _beat == 0)
                : isOnBeats && length == 2 * _beat && start % length == 0 && _bar % length == 0;
        }

        bool hidesMiddle = _bar >= 4 * _beat && 2 * start < _bar && 2 * end > _bar;
        return isWithinBeat ? length != 4 || start % 2 == 0
            : isOnBeats ? !hidesMiddle || start == 0 || end == _bar || (length == 2 * _beat && !isCompound)
            : !isCompound && !hidesMiddle && start % 2 == 0 && length is 4 or 6;
    }
}
