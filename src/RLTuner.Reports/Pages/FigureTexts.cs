using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Reports.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Pages;

/// <summary>How figures of <c>metrics.json</c> are written: its names are known from the statistics that made them.</summary>
internal sealed class FigureTexts
{
    /// <summary>Figures that stand beside the statistics, of nets alone.</summary>
    private const string Theory = "theory_reward", Likelihood = "note_rnn_log_probability";

    private readonly Dictionary<string, Figure> _known;

    public FigureTexts(RunRecord run)
    {
        IEnumerable<Figure> figures = run.Options.Compat == Compatibility.Magenta
            ? new MagentaTally(run.Encoding).ToStatistics().Figures
            : new MelodyTally(run.Key, run.TimeSignature).ToStatistics().Figures;
        _known = figures.ToDictionary(figure => figure.Name, StringComparer.Ordinal);
    }

    /// <summary>What a figure counts, or nothing where it is not known.</summary>
    public string DescriptionOf(string name) => _known.TryGetValue(name, out Figure? figure)
        ? figure.Description
        : name switch
        {
            Theory => "mean of a melody's sum of the rules' weighted scores, not scaled",
            Likelihood => "mean of a melody's log p under the Note RNN, in nats",
            "kl_from_note_rnn" => "mean over steps of the policy's divergence from the Note RNN, in nats",
            "policy_entropy" => "mean over steps of the policy's entropy, in nats",
            _ => "",
        };

    /// <summary>A value as a reader wants it.</summary>
    public string TextOf(string name, double? value)
    {
        if (value is not double number)
        {
            return "–";
        }

        FigureUnit? unit = _known.TryGetValue(name, out Figure? figure) ? figure.Unit : RuleTable.UnitOf(name);
        string text = unit switch
        {
            FigureUnit.Count => number.ToString("N0", CultureInfo.InvariantCulture),
            FigureUnit known => new Figure(name, number, known, "").Text,
            _ => number.ToString(name is Theory or Likelihood ? "0.00" : "0.000", CultureInfo.InvariantCulture),
        };

        // What rounds to nothing has no sign.
        return text.AsSpan().ContainsAnyInRange('1', '9') ? text.Replace('-', '\u2212') : text.TrimStart('-');
    }

    /// <summary>The 95 % interval as a text, or nothing.</summary>
    public string IntervalOf(NetMetrics net, string name) =>
        net.IntervalOf(name) is var (low, high) ? RangeOf(name, low, high) : "";

    /// <summary>A range with its unit once.</summary>
    public string RangeOf(string name, double low, double high)
    {
        const string Percent = " %";
        string from = TextOf(name, low);
        return $"{(from.EndsWith(Percent, StringComparison.Ordinal) ? from[..^Percent.Length] : from)} to {TextOf(name, high)}";
    }

    /// <summary>Whether the intervals of both nets are known and do not touch: the difference is not chance.</summary>
    public static bool AreApart(RunMetrics metrics, string name) =>
        metrics.Before.IntervalOf(name) is var (beforeLow, beforeHigh) && metrics.After.IntervalOf(name) is var (afterLow, afterHigh)
        && (beforeHigh < afterLow || afterHigh < beforeLow);

    /// <summary>The names of both nets' figures.</summary>
    public static ImmutableArray<string> Names(RunMetrics metrics) =>
        [.. metrics.After.Figures.Concat(metrics.Before.Figures).Select(figure => figure.Name).Distinct()];
}
