using System.Collections.Immutable;

namespace RLTuner.NoteRnn.Inputs;

/// <summary>
/// How many steps are left of the melody, in melodies of any length: fine near the end, coarse before. Between two marks both are
/// heard, the nearer one more. Nothing where the length is not known, or a primer is heard.
/// </summary>
public sealed class EndInput : IInputEncoding
{
    /// <summary>The word for it in files.</summary>
    internal const string Word = "end";

    /// <summary>The numbers of steps left that have a row each, rising.</summary>
    public static ImmutableArray<int> Marks { get; } = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64];

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public int Width => Marks.Length;

    /// <inheritdoc/>
    public int MostRows => 2;

    /// <inheritdoc/>
    public void Encode(HeardSoFar heard, Span<InputRow> rows)
    {
        int left = heard.Plan.Length - heard.Step;
        (rows[0], rows[1]) = (InputRow.None, InputRow.None);
        if (heard.Step < 0 || left <= 0)
        {
            return;
        }

        int above = Marks.AsSpan().IndexOfAnyInRange(left, int.MaxValue);
        if (above < 0)
        {
            rows[0] = new(Marks.Length - 1);
        }
        else if (Marks[above] == left)
        {
            rows[0] = new(above);
        }
        else
        {
            float share = (float)(left - Marks[above - 1]) / (Marks[above] - Marks[above - 1]);
            rows[0] = new(above - 1, 1 - share);
            rows[1] = new(above, share);
        }
    }
}
