using RLTuner.Music;

namespace RLTuner.Corpus;

/// <summary>A score does not fit one grid of steps; derived types say why.</summary>
public class QuantizationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="scoreName">The score.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    public QuantizationException(string scoreName, string problem)
        : base($"{scoreName}: {problem}")
    {
        ScoreName = scoreName;
        Problem = problem;
    }

    /// <summary>The score.</summary>
    public string ScoreName { get; }

    /// <summary>What was expected, what was found, what to do.</summary>
    public string Problem { get; }
}

/// <summary>A score changes its tempo.</summary>
public sealed class TempoChangeException : QuantizationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="scoreName">The score.</param>
    /// <param name="from">The tempo before, in quarter notes a minute.</param>
    /// <param name="to">The tempo after.</param>
    /// <param name="seconds">When it changes.</param>
    public TempoChangeException(string scoreName, double from, double to, double seconds)
        : base(scoreName, $"expected one tempo, found a change from {from:0.##} to {to:0.##} at {seconds:0.00} seconds (split it there)")
    {
        From = from;
        To = to;
        Seconds = seconds;
    }

    /// <summary>The tempo before, in quarter notes a minute.</summary>
    public double From { get; }

    /// <summary>The tempo after.</summary>
    public double To { get; }

    /// <summary>When it changes.</summary>
    public double Seconds { get; }
}

/// <summary>A score changes its metre.</summary>
public sealed class TimeSignatureChangeException : QuantizationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="scoreName">The score.</param>
    /// <param name="from">The metre before.</param>
    /// <param name="to">The metre after.</param>
    /// <param name="seconds">When it changes.</param>
    public TimeSignatureChangeException(string scoreName, TimeSignature from, TimeSignature to, double seconds)
        : base(scoreName, $"expected one time signature, found a change from {from} to {to} at {seconds:0.00} seconds (split it there)")
    {
        From = from;
        To = to;
        Seconds = seconds;
    }

    /// <summary>The metre before.</summary>
    public TimeSignature From { get; }

    /// <summary>The metre after.</summary>
    public TimeSignature To { get; }

    /// <summary>When it changes.</summary>
    public double Seconds { get; }
}

/// <summary>A bar of the score's metre does not fill whole steps, such as 3/32 at four steps a quarter.</summary>
public sealed class BarOffGridException : QuantizationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="scoreName">The score.</param>
    /// <param name="timeSignature">The metre.</param>
    /// <param name="stepsPerQuarter">The grid.</param>
    public BarOffGridException(string scoreName, TimeSignature timeSignature, int stepsPerQuarter)
        : base(
            scoreName,
            $"expected bars of whole steps, found {timeSignature} at {stepsPerQuarter} steps a quarter (choose a finer grid)") =>
        TimeSignature = timeSignature;

    /// <summary>The metre.</summary>
    public TimeSignature TimeSignature { get; }
}
