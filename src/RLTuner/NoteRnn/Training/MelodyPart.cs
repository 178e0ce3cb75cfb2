namespace RLTuner.NoteRnn.Training;

/// <summary>A part of a melody whose events are predicted, each from what came before it in the whole melody. The net starts it without memory.</summary>
/// <param name="Melody">Class numbers of the whole melody.</param>
/// <param name="From">The first event that is predicted.</param>
/// <param name="To">The first after it that is not.</param>
/// <param name="StepsPerBar">The length of its bars in steps.</param>
public readonly record struct MelodyPart(int[] Melody, int From, int To, int StepsPerBar)
{
    /// <summary>How many events are predicted.</summary>
    public int Length => To - From;

    /// <summary>The events that are predicted.</summary>
    public ReadOnlySpan<int> Targets => Melody.AsSpan(From, Length);

    /// <summary>A melody cut into parts of at most some predictions, so that every event from <paramref name="first"/> on is predicted once.</summary>
    /// <param name="melody">Class numbers.</param>
    /// <param name="stepsPerBar">The length of its bars.</param>
    /// <param name="first">The first event to predict: 0 where the net learns how melodies begin, else 1.</param>
    /// <param name="longest">The most predictions of a part.</param>
    public static IEnumerable<MelodyPart> Cut(int[] melody, int stepsPerBar, int first, int longest)
    {
        for (int from = first; from < melody.Length; from += longest)
        {
            yield return new MelodyPart(melody, from, Math.Min(melody.Length, from + longest), stepsPerBar);
        }
    }
}
