using System.Text.Json.Nodes;
using RLTuner.Studio.Melodies;

namespace RLTuner.Studio.Jobs;

/// <summary>A run in the list of the page.</summary>
internal record RunSummary(
    string Id,
    string Title,
    string Kind,
    JobStatus Status,
    long Step,
    long Steps,
    double? NotesPerSecond,
    double? SecondsLeft,
    string? Error,
    DateTimeOffset Created)
{
    public string Algorithm { get; init; } = "";

    public string RuleSet { get; init; } = "";

    public string Key { get; init; } = "";

    public string TimeSignature { get; init; } = "";

    public int Length { get; init; }

    public double? TargetKl { get; init; }

    public string Net { get; init; } = "";

    public LastFigures? Last { get; init; }
}

/// <summary>Figures of the last window; null where there is none.</summary>
internal sealed record LastFigures(double Total, double Theory, double NoteRnn, double Kl, double Entropy, double Distinct);

/// <summary>A run with all that its folder says.</summary>
internal sealed record RunDetail(RunSummary Run) : RunSummary(Run)
{
    public IReadOnlyList<NamedText> Settings { get; init; } = [];

    public IReadOnlyDictionary<string, double> Rules { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<JsonObject> Windows { get; init; } = [];

    public IReadOnlyList<long> Nets { get; init; } = [];

    public IReadOnlyList<MelodyView> Before { get; init; } = [];

    public IReadOnlyList<MelodyView> After { get; init; } = [];

    public RunFigures? Metrics { get; init; }

    /// <summary>The net that a training made.</summary>
    public string? Result { get; init; }
}

/// <summary>A setting as text.</summary>
internal sealed record NamedText(string Name, string Value);

/// <summary>Figures of both nets.</summary>
internal sealed record RunFigures(JsonObject Before, JsonObject After);
