using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Scores;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>
/// All that a run folder says, read at once. The options must be whole; of anything else, what is damaged or missing is left out, and
/// <see cref="Remarks"/> has a sentence about it.
/// </summary>
/// <param name="Name">The folder's own name.</param>
/// <param name="Plan">What the run was asked.</param>
/// <param name="OptionTexts">The same as names and texts, in the order of the file.</param>
/// <param name="Encoding">What class numbers mean.</param>
/// <param name="Progress">The windows, by step.</param>
/// <param name="Metrics">The statistics before and after.</param>
/// <param name="Before">Melodies of the net that was tuned from.</param>
/// <param name="After">Melodies of the tuned net.</param>
/// <param name="ProbabilitiesBefore">What the untuned net expected in one of its melodies.</param>
/// <param name="ProbabilitiesAfter">What the tuned net expected in one of its melodies.</param>
/// <param name="Remarks">What is damaged or missing, a sentence each.</param>
public sealed record RunRecord(
    string Name,
    RunPlan Plan,
    ImmutableArray<(string Name, string Text)> OptionTexts,
    MelodyEncoding Encoding,
    ImmutableArray<TuningWindow> Progress,
    RunMetrics? Metrics,
    ImmutableArray<Melody> Before,
    ImmutableArray<Melody> After,
    NoteProbabilities? ProbabilitiesBefore,
    NoteProbabilities? ProbabilitiesAfter,
    ImmutableArray<string> Remarks)
{
    private const string ProbabilitiesName = "melodies/probabilities.json";

    private const int MelodiesShown = 10;

    /// <summary>Which rules judged.</summary>
    public Theory Theory { get; } = Plan.Theory.ToTheory();

    /// <summary>Reads a run folder.</summary>
    /// <exception cref="NoteRnnFormatException">It is no run folder, or its options are damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <param name="path">The folder.</param>
    /// <param name="learners">The kinds of learners that may have made it; by default those of the library.</param>
    public static RunRecord Read(string path, ImmutableArray<LearnerKind> learners = default)
    {
        RunFolder folder = RunFolder.Open(path, learners);
        RunPlan plan = folder.ReadPlan();
        string optionsPath = Path.Combine(path, "options.json");
        MelodyEncoding encoding = EncodingOf(plan, optionsPath);
        Remarks remarks = new();
        T? Try<T>(string name, Func<JsonElement, T> read)
            where T : class
        {
            using JsonDocument? document = RecordFile.Json(Path.Combine(path, name), name, remarks);
            return document is null ? null : RecordFile.Part(name, document.RootElement, read, remarks);
        }

        ImmutableArray<TuningWindow> progress = RecordFile.Progress(Path.Combine(path, "progress.jsonl"), remarks);
        RunMetrics? metrics = Try("metrics.json", json => RunMetrics.FromJson(json, plan.Theory.RuleSet));
        NoteProbabilities?[] probabilities = File.Exists(Path.Combine(path, ProbabilitiesName))
            ? Try(ProbabilitiesName, json => new[] { "before", "after" }
                .Select(name => Json.Object(json, name) is { } part ? NoteProbabilities.FromJson(part, encoding) : null).ToArray()) ?? [null, null]
            : [null, null];
        ImmutableArray<Melody> before = RecordFile.Melodies(path, "melodies/before.jsonl", encoding, MelodiesShown, remarks);
        ImmutableArray<Melody> after = RecordFile.Melodies(path, "melodies/after.jsonl", encoding, MelodiesShown, remarks);
        (string Name, string Text)[] optionTexts = Try("options.json", json => RecordFile.Texts(json).ToArray()) ?? [];
        return new RunRecord(
            Path.GetFileName(folder.FullPath.TrimEnd(Path.DirectorySeparatorChar)),
            plan,
            [.. optionTexts],
            encoding,
            progress,
            metrics,
            before,
            after,
            probabilities[0],
            probabilities[1],
            remarks.ToImmutable());
    }

    private static MelodyEncoding EncodingOf(RunPlan plan, string path)
    {
        try
        {
            return new MelodyEncoding(new Pitch(plan.NoteRnn.LowestPitch), plan.NoteRnn.Classes).Validated();
        }
        catch (ArgumentException error)
        {
            throw new NoteRnnFormatException($"{path}: {error.Message}", error);
        }
    }
}
