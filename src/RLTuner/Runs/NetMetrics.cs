using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Composing;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;

namespace RLTuner.Runs;

/// <summary>The figures of some melodies, or of what a net composes.</summary>
/// <param name="Figures">All but those of the rules.</param>
public sealed record NetMetrics(ImmutableArray<Figure> Figures)
{
    /// <summary>No statistics have so many figures; a damaged file may.</summary>
    private const int MostFigures = 500;

    /// <summary>What each rule gave; only of what a net composed.</summary>
    public ImmutableArray<RuleFigures> Rules { get; init; } = [];

    /// <summary>Notes attacked by pitch; only of what a net composed.</summary>
    public ImmutableSortedDictionary<Pitch, double> Pitches { get; init; } = ImmutableSortedDictionary<Pitch, double>.Empty;

    /// <summary>What is heard in the melodies; null where they are read as the original reads them.</summary>
    public CorpusHistograms? Histograms { get; init; }

    /// <summary>The original's counters, in its reading; not read back.</summary>
    public MagentaStatistics? Counts { get; init; }

    /// <summary>A figure by its name, or null.</summary>
    public Figure? this[string name] => Figures.FirstOrDefault(figure => figure.Name == name);

    /// <summary>Measures melodies.</summary>
    /// <param name="melodies">The melodies.</param>
    /// <param name="encoding">Their class numbers.</param>
    /// <param name="theory">Whose reading, in which key and metre.</param>
    /// <param name="corpus">What they are held against.</param>
    public static NetMetrics Of(IReadOnlyList<Melody> melodies, MelodyEncoding encoding, Theory theory, ReferenceCorpus? corpus)
    {
        ArgumentNullException.ThrowIfNull(theory);
        bool asOriginal = theory.RuleSet == RuleSetName.Magenta;
        IReadOnlyList<Figure> figures = FigureIntervals.Of(
            melodies,
            some => asOriginal
                ? MagentaTally.Of(some, encoding).Figures
                : [.. MelodyTally.Of(some, theory.Key, theory.TimeSignature).Figures, .. MusicFigures.Of([.. some], theory.Key, theory.TimeSignature)]);
        CorpusHistograms? heard = asOriginal ? null : CorpusHistograms.Of(melodies, theory.Key, theory.TimeSignature);
        IReadOnlyList<Figure> distances = heard is not null && corpus?.In(theory.TimeSignature) is { } like ? HistogramDistances.Between(heard, like).Figures : [];
        IReadOnlyList<Figure> copied = corpus?.Melodies is { } known ? CopiedPassages.Figures(CopiedPassages.Of(melodies, known)) : [];
        return new NetMetrics([.. figures, .. distances, .. copied]) { Counts = asOriginal ? MagentaTally.Of(melodies, encoding) : null, Histograms = heard };
    }

    /// <summary>Measures what a net composes, what its melodies earn, and how far it has gone from the Note RNN.</summary>
    /// <param name="net">The net.</param>
    /// <param name="noteRnn">The net that it was tuned from.</param>
    /// <param name="theory">Which rules judge.</param>
    /// <param name="compositions">What the net composed.</param>
    /// <param name="corpus">What melodies are held against.</param>
    /// <param name="threads">How many threads measure; the figures are the same.</param>
    public static NetMetrics OfNet(
        NoteRnnModel net, NoteRnnModel noteRnn, Theory theory, IReadOnlyList<Composition> compositions, ReferenceCorpus? corpus, int threads)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(theory);
        PolicyReward reward = PolicyReward.Of(
            compositions, new Reward(theory.Rules), new NoteRnnPolicy(noteRnn, theory.TimeSignature), theory.TimeSignature, new NoteRnnPolicy(net, theory.TimeSignature), threads);
        Melody[] melodies = [.. compositions.Select(composition => composition.Melody)];
        NetMetrics measured = Of(melodies, net.Encoding, theory, corpus);
        return measured with
        {
            Figures = [.. measured.Figures, .. reward.Figures],
            Rules = reward.RuleFigures,
            Pitches = melodies.SelectMany(melody => melody.Events).Where(played => played.StartsNote).CountBy(played => played.Pitch)
                .ToImmutableSortedDictionary(count => count.Key, count => (double)count.Value),
        };
    }

    /// <summary>The figures as docs/file-formats.md describes them.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = [];
        if (Counts is not null)
        {
            JsonObject counts = new(Counts.Counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
            for (int lag = 1; lag <= Counts.Autocorrelations.Length; lag++)
            {
                counts[$"autocorrelation{lag}"] = new JsonArray([.. Counts.Autocorrelations[lag - 1].Select(NumberOrNull)]);
            }

            json["counts"] = counts;
        }

        json["figures"] = new JsonObject(Figures.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)NumberOrNull(figure.Value))));
        json["intervals"] = new JsonObject(Figures.Where(figure => figure.Interval is not null).Select(
            figure => KeyValuePair.Create(figure.Name, (JsonNode?)IntervalOf(figure))));
        if (!Rules.IsEmpty)
        {
            json["rules"] = new JsonObject(Rules.Select(rule => KeyValuePair.Create(
                rule.Name, (JsonNode?)new JsonObject { ["reward"] = Part(rule.Reward), ["fired"] = Part(rule.Fired), ["violated"] = Part(rule.Violated) })));
        }

        if (!Pitches.IsEmpty)
        {
            json["pitches"] = new JsonObject(Pitches.Select(
                count => KeyValuePair.Create(count.Key.MidiNumber.ToString(CultureInfo.InvariantCulture), (JsonNode?)(long)count.Value)));
        }

        if (Histograms is not null)
        {
            json["histograms"] = JsonNode.Parse(CorpusHistogramsJson.Write(Histograms));
        }

        return json;
    }

    /// <summary>Histograms as they were written; null where there are none, or they are damaged.</summary>
    internal static CorpusHistograms? HistogramsFrom(JsonElement json, string name)
    {
        try
        {
            return Json.Object(json, name) is { } histograms ? CorpusHistogramsJson.Parse(histograms) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads what <see cref="ToJson"/> made, as far as it can be read.</summary>
    internal static NetMetrics FromJson(JsonElement json, RuleSetName ruleSet)
    {
        Dictionary<string, ConfidenceInterval> intervals = [];
        foreach (JsonProperty property in Json.Properties(json, "intervals"))
        {
            if (IntervalFrom(property.Value) is { } interval)
            {
                intervals[property.Name] = interval;
            }
        }

        return new NetMetrics(
            [.. Json.Properties(json, "figures").DistinctBy(figure => figure.Name).Take(MostFigures).Select(figure => FigureCatalog.Figure(
                figure.Name,
                Json.NumberOf(figure.Value) ?? double.NaN,
                ruleSet == RuleSetName.Magenta,
                intervals.TryGetValue(figure.Name, out ConfidenceInterval interval) ? interval : null))])
        {
            Rules = [.. Json.Properties(json, "rules").DistinctBy(rule => rule.Name).Take(MostFigures).Select(RuleFrom)],
            Histograms = HistogramsFrom(json, "histograms"),
            Pitches = ImmutableSortedDictionary.CreateRange(
                from property in Json.Properties(json, "pitches").DistinctBy(property => property.Name)
                where byte.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) && number <= 127 && Json.NumberOf(property.Value) >= 0
                select KeyValuePair.Create(new Pitch(byte.Parse(property.Name, CultureInfo.InvariantCulture)), Json.NumberOf(property.Value)!.Value)),
        };
    }

    private static RuleFigures RuleFrom(JsonProperty rule)
    {
        Estimate none = new(double.NaN, double.NaN);
        RuleFigures figures = RuleFigures.Of(rule.Name, none, none, none);
        return new(rule.Name, Read(figures.Reward, "reward"), Read(figures.Fired, "fired"), Read(figures.Violated, "violated"));

        Figure Read(Figure figure, string name) => Json.Object(rule.Value, name) is { } part
            ? figure with { Value = Json.Number(part, "value") ?? double.NaN, Interval = Json.Field(part, "interval") is { } ends ? IntervalFrom(ends) : null }
            : figure;
    }

    private static ConfidenceInterval? IntervalFrom(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().Take(3).Select(Json.NumberOf).ToArray() is [double low, double high] ? new(low, high) : null;

    private static JsonObject Part(Figure figure)
    {
        JsonObject part = new() { ["value"] = NumberOrNull(figure.Value) };
        if (figure.Interval is not null)
        {
            part["interval"] = IntervalOf(figure);
        }

        return part;
    }

    private static JsonArray IntervalOf(Figure figure) => new((JsonNode?)NumberOrNull(figure.Interval!.Value.Low), (JsonNode?)NumberOrNull(figure.Interval.Value.High));

    private static JsonValue? NumberOrNull(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
