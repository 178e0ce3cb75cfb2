using System.Collections.Frozen;
using RLTuner.Music;

namespace RLTuner.Evaluation;

/// <summary>Units and descriptions of figures by their names, for figures that are read back from a file.</summary>
public static class FigureCatalog
{
    private static readonly FrozenDictionary<string, Figure>
        Heard = Of(
            [.. new MelodyTally(Key.CMajor, TimeSignature.CommonTime).ToStatistics().Figures, .. MusicFigures.Of([], Key.CMajor, TimeSignature.CommonTime), .. new HistogramDistances(0, 0, 0, 0, 0).Figures]),
        Magenta = Of(new MagentaTally(MelodyEncoding.Default).ToStatistics().Figures);

    /// <summary>A figure as it was measured; one that is not known has no description, and three decimals.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; NaN where there was nothing to measure.</param>
    /// <param name="asOriginal">Whether it is of the original's statistics.</param>
    /// <param name="interval">Its 95 % interval, where that is known.</param>
    public static Figure Figure(string name, double value, bool asOriginal, ConfidenceInterval? interval = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ((asOriginal ? Magenta : Heard).TryGetValue(name, out Figure? known) ? known : new Figure(name, value, FigureUnit.Nats, "")) with
        {
            Value = value,
            Interval = interval,
        };
    }

    private static FrozenDictionary<string, Figure> Of(IEnumerable<Figure> figures) =>
        figures.Concat(PolicyReward.Described).Concat(CopiedPassages.Figures([])).ToFrozenDictionary(figure => figure.Name, StringComparer.Ordinal);
}
