using System.Globalization;
using System.Text.Json;
using RLTuner.Evaluation;
using RLTuner.Music;

namespace RLTuner.Tests.Evaluation;

/// <summary>The original's statistics against its own functions: <c>shared/golden/stats.json</c>.</summary>
public sealed class MagentaStatisticsTests
{
    private static readonly string[] Each =
    [
        "notes_not_in_key", "notes_in_motif", "notes_in_repeated_motif", "num_starting_tonic", "num_repeated_notes", "num_resolved_leaps",
        "num_leap_twice", "num_high_unique", "num_low_unique",
    ];

    /// <summary>Lines of the original's report and the figures that give the same number.</summary>
    private static readonly Dictionary<string, string> Lines = new()
    {
        ["Total compositions"] = "melodies",
        ["Total notes"] = "steps",
        ["Percent compositions starting with tonic"] = "starting_on_tonic",
        ["Percent compositions with unique highest note"] = "unique_highest",
        ["Percent compositions with unique lowest note"] = "unique_lowest",
        ["Percent of leaps resolved"] = "leaps_resolved",
        ["Percent notes not in key"] = "notes_not_in_key",
        ["Percent notes in motif"] = "notes_in_motif",
        ["Percent notes in repeated motif"] = "notes_in_repeated_motif",
        ["Percent notes excessively repeated"] = "excessively_repeated",
        ["Average autocorrelation of lag1"] = "autocorrelation_1",
        ["Average autocorrelation of lag2"] = "autocorrelation_2",
        ["Average autocorrelation of lag3"] = "autocorrelation_3",
        ["Avg. num octave jumps per composition"] = "more_than_an_octave",
        ["Avg. num sevenths per composition"] = "major_sevenths",
        ["Avg. num fifths per composition"] = "fifths",
        ["Avg. num sixths per composition"] = "major_sixths",
        ["Avg. num fourths per composition"] = "fourths",
        ["Avg. num rest intervals per composition"] = "rests",
        ["Avg. num seconds per composition"] = "major_seconds",
        ["Avg. num thirds per composition"] = "major_thirds",
        ["Avg. num in key preferred intervals per composition"] = "fifths_in_key",
        ["Avg. num special rest intervals per composition"] = "rests_on_tonic_or_fifth",
    };

    [Fact]
    public void Statistics_match_Magenta()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(SharedFolder.PathTo("golden", "stats.json")));
        MagentaTally all = new(MelodyEncoding.Default);
        foreach (JsonElement group in golden.RootElement.GetProperty("groups").EnumerateArray())
        {
            MagentaTally tally = new(MelodyEncoding.Default);
            foreach ((JsonElement composition, JsonElement each) in
                group.GetProperty("compositions").EnumerateArray().Zip(group.GetProperty("each").EnumerateArray()))
            {
                Melody melody = Melody.FromClasses(composition.Deserialize<int[]>()!, MelodyEncoding.Default);
                tally.Add(melody);
                all.Add(melody);
                MagentaTally alone = new(MelodyEncoding.Default);
                alone.Add(melody);
                MagentaStatistics one = alone.ToStatistics();
                Assert.Equal(each.Deserialize<int[]>(), Each.Select(name => one.Counts[name]));
            }

            AssertMatches(group.GetProperty("stats"), group.GetProperty("text").GetString()!, tally.ToStatistics());
        }

        AssertMatches(golden.RootElement.GetProperty("all"), golden.RootElement.GetProperty("all_text").GetString()!, all.ToStatistics());
    }

    [Fact]
    public void Nothing_counted_gives_no_numbers()
    {
        MagentaStatistics statistics = new MagentaTally(MelodyEncoding.Default).ToStatistics();
        Assert.All(statistics.Counts.Values, count => Assert.Equal(0, count));
        Assert.All(statistics.Figures.Where(figure => figure.Unit != FigureUnit.Count), figure => Assert.Equal("-", figure.Text));
    }

    private static void AssertMatches(JsonElement stats, string text, MagentaStatistics found)
    {
        int counters = 0;
        foreach (JsonProperty counter in stats.EnumerateObject())
        {
            if (counter.Value.ValueKind == JsonValueKind.Array)
            {
                double[] expected = [.. counter.Value.Deserialize<double?[]>()!.Select(r => r ?? double.NaN)];
                Assert.Equal(expected, found.Autocorrelations[counter.Name[^1] - '1'], (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-9);
            }
            else
            {
                Assert.True(counter.Value.GetInt32() == found.Counts[counter.Name], $"{counter.Name}: {counter.Value}, {found.Counts[counter.Name]}");
                counters++;
            }
        }

        Assert.Equal(counters, found.Counts.Count);
        int lines = 0;
        foreach (string[] line in text.Split('\n').Select(line => line.Trim().Split(':')).Where(line => Lines.ContainsKey(line[0])))
        {
            double value = found.Figures.Single(figure => figure.Name == Lines[line[0]]).Value;
            double expected = line[1] == "nan" ? double.NaN : double.Parse(line[1], CultureInfo.InvariantCulture);
            Assert.True(expected.Equals(value) || Math.Abs(expected - value) < 1e-9, $"{line[0]}: {expected}, {value}");
            lines++;
        }

        Assert.Equal(Lines.Count, lines);
    }
}
