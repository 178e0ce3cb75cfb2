using System.Text.Json.Nodes;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>The figures of some melodies, in the reading that was asked for.</summary>
internal sealed record Measured(IReadOnlyList<Figure> Figures, MagentaStatistics? Magenta)
{
    /// <summary>Notes attacked by pitch; only of what a net composed.</summary>
    public JsonObject? Pitches { get; init; }

    public static Measured Of(IEnumerable<Melody> melodies, MelodyEncoding encoding, Theory theory)
    {
        if (theory.Compatibility == Compatibility.Magenta)
        {
            MagentaTally tally = new(encoding);
            foreach (Melody melody in melodies)
            {
                tally.Add(melody);
            }

            MagentaStatistics statistics = tally.ToStatistics();
            return new Measured(statistics.Figures, statistics);
        }

        MelodyTally heard = new(theory.Key, theory.TimeSignature);
        foreach (Melody melody in melodies)
        {
            heard.Add(melody);
        }

        return new Measured(heard.ToStatistics().Figures, null);
    }

    /// <summary>The figures of what a net composes, and what its melodies earn.</summary>
    public static Measured Of(NoteRnnModel net, NoteRnnModel noteRnn, Theory theory, IPrimer primer, int count, int length, ulong seed)
    {
        IReadOnlyList<Composition> compositions = new Composer(new NoteRnnPolicy(net), primer).Compose(count, length, seed);
        PolicyReward reward = PolicyReward.Of(compositions, theory.Rules, new NoteRnnPolicy(noteRnn), theory.TimeSignature);
        Measured measured = Of(compositions.Select(composition => composition.Melody), net.Encoding, theory);
        return measured with
        {
            Pitches = PitchCounts.Of(compositions.Select(composition => composition.Melody)),
            Figures =
            [
                .. measured.Figures,
                new Figure("theory_reward", reward.Theory, FigureUnit.PerMelody, "Mean over melodies of the sum of the rules' weighted scores, not scaled."),
                new Figure("note_rnn_log_probability", reward.NoteRnn, FigureUnit.PerMelody, "Mean over melodies of log p under the Note RNN, in nats."),
            ],
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

        json["figures"] = FigureTable.ToJson(Figures);
        if (Pitches is not null)
        {
            json["pitches"] = Pitches;
        }

        return json;
    }

    private static JsonValue? NumberOrNull(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
