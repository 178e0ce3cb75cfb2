using System.Collections.Immutable;
using RLTuner.Reports.Sweeps;
using RLTuner.Runs;
using RLTuner.Sweeps;
using RLTuner.Tuning;

namespace RLTuner.Reports.Paper;

/// <summary>A column of a table: the same net under several seeds.</summary>
/// <param name="Name">As its head has it.</param>
/// <param name="Seeds">The figures of each seed, in the order of seeds.</param>
internal sealed record PaperColumn(string Name, ImmutableArray<IReadOnlyDictionary<string, double>> Seeds)
{
    /// <summary>A figure over seeds.</summary>
    public SeedEstimate Over(string figure) => SeedEstimate.Of(Seeds.Select(seed => seed.GetValueOrDefault(figure, double.NaN)));

    /// <summary>How much a figure is above that of another column, seed by seed.</summary>
    /// <param name="other">The other column.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="size">Whether it is its distance from 0 that counts.</param>
    public SeedEstimate Above(PaperColumn other, string figure, bool size)
    {
        double Of(IReadOnlyDictionary<string, double> seed) => seed.GetValueOrDefault(figure, double.NaN) is var value && size ? Math.Abs(value) : value;
        return SeedEstimate.Of(Seeds.Zip(other.Seeds, (mine, others) => Of(mine) - Of(others)));
    }
}

/// <summary>All that the page tells.</summary>
/// <param name="Plan">The plan of the first run.</param>
/// <param name="Melodies">Melodies of each net.</param>
/// <param name="SeedCount">How many seeds.</param>
internal sealed record PaperTable(RunPlan Plan, int Melodies, int SeedCount)
{
    /// <summary>The column of Q, from whose runs the Note RNN is measured too.</summary>
    public const int Q = 1;

    /// <summary>Figures of 1,000 melodies, which each run measures by itself.</summary>
    public static ImmutableArray<string> OfRuns { get; } = ["theory_reward", "note_rnn_log_probability", "kl_from_note_rnn", "length_entropy"];

    /// <summary>The published program's way: the paper's four nets, then Q as in the notebook.</summary>
    public required ImmutableArray<PaperColumn> Compatible { get; init; }

    /// <summary>As the paper means it: its four nets, then pg.</summary>
    public required ImmutableArray<PaperColumn> Corrected { get; init; }

    /// <summary>The windows of each of the notebook's runs.</summary>
    public required ImmutableArray<IReadOnlyList<TuningWindow>> Curve { get; init; }

    /// <summary>Reads the runs and what was measured of them.</summary>
    public static PaperTable Read(SweepFolder sweep, int melodies)
    {
        PlannedRun[] runs = [.. sweep.Runs.OrderBy(run => run.Plan.Seed)];
        PlannedRun[] notebook = [.. runs.Where(run => PaperPlan.IsNotebook(run.Plan))];
        return new PaperTable(runs[0].Plan, melodies, notebook.Length)
        {
            Compatible = [.. PapersNets(compatible: true), Column("Q, c = 1", PaperPlan.IsNotebook)],
            Corrected = [.. PapersNets(compatible: false), Column("pg, musical rules", plan => !PaperPlan.IsCompatible(plan) && PaperPlan.Column(plan) == 0)],
            Curve = [.. notebook.Select(run => RunFolder.Open(sweep.RunPath(run)).ReadProgress())],
        };

        IEnumerable<PaperColumn> PapersNets(bool compatible) => PublishedTable.Nets.Select((name, column) => Column(
            name, plan => PaperPlan.IsCompatible(plan) == compatible && PaperPlan.Column(plan) == Math.Max(column, Q), tuned: column > 0));

        PaperColumn Column(string name, Func<RunPlan, bool> has, bool tuned = true) => new(name, [.. runs.Where(run => has(run.Plan)).Select(run => Figures(run, tuned))]);

        IReadOnlyDictionary<string, double> Figures(PlannedRun run, bool tuned)
        {
            Dictionary<string, double> figures = new(MeasuredNet.Of(sweep, run, tuned, melodies).Figures);
            if (RunFolder.Open(sweep.RunPath(run)).ReadMetrics(run.Plan) is { } metrics)
            {
                foreach (string name in OfRuns)
                {
                    figures[name] = (tuned ? metrics.After : metrics.Before)[name]?.Value ?? double.NaN;
                }
            }

            return figures;
        }
    }
}
