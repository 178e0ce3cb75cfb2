namespace RLTuner.Settings;

/// <summary>
/// Declares a number of a run, on the property that holds it, once: command line, checks, files, docs and forms read it from there.
/// The default is what a new record has.
/// </summary>
/// <param name="name">Its name in words joined by hyphens, such as <c>reward-scaler</c>; unique in a run.</param>
/// <param name="meaning">What it is, in one line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string name, string meaning) : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>What it is counted in, such as <c>notes</c>; empty for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The lowest value.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The highest value.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the lowest value is itself outside the range.</summary>
    public bool MinIsOutside { get; init; }

    /// <summary>What stands for a value that is not given, where it depends on others, such as <c>half of the training steps</c>.</summary>
    public string? DefaultMeaning { get; init; }

    /// <summary>Where the default comes from, and what the paper or the published program has where that differs.</summary>
    public string Source { get; init; } = "";
}
