using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>Chooses what is heard before each melody, which is no part of it, or the melody's first event.</summary>
public interface IPrimer
{
    /// <summary>Whether the last event drawn is the melody's own first: it counts in its length, and stands at a bar line. What is before it is not part of the melody.</summary>
    bool GivesFirst => false;

    /// <summary>The class numbers heard before the next melody is composed; none only for nets that know how melodies begin.</summary>
    /// <param name="random">The stream for priming.</param>
    ReadOnlySpan<int> Draw(RandomSource random);
}

/// <summary>Nothing: a net that knows how melodies begin draws the first event too.</summary>
public sealed class NoPrimer : IPrimer
{
    /// <inheritdoc/>
    public ReadOnlySpan<int> Draw(RandomSource random) => [];
}

/// <summary>A note of a key, each in the range equally likely: the melody's first. So a net composes that does not know how melodies begin.</summary>
public sealed class FirstNotePrimer : IPrimer
{
    private readonly int[][] _notes;

    /// <summary>Finds the notes.</summary>
    /// <param name="encoding">The range.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">No note of the key lies in the range.</exception>
    public FirstNotePrimer(MelodyEncoding encoding, Key key)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(key);
        _notes = [.. Enumerable.Range(MelodyEncoding.FirstPitchClass, encoding.ClassCount - MelodyEncoding.FirstPitchClass)
            .Where(number => key.Contains(encoding.EventOf(number).Pitch)).Select(number => new[] { number })];
        if (_notes.Length == 0)
        {
            throw new ArgumentException($"expected a note of {key} within {encoding.Lowest} to {encoding.Highest}, found none", nameof(key));
        }
    }

    /// <inheritdoc/>
    public bool GivesFirst => true;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Draw(RandomSource random) => _notes[random.Next(_notes.Length)];
}

/// <summary>
/// One random event, every class equally likely. It is not part of the melody, and nets take it for the first of a bar: what follows is off the beat,
/// as in the published program.
/// </summary>
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
