using RLTuner.Tuning;

namespace RLTuner.Reports.Tracking;

/// <summary>
/// The learning curve as the original's <c>save_stored_rewards</c> keeps it: seven arrays, an entry a window. Training rewards are sums over the
/// window's notes; evaluation rewards are ours, means over melodies of sums over their steps (docs/differences-from-magenta.md);
/// <c>target_val_list</c> has the mean target. What a line of progress does not say is NaN.
/// </summary>
public static class RewardArrays
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="windows">The lines of progress.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<TuningWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        NpzFile.Write(
            path,
            [
                ("train_rewards", Of(window => window.Train.Total)),
                ("train_music_theory_rewards", Of(window => window.Train.Theory)),
                ("train_note_rnn_rewards", Of(window => window.Train.NoteRnn)),
                ("eval_rewards", Of(window => window.Evaluation.Total)),
                ("eval_music_theory_rewards", Of(window => window.Evaluation.Theory)),
                ("eval_note_rnn_rewards", Of(window => window.Evaluation.NoteRnn)),
                ("target_val_list", Of(window => window.Learner.FirstOrDefault(figure => figure.Name == "target") is { Name: not null } target ? target.Value : double.NaN)),
            ]);

        double[] Of(Func<TuningWindow, double> value) => [.. windows.Select(value)];
    }
}
