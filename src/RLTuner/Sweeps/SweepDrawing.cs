using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Numerics;
using RLTuner.Runs;
using RLTuner.Settings;

namespace RLTuner.Sweeps;

/// <summary>Draws numbers at random.</summary>
internal static class SweepDrawing
{
    /// <summary>More than anybody waits for.</summary>
    private const int MostDraws = 100_000;

    /// <summary>So many digits are read easily, and are the same on every system.</summary>
    private const string Digits = "G4";

    /// <summary>The values of each draw; one draw of nothing where none are asked for.</summary>
    /// <exception cref="SweepFormatException">A range cannot be drawn from.</exception>
    public static ImmutableArray<KeyValuePair<string, string>>[] Points(SweepDraws? draws, string where)
    {
        if (draws is null)
        {
            return [[]];
        }

        if (draws.Count is < 1 or > MostDraws)
        {
            throw new SweepFormatException($"{where}.count: expected a whole number from 1 to {MostDraws}, found {draws.Count}");
        }

        (string Name, string[] Texts)[] columns = [.. draws.Ranges.Select(range => (range.Key, Column(range.Key, range.Value, draws, $"{where}.ranges.{range.Key}")))];
        return columns.Length == 0
            ? throw new SweepFormatException($"{where}.ranges: expected one or more numbers to draw, found none")
            : [.. Enumerable.Range(0, draws.Count).Select(i => columns.Select(column => KeyValuePair.Create(column.Name, column.Texts[i])).ToImmutableArray())];
    }

    private static string[] Column(string name, SweepRange range, SweepDraws draws, string where)
    {
        bool isWeight = name.StartsWith(RunValue.Rule, StringComparison.Ordinal);
        Setting? setting = RunValue.Number(name);
        bool isWhole = setting?.Type == typeof(int) || setting?.Type == typeof(long);
        if (!isWeight && !isWhole && setting?.Type != typeof(double) && setting?.Type != typeof(float))
        {
            throw new SweepFormatException($"{where}: expected a number to draw, found {(setting is null ? "none of that name" : "words or a switch (list them in grid)")}");
        }

        double least = range.Scale == SweepScale.Log ? double.Epsilon : double.MinValue;
        if (!(range.From >= least && range.From < range.To && double.IsFinite(range.To - range.From)))
        {
            throw new SweepFormatException(FormattableString.Invariant(
                $"{where}: expected from below to{(range.Scale == SweepScale.Log ? ", both above 0" : "")}, found {range.From} and {range.To}"));
        }

        foreach (double end in (double[])[range.From, range.To])
        {
            _ = SweepExpansion.Checked(where, () => RunValue.Text(name, end.ToString(CultureInfo.InvariantCulture)));
        }

        RandomSource random = new(draws.Seed, name);
        return [.. Enumerable.Range(0, draws.Count).Select(_ => SweepExpansion.Checked(where, () => RunValue.Text(name, Drawn(range, random.NextDouble(), isWhole))))];
    }

    private static string Drawn(SweepRange range, double share, bool isWhole)
    {
        double value = range.Scale == SweepScale.Log
            ? Math.Exp(double.Lerp(Math.Log(range.From), Math.Log(range.To), share))
            : double.Lerp(range.From, range.To, share);
        double rounded = isWhole ? Math.Round(value) : double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(rounded, range.From, range.To).ToString(isWhole ? "0" : null, CultureInfo.InvariantCulture);
    }
}
