using System.Collections.Immutable;

namespace RLTuner.NoteRnn.Training;

/// <summary>
/// Melodies side by side, step after step: at step t the rows are the t-th events of all melodies that go on, the longest melody
/// first, so that each step's rows are the first of those of the step before and no row is filling. An event is input to predict the
/// one after it, so a melody of n events has n - 1 rows.
/// </summary>
internal sealed class PackedBatch
{
    private readonly int[] _inputs, _targets, _starts;

    /// <summary>Packs melodies.</summary>
    /// <param name="melodies">Class numbers of each; of those with fewer than two events there is nothing to predict.</param>
    public PackedBatch(IEnumerable<int[]> melodies)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        int[][] longestFirst = [.. melodies.Where(melody => melody.Length > 1).OrderByDescending(melody => melody.Length)];
        Width = longestFirst.Length;
        Steps = Width == 0 ? 0 : longestFirst[0].Length - 1;
        int rows = checked(longestFirst.Sum(melody => melody.Length - 1));
        _inputs = new int[rows];
        _targets = new int[rows];
        _starts = new int[Steps + 1];
        int going = Width, at = 0;
        for (int step = 0; step < Steps; step++)
        {
            while (longestFirst[going - 1].Length - 1 <= step)
            {
                going--;
            }

            _starts[step] = at;
            for (int melody = 0; melody < going; melody++, at++)
            {
                _inputs[at] = longestFirst[melody][step];
                _targets[at] = longestFirst[melody][step + 1];
            }
        }

        _starts[Steps] = at;
    }

    /// <summary>Melodies side by side at the first step.</summary>
    public int Width { get; }

    /// <summary>Steps of the longest melody.</summary>
    public int Steps { get; }

    /// <summary>Rows of all steps: the number of predictions.</summary>
    public int Rows => _inputs.Length;

    /// <summary>[rows]: the events that are heard, as class numbers.</summary>
    public ReadOnlySpan<int> Inputs => _inputs;

    /// <summary>[rows]: the events that follow them.</summary>
    public ReadOnlySpan<int> Targets => _targets;

    /// <summary>The first row of a step.</summary>
    public int Start(int step) => _starts[step];

    /// <summary>Rows of a step: melodies that still go on.</summary>
    public int Count(int step) => _starts[step + 1] - _starts[step];

    /// <summary>The row at which the melody of a row of <paramref name="step"/> was one step earlier; only for steps after the first.</summary>
    public int Before(int step, int row) => row - _starts[step] + _starts[step - 1];
}
