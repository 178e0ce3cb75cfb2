namespace RLTuner.Studio.Jobs;

/// <summary>What <c>queue.json</c> keeps of a job; what it computes lies in its own files.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind"><c>tune</c> or <c>train</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Status">How it stands.</param>
internal sealed record JobRecord(string Id, string Kind, string Title, DateTimeOffset Created, JobStatus Status)
{
    public const string Tune = "tune", Train = "train";

    /// <summary>Notes played, or epochs done, when it last changed its status.</summary>
    public long Step { get; init; }

    /// <summary>Notes, or epochs, in all.</summary>
    public long Steps { get; init; }

    /// <summary>What ended it, where it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The corpus that a training learns from.</summary>
    public string? Corpus { get; init; }

    /// <summary>The settings that a training was given, by name.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }
}
