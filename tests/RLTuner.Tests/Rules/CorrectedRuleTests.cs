using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;
using RLTuner.Rules.Corrected;

namespace RLTuner.Tests.Rules;

/// <summary>Each corrected rule on small melodies; scores are those of the steps, zeros left out as <c>step:score</c>.</summary>
public sealed class CorrectedRuleTests
{
    private static readonly Key EFlat = Key.Parse("Eb major");

    [Theory]
    [InlineData("C4 C#4 - . F#4", "1:-1 4:-1")]
    [InlineData("- . C4 D4", "")]
    public void Key_scores_attacks_alone(string melody, string scores) => AssertScores(new StayInKey(Key.CMajor), melody, scores);

    [Theory]
    [InlineData("- Eb3*3 Bb4 - - - Eb5*4", "1:3 8:3 9:3 10:3 11:3")]
    [InlineData("Eb4*12", "0:3 9:3 10:3 11:3")]
    [InlineData("F4*8 Eb4 Eb4 . .", "8:3 10:3 11:3")]
    [InlineData("Eb4*8 F4*4", "0:3")]
    [InlineData("Eb4*4", "0:6 1:3 2:3 3:3")]
    public void Tonic_frames_the_melody_in_any_octave(string melody, string scores) => AssertScores(new FrameWithTonic(EFlat), melody, scores);

    [Theory]
    [InlineData("C4 C4 C4 C4 C4 C4 C4", "5:-10 6:-10")]
    [InlineData("C4*2 C4 C4 C4 C4 C4 C4 C4", "8:-10")]
    [InlineData("D4 - C4 C4 C4 C4 C4 C4", "7:-10")]
    [InlineData("C4 C4 C4 C4 C4 D4 C4 C4 C4 C4 C4", "")]
    [InlineData("C4*17 D4", "")]
    [InlineData("C4*18 D4", "17:-10")]
    [InlineData(". - - - - - - - - - - - - - - - - C4", "16:-10")]
    public void Repeating_counts_attacks_and_bars_without_any(string melody, string scores) =>
        AssertScores(new AvoidRepetition(), melody, scores);

    [Theory]
    [InlineData("C4 - - -", 0)]
    [InlineData("C4 D4 E4", 0)]
    [InlineData("C4 C4 C4 C4 C4", 0)]
    public void A_bare_or_constant_melody_has_no_variety(string melody, double sum) =>
        Assert.Equal(sum, ScoresOf(new VaryPitches(), melody).Sum(), 1e-12);

    [Fact]
    public void Variety_sums_to_the_worst_less_what_is_left()
    {
        const string Melody = "C4 E4 D4 - G4 . A4 F4 C5";
        int[] pitches = [.. MelodyText.Read(Melody).Where(e => e.StartsNote).Select(e => e.Pitch.MidiNumber)];
        double left = Enumerable.Range(1, 3)
            .Select(lag => Math.Abs(Tests.Music.Analysis.PlainFacts.Autocorrelation(pitches, lag)))
            .Sum(r => r > .15 ? 3 * r : 0);
        Assert.Equal(9 - left, ScoresOf(new VaryPitches(), Melody).Sum(), 1e-9);
    }

    [Theory]
    [InlineData("C4 D4 C4 E4 F4 D4 - - - - - - - - - - C4 D4 C5", "3:3 4:.3 18:3")]
    [InlineData("C4 D4 C4 D4", "")]
    public void Motif_pays_once_a_bar_and_a_little_for_more(string melody, string scores) => AssertScores(new MakeMotifs(), melody, scores);

    [Theory]
    [InlineData("C4*4 D4*4 E4*4 F4*4 C4*4 D4*4 E4*4 F4*4", "24:4 28:1")]
    [InlineData("C4*4 D4*4 E4*4 F4*4 C4*4 D4*4 E4*4 G4*4", "24:4")]
    [InlineData("C4*4 D4*4 E4*4 F4*4 C4*4 D4*3 . E4*4", "")]
    [InlineData("C4*8 D4*8 C4*8 D4*8", "")]
    public void Repeated_motif_compares_beginnings_of_bars(string melody, string scores) => AssertScores(new RepeatMotifs(), melody, scores);

    [Theory]
    [InlineData("C4 E4", "1:.75")]
    [InlineData("C4 Ab3", "1:.45")]
    [InlineData("E4 C4", "1:.75")]
    [InlineData("C4 G4 D5", "1:.5 2:.5")]
    [InlineData("D4 A4", "1:.1")]
    [InlineData("D4 F4 - . C#4", "1:.35 4:.45")]
    [InlineData("C4 D4 C4 D4 D4 C4", "1:.4")]
    [InlineData("C4 F#4 C4", "1:-.25 2:-.25")]
    [InlineData("C4 E5", "1:-5")]
    public void Intervals_are_valued_where_they_lead_on(string melody, string scores) =>
        AssertScores(new PreferIntervals(Key.CMajor), melody, scores);

    [Fact]
    public void A_minor_keys_third_is_minor() => AssertScores(new PreferIntervals(Key.Parse("C minor")), "C4 Eb4", "1:.75");

    [Theory]
    [InlineData("C4 G4 F4", "2:5")]
    [InlineData("C4 G4 G4 A4 - F4", "5:5")]
    [InlineData("C4 G4 D5", "2:-5")]
    [InlineData("C4 G4 C4 D4", "2:-5 3:5")]
    [InlineData("C4 G4 F4 C5 B4", "2:5 4:0")]
    [InlineData("C4 G4 F4 C5*13 B4", "2:5 16:5")]
    [InlineData("C4 G4 C4 G4 C4", "2:-5 3:-5 4:-5")]
    public void A_leap_is_resolved_by_smaller_motion_back(string melody, string scores) => AssertScores(new ResolveLeaps(), melody, scores);

    [Theory]
    [InlineData("C4 D4 E4 D4", "3:6")]
    [InlineData("C4 E4 C4 .", "3:3")]
    [InlineData("C4 - - -", "")]
    [InlineData("C4 C4 D4 D4", "")]
    [InlineData("C4 D4 C4 E4", "3:3")]
    public void Extremes_count_at_the_end(string melody, string scores) => AssertScores(new ReachExtremesOnce(), melody, scores);

    [Theory]
    [InlineData("C4 D4 E4 D4 - F4 C5", "0:.01 1:.8 2:.8 5:.01 6:.01")]
    [InlineData("C#4 D4 F4", "1:.01 2:.01")]
    public void Scale_is_climbed_in_the_key(string melody, string scores) => AssertScores(new ClimbScale(Key.CMajor), melody, scores);

    [Fact]
    public void Explanations_name_notes_and_intervals()
    {
        Assert.Equal("C#4 is outside C major.", Explain(new StayInKey(Key.CMajor), "C4", "C#4"));
        Assert.Equal("G4 resolves the leap up before it.", Explain(new ResolveLeaps(), "C4 A4", "G4"));
        Assert.Equal("C4 to E4 is a good step: major third up, at home in C major.", Explain(new PreferIntervals(Key.CMajor), "C4", "E4"));
        Assert.Equal("", Explain(new MakeMotifs(), "C4 D4", "C4"));
    }

    private static string Explain(IRule rule, string before, string next)
    {
        MelodySoFar melody = new(MelodyEncoding.Default, 32, TimeSignature.CommonTime);
        foreach (MelodyEvent played in MelodyText.Read(before))
        {
            melody.Append(played);
        }

        return rule.Explain(melody, MelodyText.Read(next)[0]);
    }

    private static double[] ScoresOf(IRule rule, string text)
    {
        MelodyEvent[] events = MelodyText.Read(text);
        MelodySoFar melody = new(MelodyEncoding.Default, events.Length, TimeSignature.CommonTime);
        double[] scores = new double[events.Length];
        for (int step = 0; step < events.Length; step++)
        {
            scores[step] = rule.Score(melody, events[step]);
            melody.Append(events[step]);
        }

        return scores;
    }

    private static void AssertScores(IRule rule, string melody, string expected)
    {
        double[] found = ScoresOf(rule, melody);
        double[] wanted = new double[found.Length];
        foreach (string entry in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.Split(':');
            wanted[int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)] =
                double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        for (int step = 0; step < found.Length; step++)
        {
            Assert.True(Math.Abs(wanted[step] - found[step]) < 1e-12, $"step {step}: expected {wanted[step]}, found {found[step]}");
        }
    }
}
