using System.Text.Json;

namespace RLTuner.Tests.Rules;

/// <summary>What the original's own functions gave for each step of 120 compositions: <c>shared/golden/rewards.json</c>.</summary>
internal static class GoldenRewards
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static List<GoldenComposition> Read()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedFolder.PathTo("golden", "rewards.json")));
        return document.RootElement.GetProperty("compositions").Deserialize<List<GoldenComposition>>(Options)!;
    }
}

/// <summary>One composition: a row per step, in the field names of the file; null where the original gives NaN or nothing.</summary>
internal sealed record GoldenComposition(
    string Kind,
    int Length,
    int Prime,
    int[] Notes,
    double[][] Rules,
    double[] Total,
    double[] Scale,
    double[] KeyDistribute,
    double?[] NonRepeating,
    int[] Repeating,
    int[][] Motif,
    int[] RepeatedMotif,
    double[] Interval,
    int[] Leap,
    int[] Direction,
    int?[] LeaptFrom,
    int[] StepsSinceLeap,
    double?[][] Autocorr,
    int[] Tie,
    bool HighUnique,
    bool LowUnique);
