using System.Globalization;
using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>Notices when a policy collapses: it always knows what to play, or plays little else than a few melodies.</summary>
/// <param name="untuned">Entropy and distinct melodies of the untuned net.</param>
/// <param name="entropyFloor">The least share of its entropy, 0 to 1.</param>
/// <param name="distinctFloor">The least share of its distinct melodies, 0 to 1.</param>
/// <param name="warn">Hears of the first collapse, in one line; null for nobody.</param>
public sealed class CollapseWatch(PolicyGuards untuned, double entropyFloor, double distinctFloor, Action<string>? warn = null) : ITuningListener
{
    /// <summary>The first window in which a figure lay below its floor, and what was found; null where none did.</summary>
    public Collapse? Found { get; private set; }

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        bool isFirst = Found is null;
        Remember(window);
        if (isFirst && Found is { } found)
        {
            warn?.Invoke(found.Text);
        }
    }

    /// <summary>Takes in a window of before, where a run goes on; nobody is warned again.</summary>
    public void Remember(TuningWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        Found ??= Below("entropy of the policy", window, window.Policy.Entropy, entropyFloor * untuned.Entropy, "nats a step")
            ?? Below("distinct melodies", window, 100 * window.Policy.Distinct, 100 * distinctFloor * untuned.Distinct, "%");
    }

    /// <summary>What is not known does not lie below anything.</summary>
    private static Collapse? Below(string what, TuningWindow window, double value, double floor, string unit) =>
        value < floor ? new Collapse(window.Step, what, value, floor, unit) : null;
}

/// <summary>A figure that fell below its floor.</summary>
/// <param name="Step">The end of the window.</param>
/// <param name="What">Which figure.</param>
/// <param name="Value">Its value.</param>
/// <param name="Floor">The least it should have.</param>
/// <param name="Unit">What both are measured in.</param>
public sealed record Collapse(long Step, string What, double Value, double Floor, string Unit)
{
    /// <summary>One line that says so.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"collapse at step {Step:N0}: {What} fell to {Value:0.##} {Unit}, expected {Floor:0.##} or more");
}
