using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn.Training;

/// <summary>Parts of melodies side by side, with what a net hears before each event and the event that came.</summary>
public sealed class SequenceBatch
{
    private readonly InputRow[] _inputs;
    private readonly int[] _targets;

    /// <summary>Lays parts side by side.</summary>
    /// <param name="parts">The parts; of empty ones there is nothing to predict.</param>
    /// <param name="hears">What the net hears.</param>
    public SequenceBatch(IEnumerable<MelodyPart> parts, NoteRnnInputs hears)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(hears);
        MelodyPart[] longestFirst = [.. parts.Where(part => part.Length > 0).OrderByDescending(part => part.Length)];
        Layout = SequenceLayout.Of([.. longestFirst.Select(part => part.Length)]);
        MostRows = hears.MostRows;
        _inputs = new InputRow[checked(Layout.Rows * MostRows)];
        _targets = new int[Layout.Rows];
        for (int step = 0; step < Layout.Steps; step++)
        {
            for (int melody = 0; melody < Layout.Count(step); melody++)
            {
                (MelodyPart part, int row) = (longestFirst[melody], Layout.Start(step) + melody);
                int at = part.From + step;
                hears.Encode(new HeardSoFar(part.Melody.AsSpan(0, at), at, new MelodyPlan(part.StepsPerBar)), _inputs.AsSpan(row * MostRows, MostRows));
                _targets[row] = part.Melody[at];
            }
        }
    }

    /// <summary>Lays whole melodies side by side: each event is predicted but the first of each.</summary>
    /// <param name="melodies">Class numbers of each; of those with fewer than two events there is nothing to predict.</param>
    /// <param name="classes">Event classes.</param>
    public SequenceBatch(IEnumerable<int[]> melodies, int classes)
        : this(
            melodies.Select(melody => new MelodyPart(melody, Math.Min(1, melody.Length), melody.Length, MelodyPlan.CommonTime.StepsPerBar)),
            NoteRnnInputs.Events(classes))
    {
    }

    /// <summary>Where each lies.</summary>
    public SequenceLayout Layout { get; }

    /// <summary>Rows of inputs a step of a melody.</summary>
    public int MostRows { get; }

    /// <summary>[rows, <see cref="MostRows"/>]: what is heard.</summary>
    public ReadOnlySpan<InputRow> Inputs => _inputs;

    /// <summary>[rows]: the events that came.</summary>
    public ReadOnlySpan<int> Targets => _targets;

    /// <summary>What is heard at a step, [count, <see cref="MostRows"/>].</summary>
    public ReadOnlySpan<InputRow> InputsOf(int step) => _inputs.AsSpan(Layout.Start(step) * MostRows, Layout.Count(step) * MostRows);
}
