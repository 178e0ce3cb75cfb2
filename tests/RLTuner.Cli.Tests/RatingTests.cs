using System.Text.Json;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Ratings;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>From ratings to weights that the next tuning takes.</summary>
public sealed class RatingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathTo("ratings.jsonl");

    [Fact]
    public void Ratings_become_a_report_and_weights_that_tuning_takes()
    {
        Rate(60);
        File.AppendAllText(Path, "{\"time\":\n");
        Result report = Rltuner.Run("rate", "report", Path);
        Assert.Equal(0, report.Code);
        Assert.Matches(@"60 ratings", report.Output);
        Assert.Matches(@"before\s+after|after\s+before", report.Output);
        Assert.Contains("line 61: expected a JSON object, found something else (left out)", report.Errors, StringComparison.Ordinal);
        File.WriteAllLines(Path, File.ReadAllLines(Path)[..^1]);
        using JsonDocument figures = JsonDocument.Parse(Rltuner.RunHere("rate", "report", Path, "--format", "json").Done().Output);
        JsonElement compared = figures.RootElement.GetProperty("comparisons")[0];
        Assert.Equal(60, compared.GetProperty("wins").GetInt32() + compared.GetProperty("losses").GetInt32());
        Assert.InRange(compared.GetProperty("rate").GetDouble(), compared.GetProperty("interval")[0].GetDouble(), compared.GetProperty("interval")[1].GetDouble());

        string weights = _folder.PathTo("weights.json");
        Result fit = Rltuner.Run("rules", "fit", Path, "--output", weights).Done();
        Assert.Matches(@"line\s+1\.00\s+\d\.\d\d\s+-?\d\.\d\d to \d\.\d\d", fit.Output);
        using JsonDocument told = JsonDocument.Parse(Rltuner.RunHere("rules", "fit", Path, "--output", weights, "--format", "json").Done().Output);
        Dictionary<string, double> written = JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(weights))!;
        Assert.All(told.RootElement.GetProperty("rules").EnumerateArray(), rule =>
            Assert.Equal(rule.GetProperty("after").GetDouble(), written[rule.GetProperty("name").GetString()!], 1e-4));
        Assert.True(written["line"] > 1);
        Rltuner.RunHere("tune", "--rules", weights, "--training-steps", "512", "--batch-melodies", "4", "--evaluation-melodies", "4", "--no-figures", "--output-dir", _folder.PathTo("run")).Done();
        using JsonDocument options = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(_folder.PathTo("run"), "options.json")));
        Assert.Equal(written["line"], options.RootElement.GetProperty("theory").GetProperty("rules").GetProperty("line").GetDouble());
    }

    [Fact]
    public void Few_ratings_are_told_and_unknown_rules_refused()
    {
        Rate(3);
        string weights = _folder.PathTo("weights.json");
        Result few = Rltuner.RunHere("rules", "fit", Path, "--output", weights, "--rule-set", "theory");
        Assert.Equal(0, few.Code);
        Assert.Contains("only 3 of at least 20 ratings", few.Errors, StringComparison.Ordinal);
        File.WriteAllText(_folder.PathTo("other.json"), "{\"line\": 1}");
        Result refused = Rltuner.RunHere("rules", "fit", Path, "--output", weights, "--rule-set", "theory", "--rules", _folder.PathTo("other.json"));
        Assert.Equal(2, refused.Code);
        Assert.Contains("'line'", refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>By a listener who cares for the line above all.</summary>
    private void Rate(int count)
    {
        RandomSource random = new(1, "listener");
        RuleSet own = RulePresets.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, Key.CMajor).WithWeights(new Dictionary<string, double> { ["line"] = 4 });
        MelodyJudge judge = new(own, MelodyEncoding.Default, TimeSignature.CommonTime, 32);
        for (int i = 0; i < count; i++)
        {
            Melody a = Melody(), b = Melody();
            RatingsFile.Append(Path, new Rating(
                DateTimeOffset.UnixEpoch, new(RatedKind.Before, "pg-1", 0, a), new(RatedKind.After, "pg-1", 100, b), Key.CMajor, TimeSignature.CommonTime,
                judge.Score(a.Events.AsSpan()) > judge.Score(b.Events.AsSpan()) ? RatingChoice.A : RatingChoice.B));
        }

        Melody Melody() => new([.. Enumerable.Range(0, 32).Select(step => step % 2 == 0 ? MelodyEvent.NoteOn(new Pitch(60 + random.Next(13))) : MelodyEvent.Hold)]);
    }
}
