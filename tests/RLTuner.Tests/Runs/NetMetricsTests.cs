using System.Text.Json;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Runs;

namespace RLTuner.Tests.Runs;

public sealed class NetMetricsTests
{
    [Theory]
    [InlineData(RuleSetName.Theory)]
    [InlineData(RuleSetName.Magenta)]
    public void Figures_come_back_from_their_file_with_unit_and_description(RuleSetName ruleSet)
    {
        RandomSource random = new(1, "metrics");
        Melody[] melodies = [.. Enumerable.Range(0, 20).Select(_ => new Melody([.. RandomMelody.Of(32, MelodyEncoding.Default, 16, random)]))];
        RLTuner.Rewards.Theory theory = RLTuner.Rewards.Theory.Of(ruleSet, RewardMode.MusicTheoryAll, Key.CMajor, TimeSignature.CommonTime);
        NetMetrics measured = NetMetrics.Of(melodies, MelodyEncoding.Default, theory, new ReferenceCorpus([CorpusHistograms.Of(melodies, Key.CMajor, TimeSignature.CommonTime)], melodies));
        using JsonDocument file = JsonDocument.Parse(measured.ToJson().ToJsonString());
        NetMetrics read = NetMetrics.FromJson(file.RootElement, ruleSet);
        Assert.Equal(measured.Figures.Select(Told), read.Figures.Select(Told));
        Assert.Equal(ruleSet == RuleSetName.Theory ? 0.0 : null, measured["half_bar_distance"]?.Value);
        Assert.Equal(measured.Histograms?.PitchClasses.ToArray(), read.Histograms?.PitchClasses.ToArray());

        static (string, string, FigureUnit, string) Told(Figure figure) => (figure.Name, figure.Text, figure.Unit, figure.Description);
    }
}
