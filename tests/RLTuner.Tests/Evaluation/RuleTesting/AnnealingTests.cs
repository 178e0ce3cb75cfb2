using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Rules;
using RLTuner.Rules.Musical;

namespace RLTuner.Tests.Evaluation.RuleTesting;

/// <summary>What rules like best.</summary>
public sealed class AnnealingTests
{
    private static readonly Annealing Short = new() { Changes = 12_000, Attempts = 2 };

    [Theory]
    [InlineData("C major", 4, 4, 32)]
    [InlineData("D dorian", 3, 4, 24)]
    [InlineData("G minor", 6, 8, 48)]
    public void The_musical_rules_best_melody_is_no_loop_has_no_steady_eighths_and_ends_on_the_tonic(string key, int beats, int unit, int length)
    {
        Key home = Key.Parse(key);
        TimeSignature metre = new(beats, unit);
        Melody best = Short.Best(MusicalRules.Create(home), MelodyEncoding.Default, metre, length, seed: 1);
        MelodyNote[] notes = [.. best.Notes()];
        string[] bars = [.. best.Events.Chunk(metre.StepsPerBar()).Select(bar => string.Join(' ', bar))];
        Assert.Equal(bars.Length, bars.Distinct().Count());
        Assert.True(notes.Select(note => note.Length).Distinct().Count() > 2, best.ToString());
        Assert.True(home.IsTonic(notes[^1].Pitch), best.ToString());
    }

    [Fact]
    public void It_is_the_same_for_the_same_seed_and_better_than_a_tune()
    {
        RuleSet rules = MusicalRules.Create(Key.CMajor);
        Melody best = Short.Best(rules, MelodyEncoding.Default, TimeSignature.CommonTime, 32, seed: 3);
        Assert.Equal(best.Events, Short.Best(rules, MelodyEncoding.Default, TimeSignature.CommonTime, 32, seed: 3).Events);
        MelodyJudge judge = new(rules, MelodyEncoding.Default, TimeSignature.CommonTime, 32);
        Assert.True(judge.Score(best.Events.AsSpan()) > 8);
        Assert.Equal(judge.Score(best.Events.AsSpan()), judge.ScoresByRule(best.Events.AsSpan()).Sum(), 1e-9);
    }

    [Fact]
    public void Melodies_shorter_than_a_bar_can_be_annealed() =>
        Assert.Equal(5, new Annealing { Changes = 500, Attempts = 1 }.Best(MusicalRules.Create(Key.CMajor), MelodyEncoding.Default, TimeSignature.CommonTime, 5, 1).Events.Length);
}
