namespace RLTuner.Corpus.Reading;

/// <summary>A file found in a folder or an archive.</summary>
/// <param name="Name">The folder or archive as given, by its last part, and the path within it; parts are joined by slashes.</param>
internal sealed record SourceFile(string Name)
{
    /// <summary>Its format; null where no format has its ending, and for problems with a folder or archive as a whole.</summary>
    public MusicFormat? Format { get; init; }

    /// <summary>Its content; null where it was not read.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Why it was not read, null where that is no fault.</summary>
    public string? Problem { get; init; }

    /// <summary>How much of all the files given lies behind it, 0 to 1.</summary>
    public double Progress { get; init; }
}
