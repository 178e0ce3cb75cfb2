using RLTuner.Corpus.Building;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Writing;

namespace RLTuner.Tests.Scores.Writing;

/// <summary>What we write, we read as it was: melody, file, melody.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly MelodyEncoding AllOfMidi = new(new Pitch(0), 130);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => ["midi", "midi0", "musicxml", "abc"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_melody_comes_back_event_by_event(string name)
    {
        MelodyFormat format = MelodyFormat.Known.Single(known => known.Name == name);
        RandomSource random = new(1, "melodies");
        for (int i = 0; i < 60; i++)
        {
            TimeSignature metre = WrittenMelodies.Metres[i % WrittenMelodies.Metres.Length];
            Melody melody = InOctaves0To8(RandomMelody.AsExtracted(random, metre.StepsPerBar()));
            string path = _folder.PathTo("melody" + format.Endings[0]);
            format.Write(path, melody, new MelodyWriterOptions { Key = WrittenMelodies.Keys[i % WrittenMelodies.Keys.Length], TimeSignature = metre });
            Melody read = Assert.Single(MelodyFiles.Read(path, AllOfMidi));
            Assert.True(melody.Events.SequenceEqual(read.Events), $"{i} {metre}: {melody}\nread as {read}\n{(name == "abc" ? File.ReadAllText(path) : "")}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Any_events_in_any_order_come_back_as_the_same_notes_in_the_same_key_and_metre(string name)
    {
        MelodyFormat format = MelodyFormat.Known.Single(known => known.Name == name);
        RandomSource random = new(2, "melodies");
        for (int i = 0; i < 120; i++)
        {
            TimeSignature metre = WrittenMelodies.Metres[random.Next(WrittenMelodies.Metres.Length)];
            Key key = WrittenMelodies.Keys[random.Next(WrittenMelodies.Keys.Length)];
            Melody melody = RandomMelody.Any(random, lowest: 13, highest: 115);
            string path = _folder.PathTo("melody" + format.Endings[0]);
            format.Write(path, melody, new MelodyWriterOptions { Key = key, TimeSignature = metre, Tempo = 90 });
            Score read = MusicFormat.Of(path, MusicFormat.Known)!.Read(File.ReadAllBytes(path), path, new ReadingOptions(AllOfMidi)).Single().Score!;
            Assert.Equal(melody.Notes(), WrittenMelodies.NotesOf(read));
            Assert.Equal(metre, read.TimeSignatures[0].TimeSignature);
            Assert.Equal(KeySignature.Nearest(key), read.KeySignatures[0].KeySignature);
            Assert.Equal(90, Assert.Single(read.Tempos.Changes).QuartersPerMinute, 1e-3);
            Assert.Empty(read.Remarks);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Melody InOctaves0To8(Melody melody) => new(
        [.. melody.Events.Select(played => played.StartsNote ? MelodyEvent.NoteOn(new Pitch(13 + (played.Pitch.MidiNumber % 106))) : played)]);
}
