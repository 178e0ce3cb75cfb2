using System.Globalization;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;
using RLTuner.Rules.Musical;

namespace RLTuner.Tests.Rules.Musical;

/// <summary>Each musical rule on small melodies; scores are those of the steps, zeros left out as <c>step:score</c>. A word <c>F4*4</c> is an attack and three holds.</summary>
public sealed class MusicalRuleTests
{
    private static readonly Key EFlat = Key.Parse("Eb major");
    private static readonly TimeSignature Waltz = new(3, 4), Jig = new(6, 8);

    [Theory]
    [InlineData("Eb4*4 G4*4", "0:1")]
    [InlineData("Bb3*8", "0:1")]
    [InlineData("F4*4 Eb4*4", "")]
    [InlineData("- Eb4*7", "")]
    public void Opening_is_the_triad_on_the_first_step(string melody, string scores) => AssertScores(new Opening(EFlat, 1), melody, scores);

    [Theory]
    [InlineData("D4*8 C4*8", "15:6")] // middle of the bar, half a bar long, by step
    [InlineData("E4*8 C4*8", "15:5")]
    [InlineData("D4*12 C4*4", "15:4.5")] // a weaker beat
    [InlineData("D4*14 C4*2", "15:3.5")] // too short
    [InlineData("D4*15 C4", "15:3.5")]
    [InlineData("D4*8 C4*4 .*4", "15:6")]
    [InlineData("D4*8 C4*3 .*5", "15:5")]
    [InlineData("D4*12 C4*3 .", "15:3.5")]
    [InlineData("C4*8 D4*8", "15:1")]
    [InlineData("- - - -", "")]
    public void Cadence_comes_to_rest_on_the_tonic(string melody, string scores) => AssertScores(new Cadence(Key.CMajor, time: 1, tonic: 2.5, onStrongBeat: 1.5, byStep: 1), melody, scores);

    [Fact]
    public void Cadence_has_no_strong_beat_inside_a_waltzs_bar() =>
        AssertScores(new Cadence(Key.CMajor, time: 1, tonic: 2.5, onStrongBeat: 1.5, byStep: 1), "D4*4 C4*8", "11:4.5", Waltz);

    [Theory]
    [InlineData("C4*14 D4", "12:-.5 13:-.5")]
    [InlineData("C4 . D4 E4 . . . . . . . . G4", "11:-.5")]
    [InlineData("C4 D4 C4 D4 C4 D4 C4 D4 C4 D4 C4 D4 - - C4", "10:-.5 11:-.5 14:-.5")]
    public void Breath_counts_late_silent_and_crowded_steps(string melody, string scores) => AssertScores(new Breathe(), melody, scores);

    [Theory]
    [InlineData("C4*4 D4*4 E4*4 F4*4 G4*4", "0:.75 16:.75")]
    [InlineData("C4*6 D4*4 E4*2", "0:.75 8:-3")] // from an eighth over the middle of the bar
    [InlineData("C4*3 D4 E4*4", "0:.75")] // a dotted eighth, followed at once
    [InlineData("C4*5 D4*2 E4", "0:.75 6:-1")]
    [InlineData("C4*14 D4*8", "0:.75 16:-3")] // paid once, for the strongest place
    [InlineData("- - - - - - - - C4", "")]
    public void Metre_is_kept_by_notes_on_strong_places(string melody, string scores) => AssertScores(new KeepMetre(), melody, scores);

    [Fact]
    public void Metre_has_beats_of_its_own()
    {
        AssertScores(new KeepMetre(), "C4*4 D4*2 E4*6", "0:.75", Jig);
        AssertScores(new KeepMetre(), "C4*4 D4*4 E4*4", "0:.75 6:-3", Jig);
        AssertScores(new KeepMetre(), "C4*4 D4*4 E4*4", "0:.75", Waltz);
    }

    [Theory]
    [InlineData("C4*2 D4*2 E4*2 F4*2 G4*2", 0)]
    [InlineData("C4*2 D4*2 E4*4 F4*4", 0)] // four notes are too few
    [InlineData("C4*2 D4*2 E4*2 F4*2 G4*4", 2.777)] // .722 of 1.3 bits
    [InlineData("C4 D4*2 E4*3 F4*4 G4*5 A4*6", 5)]
    public void Lengths_that_vary_pay_up_to_a_bound(string melody, double sum) => Assert.Equal(sum, ScoresOf(new VaryLengths(reward: 5), melody).Sum(), 1e-3);

    [Theory]
    [InlineData("C4*2 D4*6 E4*8 F4*2 E4*6 D4*8", "31:1.5")]
    [InlineData("C4*2 D4*6 E4*8 C4*2 D4*6 E4*8", "")] // a copy
    [InlineData("C4*4 D4*4 E4*8 F4*4 E4*4 D4*8", "")] // no lengths to know it by
    [InlineData("C4*2 D4*6 E4*8 F4*4 E4*4 D4*8", "")]
    public void Rhythm_returns_in_another_bar(string melody, string scores) => AssertScores(new ReturnRhythm(1.5), melody, scores);

    [Theory]
    [InlineData("C4 D4 E4 F4 G4 A4 B4", 0)] // all seconds: .52 would have to change
    [InlineData("C4 D4 E4 G4 F4 E4 C4 C4 D4", 2.1)] // 1 unison, 5 seconds, 2 thirds: .15 would have to change
    [InlineData("C4*4", 0)]
    public void Motion_pays_the_proportions_of_tunes(string melody, double sum) => Assert.Equal(sum, ScoresOf(new MoveLikeTunes(), melody).Sum(), 1e-9);

    [Theory]
    [InlineData("C4 D4 E4 F4 G4*12 A4 B4 C5", "2:2 16:2")] // once a bar
    [InlineData("C4 D4 C4 D4", "")]
    [InlineData("C4 E4 G4 E4 C4", "3:-.5 4:-.5")]
    [InlineData("C4 F4 D4 B4", "1:-.5 3:-3")]
    [InlineData("C3 C5", "1:-4")] // at most eight semitones count
    public void Line_leads_by_steps(string melody, string scores) => AssertScores(new LeadTheLine(passing: 2, chain: -.5, semitone: -.5), melody, scores);

    [Theory]
    [InlineData("C4*2 D4*2 A4*2 E4*2 D4*2", "9:1")]
    [InlineData("C4*2 D4*2 A4*2 E4*2 A4*2", "")]
    [InlineData("A4*2 D4*2 C4*2 E4*2 D4*2", "")] // the peak comes first
    [InlineData("C4*2 D4*2 G4*2 D4*2 C4*2", "")] // no rise of a sixth
    public void Arch_has_one_peak(string melody, string scores) => AssertScores(new RiseToOnePeak(), melody, scores);

    [Theory]
    [InlineData("C4*4 D4*4 E4*8 D4*4 E4*4 F4*8", "31:4")] // a step higher
    [InlineData("C4*4 D4*4 E4*4 G4*4 D4*4 E4*4 F4*8", "31:4")]
    [InlineData("C4*4 D4*4 E4*8 C4*4 D4*4 E4*8", "")] // a copy
    [InlineData("C4*4 C4*4 C4*8 D4*4 D4*4 D4*6 E4*2", "")] // one pitch is no motif
    [InlineData("C4*4 D4*4 E4*8 D4*2 E4*6 F4*8", "")]
    public void Motif_returns_at_any_pitch(string melody, string scores) => AssertScores(new ReturnMotif(reward: 4, rewardForMore: 2), melody, scores);

    [Fact]
    public void A_fourth_note_of_the_motif_pays_more() =>
        AssertScores(new ReturnMotif(reward: 4, rewardForMore: 2), "C4*4 D4*4 E4*4 G4*4 D4*4 E4*4 F4*4 A4*4", "31:6");

    [Fact]
    public void Motifs_pay_for_one_bar_in_four()
    {
        // Five bars alike at other pitches: two of four are paid, then a quarter of five bars is passed.
        string bars = string.Join(' ', new[] { "C4 D4 E4", "D4 E4 F4", "E4 F4 G4", "F4 G4 A4", "G4 A4 B4" }.Select(bar => bar.Replace(" ", "*4 ", StringComparison.Ordinal) + "*8"));
        AssertScores(new ReturnMotif(reward: 4, rewardForMore: 2), bars, "31:4 47:4");
    }

    [Theory]
    [InlineData("C4*4 D4*4 E4*8 C4*4 D4*4 E4*8", "31:-10")]
    [InlineData("C4*4 D4*4 E4*8 G4*16 C4*4 D4*4 E4*8", "")] // coming back is form
    [InlineData("C4*4 D4*4 C4*4 D4*4 C4*4 D4*4", "12:-.5 16:-.5 20:-.5 23:-2")]
    [InlineData("C4*2 D4*2 C4*2 D4*2 E4*8", "6:-.5")]
    [InlineData("C4*2 C4*2 C4*2 C4*2 E4*8", "6:-.5")]
    public void Loops_are_penalised(string melody, string scores) => AssertScores(new AvoidLoops(), melody, scores);

    [Fact]
    public void A_song_form_has_no_loop()
    {
        const string A = "C4*4 D4*4 E4*8 G4*4 E4*4 D4*8 ", B = "F4*4 A4*4 G4*8 F4*4 E4*4 G4*8 ";
        AssertScores(new AvoidLoops(), A + A + B + A, "");
    }

    private static void AssertScores(IRule rule, string melody, string expected, TimeSignature? metre = null)
    {
        double[] found = ScoresOf(rule, melody, metre);
        double[] wanted = new double[found.Length];
        foreach (string[] parts in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(':')))
        {
            wanted[int.Parse(parts[0], CultureInfo.InvariantCulture)] = double.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        Assert.Equal(wanted, found, (one, other) => Math.Abs(one - other) < 1e-9);
    }

    private static double[] ScoresOf(IRule rule, string text, TimeSignature? metre = null)
    {
        MelodyEvent[] events = MelodyText.Read(text);
        MelodySoFar melody = new(MelodyEncoding.Default, events.Length, metre ?? TimeSignature.CommonTime);
        double[] scores = new double[events.Length];
        for (int step = 0; step < events.Length; step++)
        {
            scores[step] = rule.Score(melody, events[step]);
            melody.Append(events[step]);
        }

        return scores;
    }
}
