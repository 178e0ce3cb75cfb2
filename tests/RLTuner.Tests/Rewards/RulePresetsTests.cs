using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Tests.Rewards;

/// <summary>Which rules the reward modes stand for, and their weights.</summary>
public sealed class RulePresetsTests
{
    [Fact]
    public void Both_sets_have_the_same_rules_in_every_mode()
    {
        foreach (RewardMode mode in Enum.GetValues<RewardMode>())
        {
            Assert.Equal(Names(RulePresets.Of(RuleSetName.Magenta, mode, Key.CMajor)), Names(RulePresets.Of(RuleSetName.Theory, mode, Key.CMajor)));
        }
    }

    [Theory]
    [InlineData(RewardMode.Scale, "scale", false)]
    [InlineData(RewardMode.Key, "key_distribution", false)]
    [InlineData(RewardMode.KeyAndTonic, "key tonic", false)]
    [InlineData(RewardMode.NonRepeating, "non_repeating", false)]
    [InlineData(RewardMode.MusicTheoryRandom, "key tonic repeating", false)]
    [InlineData(RewardMode.MusicTheoryBasic, "key tonic repeating", true)]
    [InlineData(RewardMode.MusicTheoryBasicPlusVariety, "key tonic repeating autocorrelation", true)]
    [InlineData(RewardMode.PreferredIntervals, "preferred_intervals", false)]
    [InlineData(
        RewardMode.MusicTheoryOnly,
        "key tonic repeating autocorrelation motif repeated_motif preferred_intervals leap high_low_unique",
        false)]
    [InlineData(
        RewardMode.MusicTheoryAll,
        "key tonic repeating autocorrelation motif repeated_motif preferred_intervals leap high_low_unique",
        true)]
    public void A_mode_stands_for_its_rules(RewardMode mode, string names, bool countsNoteRnn)
    {
        Assert.Equal(names, string.Join(' ', Names(RulePresets.Of(RuleSetName.Magenta, mode, Key.CMajor))));
        Assert.Equal(countsNoteRnn, RulePresets.CountsNoteRnn(mode));
    }

    [Fact]
    public void Weights_scale_the_rules_they_name()
    {
        RuleSet rules = RulePresets.Of(RuleSetName.Theory, RewardMode.KeyAndTonic, Key.CMajor);
        RuleSet weighted = rules.WithWeights(new Dictionary<string, double> { ["tonic"] = 2 });
        double[] each = new double[2];
        MelodySoFar melody = new(MelodyEncoding.Default, 32, TimeSignature.CommonTime);
        Assert.Equal(6, weighted.Score(melody, MelodyEvent.NoteOn(new Pitch(60)), each));
        Assert.Equal(1, weighted.Rules[0].Weight);
        Assert.Equal(1, rules.Rules[1].Weight);
    }

    [Fact]
    public void An_unknown_name_is_refused_and_the_known_ones_listed()
    {
        RuleSet rules = RulePresets.Of(RuleSetName.Magenta, RewardMode.KeyAndTonic, Key.CMajor);
        ArgumentException error = Assert.Throws<ArgumentException>(() => rules.WithWeights(new Dictionary<string, double> { ["tonik"] = 2 }));
        Assert.Contains("key, tonic", error.Message, StringComparison.Ordinal);
        Assert.Contains("'tonik'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_smaller_encoding_can_be_scored()
    {
        MelodySoFar melody = new(new MelodyEncoding(new Pitch(55), 29), 32, TimeSignature.CommonTime);
        foreach (RuleSet rules in new[] { RulePresets.Of(RuleSetName.Magenta, RewardMode.MusicTheoryAll, Key.CMajor), RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor) })
        {
            melody.Start(MelodyEvent.Hold);
            for (int step = 0; step < 32; step++)
            {
                MelodyEvent next = melody.Encoding.EventOf(step % 29);
                Assert.True(double.IsFinite(rules.Score(melody, next, new double[9])));
                melody.Append(next);
            }
        }
    }

    private static string[] Names(RuleSet rules) => [.. rules.Rules.Select(entry => entry.Rule.Name)];
}
