using RLTuner.Corpus;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Rules;
using RLTuner.Rules.Musical;
using RLTuner.Tests.Rules;

namespace RLTuner.Tests.Evaluation.RuleTesting;

/// <summary>What melodies are held against, and the chance that rules prefer them.</summary>
public sealed class RuleTestTests
{
    private static readonly Melody Tune = new([.. MelodyText.Read(
        "E4*2 F4*2 G4*4 E4*2 D4*2 C4*4 D4*2 E4*2 F4*4 E4*4 D4*4")]);

    [Fact]
    public void Auc_is_the_share_of_pairs_that_are_won()
    {
        RandomSource random = new(1, "auc");
        for (int i = 0; i < 200; i++)
        {
            double[] first = Numbers(random), second = Numbers(random);
            double wins = first.Sum(one => second.Sum(other => one > other ? 1 : one == other ? .5 : 0));
            Assert.Equal(wins / (first.Length * second.Length), RuleTest.Auc(first, second), 1e-12);
        }
    }

    [Fact]
    public void Shuffled_melodies_keep_their_notes()
    {
        RandomSource random = new(2, "shuffling");
        for (int i = 0; i < 300; i++)
        {
            Melody melody = RandomMelody.Any(random);
            Melody pitches = SpoiledMelodies.ShufflePitches(melody, random), rhythm = SpoiledMelodies.ShuffleRhythm(melody, random);
            Assert.Equal(melody.Notes().Select(note => (note.Start, note.Length)), pitches.Notes().Select(note => (note.Start, note.Length)));
            Assert.Equal(melody.Notes().Select(note => note.Pitch).Order(), pitches.Notes().Select(note => note.Pitch).Order());
            Assert.Equal(melody.Events.Length, rhythm.Events.Length);
            Assert.Equal(melody.Notes().Select(note => note.Pitch), rhythm.Notes().Select(note => note.Pitch));
            Assert.Equal(melody.Notes().Select(note => note.Length).Order(), rhythm.Notes().Select(note => note.Length).Order());
        }
    }

    [Fact]
    public void A_loop_and_an_arpeggio_are_what_they_say()
    {
        Assert.Equal([.. Tune.Events[..16], .. Tune.Events[..16]], SpoiledMelodies.LoopFirstBar(Tune, 16).Events);
        Assert.Equal("C4*2 E4*2 G4*2 C4*2", Written(SpoiledMelodies.SteadyArpeggio(Key.CMajor, MelodyEncoding.Default, 8)));
        Assert.All(
            SpoiledMelodies.SteadyArpeggio(Key.Parse("F minor"), new MelodyEncoding(new Pitch(72), 4), 32).Notes(), note => Assert.InRange(note.Pitch.MidiNumber, 72, 73));
    }

    [Fact]
    public void Windows_begin_at_bar_lines_and_hear_held_notes_begin()
    {
        Melody melody = new([.. MelodyText.Read("C4*4 D4*4 E4*4 F4*8 G4*4 A4*4 B4*16 C4*4")]);
        Melody[] windows = [.. BarWindows.Of(melody, 16, 16)];
        Assert.Equal(2, windows.Length);
        Assert.Equal("F4*4 G4*4 A4*4 B4*4", Written(windows[1]));
        Melody[] waltz = [.. BarWindows.Of([new CorpusMelody("a", melody) { Metre = new TimeSignature(3, 4) }, new CorpusMelody("b", melody)], new TimeSignature(2, 2), 16)];
        Assert.Equal(2, waltz.Length);
    }

    [Fact]
    public void The_musical_rules_prefer_tunes()
    {
        string[] tunes =
        [
            "E4*4 E4*4 F4*4 G4*4 G4*4 F4*4 E4*4 D4*4", "C4*4 C4*4 D4*4 E4*4 E4*6 D4*2 D4*8",
            "C4*4 D4*4 E4*4 C4*4 E4*4 F4*4 G4*8", "G4*2 A4*2 G4*2 F4*2 E4*4 C4*4 D4*4 G3*4 C4*8",
            "E4*4 D4*4 C4*4 D4*4 E4*4 E4*4 E4*8", "G4*6 A4*2 G4*4 F4*4 E4*4 F4*4 G4*8",
            "C4*6 C4*2 D4*4 E4*4 F4*6 E4*2 D4*8", "A3*2 B3*2 C4*4 E4*4 D4*4 C4*2 B3*2 A3*4 G3*8",
        ];
        RuleTest test = new(MusicalRules.Create(Key.CMajor), [.. tunes.Select(tune => new Melody([.. MelodyText.Read(tune)]))], MelodyEncoding.Default, TimeSignature.CommonTime);
        Contrast[] contrasts = [.. test.AgainstSpoiled(Key.CMajor, seed: 1)];
        Assert.Equal(4, contrasts.Length);
        Assert.All(contrasts, contrast => Assert.True(contrast.Auc > .6, $"{contrast.Name}: {contrast.Auc}"));
        Assert.All(contrasts, contrast => Assert.Equal(12, contrast.AucByRule.Length));
    }

    private static double[] Numbers(RandomSource random) => [.. Enumerable.Range(0, 1 + random.Next(20)).Select(_ => (double)random.Next(6))];

    private static string Written(Melody melody) => string.Join(' ', melody.Notes().Select(note => $"{note.Pitch}*{note.Length}"));
}
