using System.Collections.Immutable;

namespace RLTuner.Music;

/// <summary>One voice, one event a step, a sixteenth note a step.</summary>
public sealed class Melody
{
    /// <summary>The grid: steps in a quarter note.</summary>
    public const int StepsPerQuarter = 4;

    /// <summary>Creates a melody.</summary>
    /// <param name="events">One event a step.</param>
    /// <param name="plannedLength">The length in steps that rules about endings assume; by default the number of events.</param>
    /// <exception cref="ArgumentOutOfRangeException">The planned length is negative.</exception>
    public Melody(ImmutableArray<MelodyEvent> events, int? plannedLength = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plannedLength ?? 0, nameof(plannedLength));
        Events = events.IsDefault ? [] : events;
        PlannedLength = plannedLength ?? Events.Length;
    }

    /// <summary>One event a step.</summary>
    public ImmutableArray<MelodyEvent> Events { get; }

    /// <summary>The length in steps that rules about endings assume.</summary>
    public int PlannedLength { get; }

    /// <summary>The melody of a row of class numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class lies outside the encoding.</exception>
    public static Melody FromClasses(ReadOnlySpan<int> classes, MelodyEncoding encoding, int? plannedLength = null)
    {
        ImmutableArray<MelodyEvent>.Builder events = ImmutableArray.CreateBuilder<MelodyEvent>(classes.Length);
        foreach (int classNumber in classes)
        {
            events.Add(encoding.EventOf(classNumber));
        }

        return new Melody(events.MoveToImmutable(), plannedLength);
    }

    /// <summary>The class number of each event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A pitch lies outside the encoding.</exception>
    public int[] ToClasses(MelodyEncoding encoding) => [.. Events.Select(encoding.ClassOf)];

    /// <summary>
    /// The melody in whole bars, so that what follows begins at a bar line. A last bar that is not full is completed: what sounds goes on to the bar line, as
    /// the last notes of tunes do. Where no note begins in it, and it is not the only one, it is cut.
    /// </summary>
    /// <param name="stepsPerBar">The length of a bar, at least 1.</param>
    public Melody ToWholeBars(int stepsPerBar)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsPerBar);
        int left = Events.Length % stepsPerBar;
        ImmutableArray<MelodyEvent> whole = Events[..^left], last = Events[^left..];
        return left == 0 || (!whole.IsEmpty && !last.Any(@event => @event.StartsNote))
            ? new Melody(whole)
            : new Melody([.. Events, .. Enumerable.Repeat(MelodyEvent.Hold, stepsPerBar - left)]);
    }

    /// <summary>The melody some semitones higher, or lower where they are negative.</summary>
    /// <exception cref="ArgumentException">A pitch leaves MIDI's 0 to 127.</exception>
    public Melody Transposed(int semitones) =>
        Events.FirstOrDefault(played => played.StartsNote && played.Pitch.MidiNumber + semitones is < 0 or > 127) is { StartsNote: true } outside
            ? throw new ArgumentException($"expected pitches that stay within MIDI's 0 to 127, found {outside} moved by {semitones} semitones", nameof(semitones))
            : new Melody([.. Events.Select(played => played.StartsNote ? MelodyEvent.NoteOn(played.Pitch + new Interval(semitones)) : played)], PlannedLength);

    /// <summary>The notes that are heard, in order: each from its attack to the next attack, note off or the end.</summary>
    public IEnumerable<MelodyNote> Notes()
    {
        for (int start = 0; start < Events.Length; start++)
        {
            if (Events[start].StartsNote)
            {
                int end = start + 1;
                while (end < Events.Length && Events[end].IsHold)
                {
                    end++;
                }

                yield return new MelodyNote(Events[start].Pitch, start, end - start);
            }
        }
    }

    /// <summary>The events' names, such as <c>C4 hold off E4</c>.</summary>
    public override string ToString() => string.Join(' ', Events);
}

/// <summary>A note as it is heard.</summary>
/// <param name="Pitch">Its pitch.</param>
/// <param name="Start">The step of its attack, from 0.</param>
/// <param name="Length">Its duration in steps, at least 1.</param>
public readonly record struct MelodyNote(Pitch Pitch, int Start, int Length);
