using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Paper;

/// <summary>The figures of a net over as many melodies as the paper counts, in the reading of its run's rules.</summary>
internal sealed record MeasuredNet
{
    /// <summary>Melodies that it composed.</summary>
    public required int Melodies { get; init; }

    /// <summary>Figures by name.</summary>
    public required IReadOnlyDictionary<string, double> Figures { get; init; }

    /// <summary>Measures a net of a run, which composes by the run's seed; what an earlier call found is read.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="run">A run of it that is done.</param>
    /// <param name="tuned">Whether the tuned net, or the one that it was tuned from.</param>
    /// <param name="melodies">How many melodies.</param>
    /// <exception cref="IOException">The net cannot be read, or the figures not be written.</exception>
    public static MeasuredNet Of(SweepFolder sweep, PlannedRun run, bool tuned, int melodies)
    {
        string path = Path.Combine(sweep.GivenPath, "measured", $"{run.Name}{(tuned ? "" : ",untuned")}.json");
        if (Read(path) is { } known && known.Melodies == melodies)
        {
            return known;
        }

        RunFolder folder = RunFolder.Open(sweep.RunPath(run));
        NoteRnnModel net = NoteRnnFile.Load(tuned ? folder.LastCheckpointPath() : folder.CheckpointPath(0));
        MeasuredNet measured = new()
        {
            Melodies = melodies,
            Figures = FiguresOf(net, run.Plan, melodies).Where(figure => double.IsFinite(figure.Value)).ToDictionary(figure => figure.Name, figure => figure.Value),
        };
        OutputFolder.MakeFor(path);
        AtomicFile.Write(path, file => JsonSerializer.Serialize(file, measured, MeasuredNetJson.Default.MeasuredNet));
        return measured;
    }

    private static ImmutableArray<Figure> FiguresOf(NoteRnnModel net, RunPlan plan, int melodies)
    {
        Theory theory = plan.Theory.ToTheory();
        IPrimer primer = Beginnings.Primer(plan.Beginning, net, theory, plan.Quirks, new RunEnvironment());
        IEnumerable<Melody> composed = new Composer(new NoteRnnPolicy(net, theory.TimeSignature), primer)
            .Compose(melodies, plan.NumNotesInMelody, plan.Seed).Select(composition => composition.Melody);
        return PaperPlan.IsCompatible(plan) ? MagentaTally.Of(composed, net.Encoding).Figures : MelodyTally.Of(composed, theory.Key, theory.TimeSignature).Figures;
    }

    private static MeasuredNet? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), MeasuredNetJson.Default.MeasuredNet) : null;
        }
        catch (JsonException)
        {
            // It is measured again.
            return null;
        }
    }
}

/// <summary>The stored form.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, WriteIndented = true)]
[JsonSerializable(typeof(MeasuredNet))]
internal sealed partial class MeasuredNetJson : JsonSerializerContext;
