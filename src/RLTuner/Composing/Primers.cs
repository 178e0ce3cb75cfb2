using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>Chooses what is heard before each melody; it sets the net's mood and is not part of the melody.</summary>
public interface IPrimer
{
    /// <summary>The class numbers heard before the next melody; none only for nets that know how melodies begin.</summary>
    /// <param name="random">The stream for priming.</param>
    ReadOnlySpan<int> Draw(RandomSource random);
}

/// <summary>Nothing: a net that knows how melodies begin draws the first event too.</summary>
public sealed class NoPrimer : IPrimer
{
    /// <inheritdoc/>
    public ReadOnlySpan<int> Draw(RandomSource random) => [];
}

/// <summary>One random event, every class equally likely.</summary>
/// <param name="classes">Classes 0 to <paramref name="classes"/> - 1 are drawn.</param>
public sealed class RandomNotePrimer(int classes) : IPrimer
{
    private readonly int[][] _events = [.. Enumerable.Range(0, classes).Select(number => new[] { number })];

    /// <inheritdoc/>
    public ReadOnlySpan<int> Draw(RandomSource random) => _events[random.Next(_events.Length)];
}

/// <summary>A melody drawn from a list; with a list of one, always that melody.</summary>
public sealed class MelodyPrimer : IPrimer
{
    private readonly ImmutableArray<int[]> _melodies;

    /// <summary>Creates the primer.</summary>
    /// <exception cref="ArgumentException">There is no melody with events, or an event lies outside the encoding.</exception>
    public MelodyPrimer(IEnumerable<Melody> melodies, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        _melodies = [.. melodies.Where(melody => melody.Events.Length > 0).Select(melody => Classes(melody, encoding))];
        if (_melodies.IsEmpty)
        {
            throw new ArgumentException("expected at least one melody to prime with, found none", nameof(melodies));
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Draw(RandomSource random) => _melodies.Length == 1 ? _melodies[0] : _melodies[random.Next(_melodies.Length)];

    private static int[] Classes(Melody melody, MelodyEncoding encoding) =>
        melody.Events.FirstOrDefault(@event => !encoding.Contains(@event)) is { StartsNote: true } outside
            ? throw new ArgumentException($"expected a primer within {encoding.Lowest} to {encoding.Highest}, found {outside.Pitch}", nameof(melody))
            : melody.ToClasses(encoding);
}
