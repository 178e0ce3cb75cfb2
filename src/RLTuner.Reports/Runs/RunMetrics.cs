using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Music;

namespace RLTuner.Reports.Runs;

/// <summary>What <c>metrics.json</c> says of the nets before and after.</summary>
/// <param name="Melodies">How many melodies of each were measured.</param>
/// <param name="Before">The net that was tuned from.</param>
/// <param name="After">The tuned net.</param>
public sealed record RunMetrics(long Melodies, NetMetrics Before, NetMetrics After)
{
    /// <summary>Reads the content of the file.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    internal static RunMetrics Of(JsonElement json)
    {
        return Json.Object(json, "before") is { } before && Json.Object(json, "after") is { } after
            ? new RunMetrics((long)Math.Clamp(Json.Number(json, "melodies") ?? 0, 0, int.MaxValue), NetMetrics.Of(before), NetMetrics.Of(after))
            : throw new FormatException("expected an object with \"before\" and \"after\", found something else");
    }
}

/// <summary>What was measured of one net.</summary>
/// <param name="Figures">Figures in the order of the file; null where there was nothing to measure.</param>
/// <param name="Intervals">The 95 % interval of a figure, where it is known.</param>
/// <param name="Pitches">Notes attacked by pitch; empty where that was not kept.</param>
public sealed record NetMetrics(
    ImmutableArray<(string Name, double? Value)> Figures,
    ImmutableDictionary<string, (double Low, double High)> Intervals,
    ImmutableSortedDictionary<Pitch, double> Pitches)
{
    /// <summary>A figure's value; null where it is not there.</summary>
    public double? this[string name] => Figures.FirstOrDefault(figure => figure.Name == name).Value;

    /// <summary>The 95 % interval of a figure, or null.</summary>
    public (double Low, double High)? IntervalOf(string name) => Intervals.TryGetValue(name, out (double, double) interval) ? interval : null;

    /// <summary>No statistics have so many figures; a damaged file may.</summary>
    private const int MostFigures = 500;

    internal static NetMetrics Of(JsonElement json) => new(
        [.. Json.Properties(json, "figures").Take(MostFigures).Select(figure => (figure.Name, Json.NumberOf(figure.Value)))],
        ImmutableDictionary.CreateRange(
            from property in Json.Properties(json, "intervals").DistinctBy(property => property.Name)
            where property.Value.ValueKind == JsonValueKind.Array
            let ends = property.Value.EnumerateArray().Take(3).Select(Json.NumberOf).ToArray()
            where ends is [double, double]
            select KeyValuePair.Create(property.Name, (ends[0]!.Value, ends[1]!.Value))),
        ImmutableSortedDictionary.CreateRange(
            from property in Json.Properties(json, "pitches").DistinctBy(property => property.Name)
            where byte.TryParse(property.Name, out byte number) && number <= 127 && Json.NumberOf(property.Value) >= 0
            select KeyValuePair.Create(new Pitch(byte.Parse(property.Name, System.Globalization.CultureInfo.InvariantCulture)), Json.NumberOf(property.Value)!.Value)));
}
