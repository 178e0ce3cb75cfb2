using NAudio.Midi;
using RLTuner.Corpus.Reading;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

/// <summary>
/// Whole sets of MIDI files, read by NAudio and by us: each note's channel, pitch, start and length in ticks. Where a pitch is struck again
/// while it sounds the two part: NAudio gives each end to one note, we to all of that pitch that sound, as the original does.
/// </summary>
public sealed class NAudioTests(ITestOutputHelper output)
{
    [Fact]
    public void NAudio_reads_the_melodies_that_we_write_alike()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            RandomSource random = new(seed, "naudio");
            byte[] file = MidiWriter.ToBytes(RandomMelody.Any(random), MidiWriterTests.RandomOptions(random));
            Assert.Equal(Theirs(file), Ours(file));
        }
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("midi-samples", 45, 37)]
    [InlineData("train/cre-midi.tar.gz", 1195, 1194)]
    [InlineData("eval/nottingham-gpl3.tar.gz", 1034, 1034)]
    public void NAudio_reads_the_same_notes(string set, int files, int same)
    {
        int found = 0, agree = 0;
        foreach (SourceFile file in new SourceFiles(MusicFormat.Known).Read([SharedFolder.PathTo(["corpora", .. set.Split('/')])]).Where(file => file.Name.EndsWith(".mid", StringComparison.Ordinal)))
        {
            found++;
            string? difference = Difference(file.Bytes ?? []);
            agree += difference is null ? 1 : 0;
            if (difference is not null)
            {
                output.WriteLine($"{file.Name}: {difference}");
            }
        }

        output.WriteLine($"{set}: {agree} of {found} files agree");
        Assert.Equal(files, found);
        Assert.InRange(agree, same, files);
    }

    private static string? Difference(byte[] file)
    {
        List<(int, int, long, long)> ours, theirs;
        try
        {
            ours = Ours(file);
        }
        catch (MidiFormatException error)
        {
            return $"refused by us: {error.Message}";
        }

        try
        {
            theirs = Theirs(file);
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or EndOfStreamException or ArgumentException)
        {
            return $"refused by NAudio ({error.Message}), {ours.Count} notes by us";
        }

        return ours.SequenceEqual(theirs) ? null
            : $"{ours.Count} notes by us, {theirs.Count} by NAudio; ours alone: {string.Join(' ', ours.Except(theirs).Take(3))}; theirs alone: {string.Join(' ', theirs.Except(ours).Take(3))}";
    }

    private static List<(int Channel, int Pitch, long Start, long Length)> Ours(byte[] file)
    {
        Score score = MidiReader.Read(file, "f.mid");
        return [.. score.Notes.Select(note => (score.Instruments[note.Instrument].Channel + 1, note.Pitch.MidiNumber, note.Start, note.End - note.Start)).Order()];
    }

    private static List<(int Channel, int Pitch, long Start, long Length)> Theirs(byte[] bytes)
    {
        MidiFile file = new(new MemoryStream(bytes), strictChecking: false);
        return [.. Enumerable.Range(0, file.Tracks).SelectMany(track => file.Events[track]).OfType<NoteOnEvent>().Where(note => note.Velocity > 0)
            .Select(note => (note.Channel, note.NoteNumber, note.AbsoluteTime, note.OffEvent is null ? -1 : (long)note.NoteLength)).Order()];
    }
}
