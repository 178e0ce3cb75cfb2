namespace RLTuner.Scores.MusicXml;

/// <summary>A MusicXML file cannot be read; the message says where, what was expected, what was found and what to do.</summary>
public sealed class MusicXmlFormatException : ScoreFormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="part">The id of the part, or null where none is meant.</param>
    /// <param name="measure">The number of the measure as the file writes it, or null where none is meant.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public MusicXmlFormatException(string fileName, string? part, string? measure, string problem, Exception? inner = null)
        : base(
            fileName,
            $"{fileName}{(part is null ? "" : $", part {StartOf(part)}")}{(measure is null ? "" : $", measure {StartOf(measure)}")}: {StartOf(problem)}",
            inner)
    {
        Part = part is null ? null : StartOf(part);
        Measure = measure is null ? null : StartOf(measure);
        Problem = StartOf(problem);
    }

    /// <summary>The id of the part, or null where none is meant.</summary>
    public string? Part { get; }

    /// <summary>The number of the measure as the file writes it, or null where none is meant.</summary>
    public string? Measure { get; }

    /// <summary>What was expected, what was found, what to do.</summary>
    public string Problem { get; }

    /// <summary>Part and measure in words.</summary>
    internal string Place => Part is null ? "outside parts" : Measure is null ? $"part {Part}" : $"part {Part}, measure {Measure}";
}
