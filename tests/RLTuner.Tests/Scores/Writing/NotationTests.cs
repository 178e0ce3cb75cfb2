using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Scores.Notation;

namespace RLTuner.Tests.Scores.Writing;

/// <summary>How melodies are written down, by cases that a musician can check.</summary>
public sealed class NotationTests
{
    [Theory]
    [InlineData("4/4", 0, 16, "0:16")]
    [InlineData("4/4", 0, 5, "0:4 4:1")] // a quarter tied to a sixteenth
    [InlineData("4/4", 0, 6, "0:6")]
    [InlineData("4/4", 0, 7, "0:4 4:3")]
    [InlineData("4/4", 0, 10, "0:8 8:2")]
    [InlineData("4/4", 0, 12, "0:12")]
    [InlineData("4/4", 0, 14, "0:8 8:6")]
    [InlineData("4/4", 0, 15, "0:12 12:3")]
    [InlineData("4/4", 1, 3, "1:2")] // sixteenth, eighth, sixteenth
    [InlineData("4/4", 1, 5, "1:3 4:1")]
    [InlineData("4/4", 2, 6, "2:4")] // eighth, quarter, eighth
    [InlineData("4/4", 2, 8, "2:6")]
    [InlineData("4/4", 3, 5, "3:1 4:1")]
    [InlineData("4/4", 4, 12, "4:8")] // quarter, half, quarter
    [InlineData("4/4", 4, 16, "4:12")]
    [InlineData("4/4", 4, 10, "4:4 8:2")] // the middle of the bar is seen
    [InlineData("4/4", 6, 10, "6:2 8:2")]
    [InlineData("3/4", 0, 12, "0:12")]
    [InlineData("3/4", 6, 12, "6:6")]
    [InlineData("3/4", 2, 6, "2:4")]
    [InlineData("6/8", 0, 6, "0:6")]
    [InlineData("6/8", 0, 12, "0:12")]
    [InlineData("6/8", 0, 8, "0:6 6:2")]
    [InlineData("6/8", 2, 6, "2:4")]
    [InlineData("6/8", 4, 8, "4:2 6:2")] // the second beat is seen
    [InlineData("6/8", 4, 12, "4:2 6:6")]
    [InlineData("2/4", 2, 6, "2:4")]
    public void Notes_show_the_beats(string metre, int start, int end, string expected) => Assert.Equal(expected, Split(metre, start, end, isRest: false));

    [Theory]
    [InlineData("4/4", 0, 8, "0:8")]
    [InlineData("4/4", 4, 12, "4:4 8:4")] // no half rest in the middle
    [InlineData("4/4", 2, 8, "2:2 4:4")]
    [InlineData("4/4", 0, 3, "0:2 2:1")]
    [InlineData("4/4", 1, 4, "1:1 2:2")]
    [InlineData("3/4", 0, 8, "0:4 4:4")]
    [InlineData("3/4", 4, 12, "4:4 8:4")]
    [InlineData("6/8", 0, 6, "0:6")]
    [InlineData("6/8", 0, 4, "0:4")]
    [InlineData("6/8", 2, 6, "2:2 4:2")]
    public void Rests_show_them_more_strictly(string metre, int start, int end, string expected) => Assert.Equal(expected, Split(metre, start, end, isRest: true));

    [Fact]
    public void Every_stretch_of_every_metre_can_be_written()
    {
        foreach (TimeSignature metre in WrittenMelodies.Metres.Append(new(11, 16)).Append(new(4, 2)).Append(new(6, 4)))
        {
            int bar = metre.StepsPerBar();
            for (int start = 0; start < bar; start++)
            {
                for (int end = start + 1; end <= bar; end++)
                {
                    foreach (bool isRest in new[] { false, true })
                    {
                        IReadOnlyList<(int Start, int Length)> parts = new NoteValues(metre).Split(start, end, isRest);
                        Assert.Equal(start, parts[0].Start);
                        Assert.Equal(end - start, parts.Sum(part => part.Length));
                        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal(pair.First.Start + pair.First.Length, pair.Second.Start));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("C major", 61, 62, "C#4")] // rises on by a semitone
    [InlineData("C major", 61, 60, "Db4")] // falls
    [InlineData("C major", 61, null, "C#4")]
    [InlineData("C major", 63, null, "Eb4")]
    [InlineData("C major", 66, 65, "F#4")] // the raised fourth
    [InlineData("C major", 68, null, "G#4")]
    [InlineData("C major", 70, null, "Bb4")]
    [InlineData("A minor", 63, null, "D#4")]
    [InlineData("A minor", 68, 67, "G#4")] // the leading note
    [InlineData("A minor", 70, null, "Bb4")]
    [InlineData("Eb major", 68, null, "Ab4")]
    [InlineData("Eb major", 71, 70, "Cb5")]
    [InlineData("Eb major", 66, null, "Gb4")]
    [InlineData("B major", 60, 61, "B#3")]
    [InlineData("F# major", 65, null, "E#4")]
    [InlineData("Db major", 59, null, "Cb4")]
    [InlineData("G# minor", 67, 68, "F##4")]
    public void Pitches_are_spelled_in_the_key(string key, int pitch, int? next, string expected)
    {
        SpelledPitch spelled = SpelledPitch.Of(new Pitch(pitch), KeySignature.Nearest(Key.Parse(key)), next is { } number ? new Pitch(number) : null);
        string signs = spelled.Alteration >= 0 ? new('#', spelled.Alteration) : new('b', -spelled.Alteration);
        Assert.Equal(expected, $"{spelled.Name}{signs}{spelled.Octave}");
    }

    [Fact]
    public void Signs_hold_for_the_bar_and_ties_carry_them_over_the_bar_line()
    {
        // F sharp, F sharp again, F, F an octave up, F sharp tied over, F sharp anew, F.
        int[] pitches = [66, 66, 65, 77, 66, 66, 65];
        int[] lengths = [2, 2, 2, 2, 12, 2, 2];
        Melody melody = new([.. pitches.Zip(lengths).SelectMany(note =>
            Enumerable.Range(0, note.Second).Select(step => step == 0 ? MelodyEvent.NoteOn(new Pitch(note.First)) : MelodyEvent.Hold))]);
        NotatedMelody notated = NotatedMelody.Of(melody, Key.CMajor, TimeSignature.CommonTime);
        Assert.Equal([true, false, true, false, true], notated.Bars[0].Select(note => note.HasAccidental));
        Assert.Equal([false, true, true, false], notated.Bars[1].Select(note => note.HasAccidental));
        Assert.Equal("^FF =Ff ^F4- | ^F2 ^F=F z4 |]\n", Music(AbcWriter.ToText(melody)));
    }

    [Fact]
    public void Abc_has_a_header_beams_by_beat_and_four_bars_a_line()
    {
        Melody scale = new([.. Enumerable.Range(0, 80).Select(step => step % 2 == 0 ? MelodyEvent.NoteOn(new Pitch(62 + (step / 2 % 2 * 2))) : MelodyEvent.Hold)]);
        string text = AbcWriter.ToText(scale, new MelodyWriterOptions { Key = Key.Parse("D major"), Name = "100 % new\nwords", Tempo = 96.4, Program = 73 });
        const string Line = "DE DE DE DE | DE DE DE DE | DE DE DE DE | DE DE DE DE |\n";
        Assert.Equal(
            "%abc-2.1\nX:1\nT:100 \\% new words\nM:4/4\nL:1/8\nQ:1/4=96\n%%MIDI program 73\nK:D\n" + Line + "DE DE DE DE |]\n", text);
    }

    [Fact]
    public void A_melody_without_notes_is_a_bar_of_rest() => Assert.Equal("z8 |]\n", Music(AbcWriter.ToText(new Melody([]))));

    [Fact]
    public void A_metre_of_broken_sixteenths_is_refused() => Assert.Contains(
        "expected a metre whose bars fill whole sixteenths, found 5/64",
        Assert.Throws<ArgumentException>(() => AbcWriter.ToText(new Melody([]), new MelodyWriterOptions { TimeSignature = new(5, 64) })).Message,
        StringComparison.Ordinal);

    private static string Music(string abc) => abc[(abc.IndexOf('\n', abc.IndexOf("K:", StringComparison.Ordinal)) + 1)..];

    private static string Split(string metre, int start, int end, bool isRest) =>
        string.Join(' ', new NoteValues(TimeSignature.Parse(metre)).Split(start, end, isRest).Select(part => $"{part.Start}:{part.Length}"));
}
