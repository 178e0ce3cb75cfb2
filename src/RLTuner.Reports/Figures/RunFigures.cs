using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Runs;

namespace RLTuner.Reports.Figures;

/// <summary>All figures of a run; those whose data the run does not have are absent.</summary>
/// <param name="Curves">How the run went, in the order of a report.</param>
/// <param name="Rules">Each rule on its own.</param>
/// <param name="Outcome">What the nets compose, before and after.</param>
/// <param name="Probabilities">What the nets expect, before and after.</param>
public sealed record RunFigures(
    ImmutableArray<Drawing> Curves, ImmutableArray<SmallMultiples> Rules, ImmutableArray<Drawing> Outcome, ImmutableArray<Drawing> Probabilities)
{
    /// <summary>The corpus beside both nets' melodies; null where the run does not know it.</summary>
    public SmallMultiples? Corpus { get; init; }

    /// <summary>Draws them.</summary>
    public static RunFigures Of(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunFigures(
            [
                .. Present(
                    LearningCurves.Rewards(run),
                    LearningCurves.Evaluation(run),
                    LearningCurves.Policy(run)),
                .. LearningCurves.Learner(run),
            ],
            [.. Present(RuleCurves.Rewards(run), RuleCurves.Violations(run))],
            [.. Present(Histograms.Pitches(run), Histograms.Intervals(run))],
            [
                .. Present(
                    Map("probabilities-before", "What the untuned net expects", "the untuned net", run.ProbabilitiesBefore, run),
                    Map("probabilities-after", "What the tuned net expects", "the tuned net", run.ProbabilitiesAfter, run)),
            ])
        {
            Corpus = CorpusComparison.Of(run),
        };
    }

    /// <summary>One file a figure: small multiples together, and the first melody that sounds, before and after.</summary>
    public static IEnumerable<Drawing> Files(RunRecord run, RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(figures);
        return
        [
            .. figures.Curves,
            .. Present(figures.Corpus?.Together()),
            .. figures.Rules.Select(rules => rules.Together()),
            .. figures.Outcome,
            .. figures.Probabilities,
            .. MelodyPairs.Shown(run) is { } pair ? MelodyPairs.Draw(run, pair) : [],
        ];
    }

    private static Drawing? Map(string name, string title, string whose, NoteProbabilities? map, RunRecord run) =>
        map is null
            ? null
            : HeatMap.Draw(
                name,
                title,
                whose,
                map,
                HeatMap.PitchClasses(new[] { run.ProbabilitiesBefore, run.ProbabilitiesAfter }.OfType<NoteProbabilities>()),
                run.Encoding,
                run.Theory.TimeSignature.StepsPerBar());

    private static IEnumerable<T> Present<T>(params IEnumerable<T?> figures)
        where T : class => figures.OfType<T>();
}

/// <summary>Piano rolls of a melody before and after, on the same rows.</summary>
internal static class MelodyPairs
{
    /// <summary>The first melody, from 0, that sounds before and after; else the first there is.</summary>
    public static int? Shown(RunRecord run)
    {
        int pairs = Math.Min(run.Before.Length, run.After.Length);
        int sounding = Enumerable.Range(0, pairs).FirstOrDefault(i => run.Before[i].Notes().Any() && run.After[i].Notes().Any(), 0);
        return pairs == 0 ? null : sounding;
    }

    public static ImmutableArray<Drawing> Draw(RunRecord run, int index)
    {
        PitchRows rows = PitchRows.For([.. run.Before.Skip(index).Take(1), .. run.After.Skip(index).Take(1)]);
        Drawing? One(ImmutableArray<Melody> melodies, string when) => index >= melodies.Length
            ? null
            : PianoRoll.Draw($"melody-{when}", $"Melody {index + 1}, {when} tuning", melodies[index], rows, run.Theory.Key, run.Theory.TimeSignature);
        return [.. new[] { One(run.Before, "before"), One(run.After, "after") }.OfType<Drawing>()];
    }
}
