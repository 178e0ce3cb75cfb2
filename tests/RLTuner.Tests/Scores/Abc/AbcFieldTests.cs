using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;

namespace RLTuner.Tests.Scores.Abc;

/// <summary>Fields of the header, of the body and in brackets.</summary>
public sealed class AbcFieldTests
{
    [Theory]
    [InlineData("C", "C D E F G A B", 0, false)]
    [InlineData("G", "C D E ^F G A B", 1, false)]
    [InlineData("Bb", "C D ^D F G A ^A", -2, false)]
    [InlineData("F#m", "^C D E ^F ^G A B", 3, true)]
    [InlineData("Am", "C D E F G A B", 0, true)]
    [InlineData("A minor", "C D E F G A B", 0, true)]
    [InlineData("D Dorian", "C D E F G A B", 0, false)]
    [InlineData("Ddor", "C D E F G A B", 0, false)]
    [InlineData("A MIX", "^C D E ^F G A B", 2, false)]
    [InlineData("E phrygian", "C D E F G A B", 0, false)]
    [InlineData("F lydian", "C D E F G A B", 0, false)]
    [InlineData("B Loc", "C D E F G A B", 0, false)]
    [InlineData("HP", "^C D E ^F G A B", 2, false)]
    [InlineData("Hp", "^C D E ^F G A B", 2, false)]
    [InlineData("D =c", "C D E ^F G A B", 1, false)]
    [InlineData("D exp ^g", "C D E F ^G A B", 2, false)]
    [InlineData("C# clef=bass", "^C ^D F ^F ^G ^A c", 7, false)]
    [InlineData("G#", "^C ^D F G ^G ^A c", -4, false)]
    [InlineData("C treble", "C D E F G A B", 0, false)]
    public void Keys(string key, string letters, int sharps, bool isMinor)
    {
        Score score = AbcText.Read($"K:{key}\nCDEFGAB");
        Assert.Equal(letters, AbcText.Letters(score));
        Assert.Equal([new KeySignatureChange(0, new KeySignature(sharps, isMinor))], score.KeySignatures);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("clef=bass")]
    public void No_key(string key) => Assert.Empty(AbcText.Read($"K:{key}\nF").KeySignatures);

    [Theory]
    [InlineData("C clef=treble-8", "C,")]
    [InlineData("C treble-8", "C,")]
    [InlineData("C clef=treble+8", "c")]
    [InlineData("C clef=\"bass-8\"", "C,")]
    [InlineData("C clef=bass", "C")]
    [InlineData("C middle=d", "C")]
    [InlineData("C octave=-2", "C,,")]
    [InlineData("C transpose=3", "^D")]
    [InlineData("C transpose=-12 octave=1", "C")]
    [InlineData("C\n%%MIDI transpose 2", "D")]
    public void Transpositions(string key, string letter) => Assert.Equal(letter, AbcText.Letters(AbcText.Read($"K:{key}\nC")));

    [Fact]
    public void A_transposed_key_is_the_one_that_sounds() =>
        Assert.Equal(2, AbcText.Read("K:C transpose=2\nC").KeySignatures[0].KeySignature.Sharps);

    [Theory]
    [InlineData("C", 4, 4)]
    [InlineData("C|", 2, 2)]
    [InlineData("6/8", 6, 8)]
    [InlineData("2+3/8", 5, 8)]
    [InlineData("(3+2+2)/8", 7, 8)]
    public void Metres(string metre, int numerator, int denominator) => Assert.Equal(
        [new TimeSignatureChange(0, new TimeSignature(numerator, denominator))], AbcText.Read($"M:{metre}\nK:C\nA").TimeSignatures);

    [Fact]
    public void No_metre() => Assert.Empty(AbcText.Read("M:none\nK:C\nA").TimeSignatures);

    [Theory]
    [InlineData("M:4/4", "A@0+0.5")]
    [InlineData("M:3/4", "A@0+0.5")]
    [InlineData("M:6/8", "A@0+0.5")]
    [InlineData("M:2/4", "A@0+0.25")]
    [InlineData("M:none", "A@0+0.5")]
    [InlineData("L:1/16", "A@0+0.25")]
    [InlineData("L:1", "A@0+4")]
    public void Unit_lengths(string field, string note)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes($"X:1\n{field}\nK:C\nM:2/4\nA\n");
        Assert.Equal(note, AbcText.Timed(AbcReader.Read(AbcFile.Read(text, "unit.abc")[0])));
    }

    [Theory]
    [InlineData("1/4=90", 90)]
    [InlineData("3/8=60", 90)]
    [InlineData("1/2 = 60", 120)]
    [InlineData("\"Allegro\" 1/4=132", 132)]
    [InlineData("1/4=66 \"slow\"", 66)]
    [InlineData("1/4 3/8 1/4 3/8=40", 200)]
    [InlineData("C=100", 100)]
    [InlineData("C3=40", 120)]
    [InlineData("100", 100)]
    [InlineData("1/4=100.5", 100.5)]
    [InlineData("\"Andante\"", 120)]
    public void Tempos(string tempo, double quarters) =>
        Assert.Equal([new TempoChange(0, quarters)], AbcText.Read($"Q:{tempo}\nK:C\nA").Tempos.Changes);

    [Fact]
    public void Changes_stand_at_their_ticks()
    {
        const int Bar = 4 * 40320;
        Score score = AbcText.Music("C4 | D2 [K:G] F2 |\nM:3/4\nF3 | [Q:1/4=60][L:1/8] F6 |");

        Assert.Equal("C@0+4 D@4+2 ^F@6+2 ^F@8+3 ^F@11+3", AbcText.Timed(score));
        Assert.Equal([0L, Bar + (Bar / 2)], score.KeySignatures.Select(change => change.Tick));
        Assert.Equal([0L, 2 * Bar], score.TimeSignatures.Select(change => change.Tick));
        Assert.Equal([0L, 11 * 40320], score.Tempos.Changes.Select(change => change.Tick));
    }

    [Fact]
    public void A_repeat_brings_back_the_key_of_its_start() =>
        Assert.Equal([0, 1, 0, 1], AbcText.Music("|: F4 | [K:G] F4 :|").KeySignatures.Select(change => change.KeySignature.Sharps));

    [Fact]
    public void Voices_become_instruments_in_order_of_appearance()
    {
        Score score = AbcText.Read("V:T clef=treble\nV:B clef=bass octave=-1\nV:none\nK:G\nV:B\nF4 |\n[V:T] F2 [V:B] G4 [V:T] G2 |\nw: la la\n");

        Assert.Equal(["T", "B"], score.Instruments.Select(instrument => instrument.Name));
        Assert.Equal(["T"], score.Instruments.Where(instrument => instrument.HasLyrics).Select(instrument => instrument.Name));
        Assert.Equal("^F,@0+4 ^F@0+2 G@2+2 G,@4+4", AbcText.Timed(score));
    }

    [Fact]
    public void Fields_before_the_first_voice_hold_for_all() =>
        Assert.Equal("^F ^F", AbcText.Letters(AbcText.Read("V:1\nV:2\nK:C\nK:G\nV:1\nF\nV:2\nF")));

    [Fact]
    public void Accidentals_of_one_voice_do_not_reach_another() =>
        Assert.Equal("F ^F", AbcText.Letters(AbcText.Music("[V:1] ^F [V:2] F")));

    [Fact]
    public void An_overlay_is_an_instrument_of_its_own() =>
        Assert.Equal(["1", "1&1"], AbcText.Music("V:1\nA2 B2 & ^F4 | F4").Instruments.Select(instrument => instrument.Name));

    [Theory]
    [InlineData("T:x\nA", 5, "expected a K: line")]
    [InlineData("K:C\nA&&&&&&&&&&&&&&&&&&", 5, "expected at most 16 overlays")]
    public void Errors_name_the_line(string lines, int line, string problem)
    {
        AbcFormatException error = Assert.Throws<AbcFormatException>(() => AbcText.Read(lines));
        Assert.Equal(line, error.LineNumber);
        Assert.Contains($", line {line}: {problem}", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("test.abc, tune 1", error.Message, StringComparison.Ordinal);
    }
}
