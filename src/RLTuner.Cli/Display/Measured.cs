using System.Text.Json.Nodes;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>The figures of some melodies, in the reading that was asked for.</summary>
/// <param name="Figures">All but those of the rules.</param>
/// <param name="Rules">Those of the rules, where a net composed the melodies.</param>
/// <param name="Magenta">The original's counters, in its reading.</param>
internal sealed record Measured(IReadOnlyList<Figure> Figures, IReadOnlyList<RuleFigures> Rules, MagentaStatistics? Magenta)
{
    /// <summary>Notes attacked by pitch; only of what a net composed.</summary>
    public JsonObject? Pitches { get; init; }

    /// <param name="melodies">The melodies.</param>
    /// <param name="encoding">Their class numbers.</param>
    /// <param name="theory">Whose reading, in which key and metre.</param>
    /// <param name="corpus">Where they may have been copied from.</param>
    public static Measured Of(IReadOnlyList<Melody> melodies, MelodyEncoding encoding, Theory theory, IReadOnlyList<Melody>? corpus)
    {
        bool asOriginal = theory.Compatibility == Compatibility.Magenta;
        IReadOnlyList<Figure> figures = FigureIntervals.Of(
            melodies,
            some => asOriginal
                ? MagentaTally.Of(some, encoding).Figures
                : [.. MelodyTally.Of(some, theory.Key, theory.TimeSignature).Figures, .. MusicFigures.Of([.. some], theory.Key, theory.TimeSignature)]);
        IReadOnlyList<Figure> copied = corpus is null ? [] : CopiedPassages.Figures(CopiedPassages.Of(melodies, corpus));
        return new Measured([.. figures, .. copied], [], asOriginal ? MagentaTally.Of(melodies, encoding) : null);
    }

    /// <summary>The figures of what a net composes, what its melodies earn, and how far it has gone from the Note RNN.</summary>
    public static Measured Of(
        NoteRnnModel net, NoteRnnModel noteRnn, Theory theory, IPrimer primer, int count, int length, ulong seed, IReadOnlyList<Melody>? corpus)
    {
        NoteRnnPolicy policy = new(net);
        IReadOnlyList<Composition> compositions = new Composer(policy, primer).Compose(count, length, seed);
        PolicyReward reward = PolicyReward.Of(compositions, theory.Rules, new NoteRnnPolicy(noteRnn), theory.TimeSignature, policy);
        Measured measured = Of([.. compositions.Select(composition => composition.Melody)], net.Encoding, theory, corpus);
        return measured with
        {
            Pitches = PitchCounts.Of(compositions.Select(composition => composition.Melody)),
            Figures = [.. measured.Figures, .. reward.Figures],
            Rules = reward.RuleFigures,
        };
    }

    public JsonObject ToJson()
    {
        JsonObject json = [];
        if (Magenta is not null)
        {
            JsonObject counts = new(Magenta.Counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
            for (int lag = 1; lag <= Magenta.Autocorrelations.Length; lag++)
            {
                counts[$"autocorrelation{lag}"] = new JsonArray([.. Magenta.Autocorrelations[lag - 1].Select(NumberOrNull)]);
            }

            json["counts"] = counts;
        }

        Figure[] all = [.. Figures, .. Rules.SelectMany(rule => (Figure[])[rule.Reward, rule.Fired, rule.Violated])];
        json["figures"] = new JsonObject(all.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)NumberOrNull(figure.Value))));
        json["intervals"] = new JsonObject(all.Where(figure => figure.Interval is not null).Select(figure => KeyValuePair.Create(
            figure.Name, (JsonNode?)new JsonArray(NumberOrNull(figure.Interval!.Value.Low), NumberOrNull(figure.Interval.Value.High)))));
        if (Pitches is not null)
        {
            json["pitches"] = Pitches.DeepClone();
        }

        return json;
    }

    private static JsonValue? NumberOrNull(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
