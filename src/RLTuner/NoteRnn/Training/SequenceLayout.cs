using System.Collections.Immutable;

namespace RLTuner.NoteRnn.Training;

/// <summary>
/// Where melodies lie side by side, step after step: at step t the rows are those of all melodies that go on, the longest first, so that
/// each step's rows are the first of those of the step before and no row is filling.
/// </summary>
public sealed class SequenceLayout
{
    private readonly ImmutableArray<int> _starts;

    private SequenceLayout(ImmutableArray<int> starts) => _starts = starts;

    /// <summary>Melodies side by side at the first step.</summary>
    public int Width => Steps == 0 ? 0 : Count(0);

    /// <summary>Steps of the longest melody.</summary>
    public int Steps => _starts.Length - 1;

    /// <summary>Rows of all steps.</summary>
    public int Rows => _starts[^1];

    /// <summary>Melodies of one length.</summary>
    /// <param name="melodies">How many.</param>
    /// <param name="steps">Steps of each.</param>
    public static SequenceLayout Of(int melodies, int steps) => new([.. Enumerable.Range(0, steps + 1).Select(step => checked(step * melodies))]);

    /// <summary>Melodies of these lengths, the longest first.</summary>
    public static SequenceLayout Of(ReadOnlySpan<int> lengths)
    {
        int steps = lengths.IsEmpty ? 0 : lengths[0], going = lengths.Length, at = 0;
        ImmutableArray<int>.Builder starts = ImmutableArray.CreateBuilder<int>(steps + 1);
        for (int step = 0; step < steps; step++)
        {
            while (lengths[going - 1] <= step)
            {
                going--;
            }

            starts.Add(at);
            at = checked(at + going);
        }

        starts.Add(at);
        return new SequenceLayout(starts.MoveToImmutable());
    }

    /// <summary>The first row of a step.</summary>
    public int Start(int step) => _starts[step];

    /// <summary>Rows of a step: melodies that still go on.</summary>
    public int Count(int step) => _starts[step + 1] - _starts[step];

    /// <summary>The row at which the melody of a row of <paramref name="step"/> was one step earlier; only for steps after the first.</summary>
    public int Before(int step, int row) => row - _starts[step] + _starts[step - 1];
}
