namespace RLTuner.Corpus.Reading;

/// <summary>What is read at most of folders and archives; beyond it the rest is left, with a problem that says so.</summary>
public sealed record SourceLimits
{
    /// <summary>Files in all folders and archives together; a million by default.</summary>
    public int MaxFiles { get; init; } = 1_000_000;

    /// <summary>The size of one archive's content, unpacked; 4 GiB by default.</summary>
    public long MaxArchiveBytes { get; init; } = 4L << 30;

    /// <summary>Folders within folders; 64 by default.</summary>
    public int MaxDepth { get; init; } = 64;
}
