using System.Collections.Immutable;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Scores;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Sweeps;

/// <summary>A melody of a tuned net, as its run keeps it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Number">Which of the melodies that the run keeps, from 1.</param>
/// <param name="Melody">The melody.</param>
/// <param name="Score">What it earns by the run's rules, not scaled.</param>
internal sealed record SweepMelody(PlannedRun Run, int Number, Melody Melody, double Score);

/// <summary>The melodies of all runs that earn most and least by the rules.</summary>
/// <param name="Best">The best first.</param>
/// <param name="Worst">The worst first.</param>
internal sealed record SweepMelodies(ImmutableArray<SweepMelody> Best, ImmutableArray<SweepMelody> Worst)
{
    private const int Shown = 3;

    /// <summary>Looks through the melodies that runs keep; those of a run whose file is missing or damaged are left out.</summary>
    public static SweepMelodies Of(SweepFolder sweep, IEnumerable<PlannedRun> runs)
    {
        List<SweepMelody> best = [], worst = [];
        foreach (SweepMelody melody in runs.SelectMany(run => OfRun(sweep, run)))
        {
            Keep(best, melody, higher: true);
            Keep(worst, melody, higher: false);
        }

        return new SweepMelodies([.. best], [.. worst]);
    }

    private static void Keep(List<SweepMelody> kept, SweepMelody melody, bool higher)
    {
        int at = kept.FindIndex(other => higher ? melody.Score > other.Score : melody.Score < other.Score);
        kept.Insert(at < 0 ? kept.Count : at, melody);
        if (kept.Count > Shown)
        {
            kept.RemoveAt(Shown);
        }
    }

    private static SweepMelody[] OfRun(SweepFolder sweep, PlannedRun run)
    {
        string path = Path.Combine(RunFolder.Open(sweep.RunPath(run)).Melodies, "after.jsonl");
        if (!File.Exists(path))
        {
            return [];
        }

        RunPlan plan = run.Plan;
        Theory theory = plan.Theory.ToTheory();
        MelodyEncoding encoding = new(new Pitch(plan.NoteRnn.LowestPitch), plan.NoteRnn.Classes);
        try
        {
            MelodyJudge judge = new(theory.Rules, encoding, theory.TimeSignature, plan.NumNotesInMelody);
            return
            [
                .. MelodyJsonLines.Read(path, encoding).Index().Where(melody => melody.Item.Events.Length == plan.NumNotesInMelody)
                    .Select(melody => new SweepMelody(run, melody.Index + 1, melody.Item, judge.Score(melody.Item.Events.AsSpan()))),
            ];
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or ScoreFormatException)
        {
            return [];
        }
    }
}
