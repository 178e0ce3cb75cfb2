using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Corpus;

/// <summary>Cuts melodies that begin at bar lines into pieces of some bars, one after the other.</summary>
public static class BarWindows
{
    private const int LeastNotes = 4;

    /// <summary>The windows of the melodies that are in a metre, or in an unknown one.</summary>
    /// <param name="melodies">Melodies from a bar line on.</param>
    /// <param name="timeSignature">The metre; another with the same bars and beats, such as 2/2 for 4/4, counts as the same.</param>
    /// <param name="length">Steps of a window.</param>
    public static IEnumerable<Melody> Of(IEnumerable<CorpusMelody> melodies, TimeSignature timeSignature, int length)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        return melodies
            .Where(melody => melody.Metre is not { } metre || (metre.StepsPerBar(), metre.StepsPerBeat()) == (timeSignature.StepsPerBar(), timeSignature.StepsPerBeat()))
            .SelectMany(melody => Of(melody.Melody, length, timeSignature.StepsPerBar()));
    }

    /// <summary>The windows of a melody that have at least four notes. Each begins at a bar line; a note that is held over it is heard as begun there.</summary>
    /// <param name="melody">A melody from a bar line on.</param>
    /// <param name="length">Steps of a window.</param>
    /// <param name="stepsPerBar">The length of a bar.</param>
    public static IEnumerable<Melody> Of(Melody melody, int length, int stepsPerBar)
    {
        ArgumentNullException.ThrowIfNull(melody);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        int stride = (length + stepsPerBar - 1) / stepsPerBar * stepsPerBar;
        MelodyEvent heard = MelodyEvent.Hold;
        for (int start = 0; start + length <= melody.Events.Length; start += stride)
        {
            ImmutableArray<MelodyEvent> events = melody.Events.Slice(start, length);
            events = events[0].IsHold && heard.StartsNote ? events.SetItem(0, heard) : events;
            if (events.Count(@event => @event.StartsNote) >= LeastNotes)
            {
                yield return new Melody(events);
            }

            foreach (MelodyEvent @event in melody.Events.AsSpan(start, Math.Min(stride, melody.Events.Length - start)))
            {
                heard = @event.IsHold ? heard : @event;
            }
        }
    }
}
