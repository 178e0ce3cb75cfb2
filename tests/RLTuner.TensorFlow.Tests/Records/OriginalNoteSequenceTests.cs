using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.TensorFlow.Records;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests.Records;

/// <summary>NoteSequences of 45 real files with the times that the original's reader gave, against how the original quantises them.</summary>
public sealed class OriginalNoteSequenceTests
{
    [Fact]
    public void Quantised_notes_and_melodies_agree_with_the_original()
    {
        int compared = 0;
        foreach (string file in Directory.GetFiles(SharedFolder.PathTo("corpora", "midi-samples", "expected"), "*.json").Order(StringComparer.Ordinal))
        {
            JsonObject expected = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            if (expected["notes_instrument_pitch_velocity_start_end"] is not JsonArray notes
                || expected["quantized"]?["notes_instrument_pitch_start_end"] is not JsonArray quantized)
            {
                continue;
            }

            compared++;
            QuantizedScore score = Quantizer.Quantize(NoteSequenceReader.Read(new TFRecord(file, 1, 0, Encoded(expected, notes))));
            Assert.Equal(
                quantized.Select(note => ((int)note![0]!, (int)note[1]!, (int)note[2]!, (int)note[3]!)).Order(),
                score.Notes.Select(note => (note.Instrument, note.Pitch.MidiNumber, note.Start, note.End)).Order());
            Assert.Equal((double)expected["quantized"]!["steps_per_bar"]!, score.StepsPerBar);
            Assert.Equal(
                expected["primer_min_bars0_min_unique1"]!["melodies"]!.AsArray().Select(melody => melody!["events"]!.ToJsonString()),
                MelodyExtractor.Extract(score, MelodyExtractorOptions.Primer).Melodies.Select(
                    found => new JsonArray([.. found.Melody.Events.Select(OriginalEvent)]).ToJsonString()));
        }

        Assert.InRange(compared, 10, 45);
    }

    private static byte[] Encoded(JsonObject expected, JsonArray notes)
    {
        Dictionary<int, (int Program, bool IsDrum)> instruments = expected["instruments"]!.AsArray()
            .ToDictionary(row => (int)row![0]!, row => ((int)row![1]!, (bool)row[2]!));
        return
        [
            .. expected["time_signatures"]!.AsArray().SelectMany(row => NoteSequenceTests.Metre((double)row![0]!, (int)row[1]!, (int)row[2]!)),
            .. expected["tempos"]!.AsArray().SelectMany(row => NoteSequenceTests.Tempo((double)row![0]!, (double)row[1]!)),
            .. notes.SelectMany(row => NoteSequenceTests.Note(
                (int)row![1]!, (int)row[2]!, (double)row[3]!, (double)row[4]!,
                (int)row[0]!, instruments[(int)row[0]!].Program, instruments[(int)row[0]!].IsDrum)),
        ];
    }

    private static JsonNode? OriginalEvent(MelodyEvent @event) => @event.StartsNote ? @event.Pitch.MidiNumber : @event.IsHold ? -2 : -1;
}
