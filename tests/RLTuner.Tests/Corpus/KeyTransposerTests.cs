using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;

namespace RLTuner.Tests.Corpus;

public sealed class KeyTransposerTests
{
    [Theory]
    [InlineData("D major", 2)]
    [InlineData("B minor", 2)]
    [InlineData("E dorian", 2)]
    [InlineData("F# major", 6)]
    public void The_best_major_key_of_a_scale_is_that_of_its_signature(string key, int tonic) =>
        Assert.Equal(tonic, KeyTransposer.BestMajorTonic(Scale(Key.Parse(key), 60)));

    [Fact]
    public void Of_equally_good_keys_the_lowest_wins()
    {
        // A fifth C-G lies in the keys of C, F, Bb, Eb, Ab and G; C is the lowest. D-A lies in C as well.
        Assert.Equal(0, KeyTransposer.BestMajorTonic(Notes(60, 67)));
        Assert.Equal(0, KeyTransposer.BestMajorTonic(Notes(62, 69)));
        Assert.Equal(0, KeyTransposer.BestMajorTonic(new Melody([])));
    }

    [Theory]
    [InlineData("D major", 26, "C major")]
    [InlineData("Eb major", 99, "C major")]
    [InlineData("C major", 60, "E minor")]
    [InlineData("A major", 57, "D dorian")]
    [InlineData("B major", 71, "Bb major")]
    public void Melodies_land_in_the_key_and_in_the_middle_of_the_range(string from, int start, string to)
    {
        Key target = Key.Parse(to);
        Melody moved = new KeyTransposer(MelodyEncoding.Default, target).Transpose(Scale(Key.Parse(from), start));

        Assert.All(moved.Notes(), note => Assert.True(target.Contains(note.Pitch)));
        Assert.InRange(moved.Notes().Average(note => note.Pitch.MidiNumber), 65.5 - 6, 65.5 + 6.5);
    }

    [Fact]
    public void Stray_notes_are_folded_in_by_octaves_and_nothing_else_changes()
    {
        Melody wide = new([
            MelodyEvent.NoteOn(new Pitch(0)), MelodyEvent.Hold, MelodyEvent.NoteOn(new Pitch(127)), MelodyEvent.NoteOff,
            MelodyEvent.NoteOn(new Pitch(64))], plannedLength: 32);
        Melody moved = new KeyTransposer(MelodyEncoding.Default).Transpose(wide);

        // C, G and E fit C major; the middle of 0 and 127 is two semitones below that of the range, so no octave is added.
        Assert.Equal("C3 hold G5 off E4", moved.ToString());
        Assert.Equal(32, moved.PlannedLength);
    }

    [Fact]
    public void Every_melody_fits_any_encoding_of_an_octave_or_more_and_keeps_its_rhythm()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            RandomSource random = new(seed, "transposer");
            int pitches = 12 + random.Next(40);
            MelodyEncoding encoding = new(new Pitch(random.Next(128 - pitches)), pitches + 2);
            Key key = new(random.Next(12), random.Next(2) == 0 ? Mode.Major : Mode.Minor);
            Melody melody = RandomMelody.Any(random);
            KeyTransposer transposer = new(encoding, key);
            Melody moved = transposer.Transpose(melody);

            Assert.All(moved.Events, @event => Assert.True(encoding.Contains(@event)));
            Assert.Equal(melody.Notes().Select(note => (note.Start, note.Length)), moved.Notes().Select(note => (note.Start, note.Length)));
            int shift = transposer.SemitonesFor(melody);
            Assert.Equal(
                melody.Notes().Select(note => new Pitch(note.Pitch.MidiNumber + shift).PitchClass),
                moved.Notes().Select(note => note.Pitch.PitchClass));
        }
    }

    [Fact]
    public void A_range_narrower_than_an_octave_is_refused() =>
        Assert.Throws<ArgumentException>(() => new KeyTransposer(new MelodyEncoding(new Pitch(60), 13)));

    private static Melody Scale(Key key, int start) =>
        Notes([.. Enumerable.Range(start, 13).Where(midi => key.Contains(new Pitch(midi)))]);

    private static Melody Notes(params int[] pitches) => new([.. pitches.Select(midi => MelodyEvent.NoteOn(new Pitch(midi)))]);
}
