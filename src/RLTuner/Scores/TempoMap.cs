using System.Collections.Immutable;

namespace RLTuner.Scores;

/// <summary>A tempo from a tick on.</summary>
/// <param name="Tick">Where it starts.</param>
/// <param name="QuartersPerMinute">Quarter notes a minute.</param>
public readonly record struct TempoChange(long Tick, double QuartersPerMinute);

/// <summary>The grid of ticks of a score and its tempos: turns ticks into seconds.</summary>
public sealed class TempoMap
{
    /// <summary>The tempo where a file names none.</summary>
    public const double ImplicitQuartersPerMinute = 120;

    private readonly double[] _startSeconds;
    private readonly double[] _secondsPerTick;

    private TempoMap(int? ticksPerQuarter, double? fixedSecondsPerTick, ImmutableArray<TempoChange> changes)
    {
        TicksPerQuarter = ticksPerQuarter;
        Changes = changes;
        _startSeconds = new double[changes.Length];
        _secondsPerTick = new double[changes.Length];
        for (int i = 0; i < changes.Length; i++)
        {
            _secondsPerTick[i] = fixedSecondsPerTick ?? 60.0 / (changes[i].QuartersPerMinute * ticksPerQuarter!.Value);
            if (i > 0)
            {
                _startSeconds[i] = _startSeconds[i - 1] + (_secondsPerTick[i - 1] * (changes[i].Tick - changes[i - 1].Tick));
            }
        }
    }

    /// <summary>Ticks in a quarter note; null where ticks count seconds (SMPTE) and tempo does not matter to them.</summary>
    public int? TicksPerQuarter { get; }

    /// <summary>The tempos in order of time, the first at tick 0; each differs from the one before.</summary>
    public ImmutableArray<TempoChange> Changes { get; }

    /// <summary>A grid whose ticks divide the quarter note.</summary>
    /// <param name="ticksPerQuarter">Ticks in a quarter note, at least 1.</param>
    /// <param name="changes">Tempos in any order; of several at one tick the last counts. Before the first it is 120.</param>
    /// <exception cref="ArgumentOutOfRangeException">Ticks or a tempo are not positive.</exception>
    public static TempoMap Metrical(int ticksPerQuarter, params ReadOnlySpan<TempoChange> changes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticksPerQuarter);
        return new TempoMap(ticksPerQuarter, null, Normalised(changes));
    }

    /// <summary>A grid whose ticks divide the second.</summary>
    /// <param name="secondsPerTick">The length of a tick in seconds.</param>
    /// <param name="changes">Tempos as for <see cref="Metrical"/>; they say what a quarter note is, not what a tick is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length or a tempo is not positive.</exception>
    public static TempoMap Absolute(double secondsPerTick, params ReadOnlySpan<TempoChange> changes)
    {
        if (!(secondsPerTick > 0) || !double.IsFinite(secondsPerTick))
        {
            throw new ArgumentOutOfRangeException(nameof(secondsPerTick), $"expected a tick above 0 seconds, found {secondsPerTick}");
        }

        return new TempoMap(null, secondsPerTick, Normalised(changes));
    }

    /// <summary>The time of a tick in seconds; ticks before 0 get negative times.</summary>
    public double SecondsAt(long tick)
    {
        int low = 0;
        int high = Changes.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Changes[middle].Tick <= tick)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return _startSeconds[low] + (_secondsPerTick[low] * (tick - Changes[low].Tick));
    }

    private static ImmutableArray<TempoChange> Normalised(ReadOnlySpan<TempoChange> changes)
    {
        List<TempoChange> result = [new TempoChange(0, ImplicitQuartersPerMinute)];
        foreach (TempoChange change in changes.ToArray().OrderBy(change => change.Tick))
        {
            if (!(change.QuartersPerMinute > 0) || !double.IsFinite(change.QuartersPerMinute))
            {
                throw new ArgumentOutOfRangeException(nameof(changes), $"expected tempos above 0, found {change.QuartersPerMinute}");
            }

            if (change.Tick <= result[^1].Tick)
            {
                result[^1] = change with { Tick = result[^1].Tick };
                if (result.Count > 1 && result[^2].QuartersPerMinute == change.QuartersPerMinute)
                {
                    result.RemoveAt(result.Count - 1);
                }
            }
            else if (change.QuartersPerMinute != result[^1].QuartersPerMinute)
            {
                result.Add(change);
            }
        }

        return [.. result];
    }
}
