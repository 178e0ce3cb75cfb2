using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Corpus;

/// <summary>Reading, quantising and extracting 45 real files, against what the original's Python modules make of them.</summary>
public sealed class OriginalPipelineTests
{
    public static TheoryData<string> Files => MidiSample.Names();

    [Theory]
    [MemberData(nameof(Files))]
    public void Notes_agree_with_the_original_reader(string name)
    {
        MidiSample sample = MidiSample.Load(name);
        if (ReadOrNamedError(sample) is not { } score || sample.OriginalRefusesFile)
        {
            return;
        }

        Assert.Equal((int)sample.Expected["ticks_per_quarter"]!, score.Tempos.TicksPerQuarter);
        Assert.Equal((int)sample.Expected["note_count"]!, score.Notes.Length);
        Assert.Equal((double)sample.Expected["total_time"]!, score.SecondsAt(score.EndTick), 1e-6);
        Assert.Equal(
            sample.Expected["instruments"]!.ToJsonString(),
            Json(score.Instruments.Select((instrument, index) => new JsonArray(index, instrument.Program, instrument.IsDrum))));
        if (sample.Expected["notes_instrument_pitch_velocity_start_end"] is JsonArray notes)
        {
            foreach ((JsonNode? expected, ScoreNote note) in notes.Zip(score.Notes))
            {
                Assert.Equal((int)expected![0]!, note.Instrument);
                Assert.Equal((int)expected[1]!, note.Pitch.MidiNumber);
                Assert.Equal((int)expected[2]!, note.Velocity);
                Assert.Equal((double)expected[3]!, score.SecondsAt(note.Start), 1e-6);
                Assert.Equal((double)expected[4]!, score.SecondsAt(note.End), 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Tempos_metres_and_keys_agree_with_the_original_reader(string name)
    {
        MidiSample sample = MidiSample.Load(name);
        if (ReadOrNamedError(sample) is not { } score || sample.OriginalRefusesFile)
        {
            return;
        }

        JsonArray tempos = sample.Expected["tempos"]!.AsArray();
        Assert.Equal(tempos.Count, score.Tempos.Changes.Length);
        foreach ((JsonNode? expected, TempoChange change) in tempos.Zip(score.Tempos.Changes))
        {
            Assert.Equal((double)expected![0]!, score.SecondsAt(change.Tick), 1e-6);
            Assert.Equal((double)expected[1]!, change.QuartersPerMinute, 1e-6);
        }

        JsonArray metres = sample.Expected["time_signatures"]!.AsArray();
        Assert.Equal(metres.Count, score.TimeSignatures.Length);
        foreach ((JsonNode? expected, TimeSignatureChange change) in metres.Zip(score.TimeSignatures))
        {
            Assert.Equal((double)expected![0]!, score.SecondsAt(change.Tick), 1e-6);
            Assert.Equal(new TimeSignature((int)expected[1]!, (int)expected[2]!), change.TimeSignature);
        }

        JsonArray keys = sample.Expected["key_signatures"]!.AsArray();
        Assert.Equal(keys.Count, score.KeySignatures.Length);
        foreach ((JsonNode? expected, KeySignatureChange change) in keys.Zip(score.KeySignatures))
        {
            Assert.Equal((double)expected![0]!, score.SecondsAt(change.Tick), 1e-6);
            Assert.Equal((int)expected[1]!, change.KeySignature.Tonic);
            Assert.Equal((string?)expected[2] == "minor", change.KeySignature.IsMinor);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Quantised_notes_agree_with_the_original(string name)
    {
        MidiSample sample = MidiSample.Load(name);
        if (QuantizedOrNamedError(sample) is not { } score)
        {
            return;
        }

        JsonObject expected = sample.Expected["quantized"]!.AsObject();
        Assert.Equal((int)expected["total_steps"]!, score.TotalSteps);
        Assert.Equal((double)expected["steps_per_bar"]!, score.StepsPerBar);
        Assert.Equal((double)expected["qpm"]!, score.Tempo, 1e-6);
        if (expected["notes_instrument_pitch_start_end"] is JsonArray notes)
        {
            Assert.Equal(
                notes.ToJsonString(),
                Json(score.Notes.Select(note => new JsonArray(note.Instrument, note.Pitch.MidiNumber, note.Start, note.End))));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Melodies_and_counters_agree_with_the_original_under_three_settings(string name)
    {
        MidiSample sample = MidiSample.Load(name);
        if (QuantizedOrNamedError(sample) is not { } score)
        {
            return;
        }

        foreach ((string property, MelodyExtractorOptions options) in MidiSample.Settings())
        {
            ExtractionResult result = MelodyExtractor.Extract(score, options);
            JsonObject expected = sample.Expected[property]!.AsObject();
            JsonObject counters = expected["counters"]!.AsObject();
            Assert.Equal(
                new ExtractionCounters(
                    PolyphonicTracks: (int)counters["polyphonic_tracks_discarded"]!,
                    TooShort: (int)counters["melodies_discarded_too_short"]!,
                    TooLong: (int)counters["melodies_discarded_too_long"]!,
                    TooFewPitches: (int)counters["melodies_discarded_too_few_pitches"]!,
                    Truncated: (int)counters["melodies_truncated"]!),
                result.Counters);
            JsonArray melodies = expected["melodies"]!.AsArray();
            Assert.Equal(melodies.Count, result.Melodies.Length);
            foreach ((JsonNode? melody, ExtractedMelody found) in melodies.Zip(result.Melodies))
            {
                Assert.Equal((int)melody!["start_step"]!, found.StartStep);
                Assert.Equal((int)melody["end_step"]!, found.EndStep);
                Assert.Equal((int)melody["steps_per_bar"]!, found.StepsPerBar);
                Assert.Equal(melody["events"]!.AsArray().Select(@event => (int)@event!), found.Melody.Events.Select(OriginalEvent));
                AssertClasses(melody["classes38"] as JsonArray, found.Melody);
            }
        }
    }

    [Theory]
    [InlineData("jazzsoft-non-midi-track", 8)]
    [InlineData("jazzsoft-running-status-sysex", 8)]
    [InlineData("jazzsoft-corrupt-file-missing-byte", null)]
    [InlineData("jazzsoft-empty-file", null)]
    [InlineData("jazzsoft-not-a-midi-file", null)]
    public void Files_the_original_refuses_are_read_or_refused_by_name(string name, int? notes)
    {
        MidiSample sample = MidiSample.Load(name);

        Assert.True(sample.OriginalRefusesFile);
        Assert.Equal(notes, ReadOrNamedError(sample)?.Notes.Length);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_the_original_reads_is_read_the_same_in_spite_of_damage_but_for_notes_without_length_or_end(string name)
    {
        MidiSample sample = MidiSample.Load(name);
        if (ReadOrNamedError(sample) is not { } strict)
        {
            return;
        }

        Score score = MidiReader.Read(sample.Path);
        HashSet<(Pitch, long, long)> notes = [.. score.Notes.Select(note => (note.Pitch, note.Start, note.End))];
        Assert.All(strict.Notes, note => Assert.Contains((note.Pitch, note.Start, note.End), notes));
        Assert.Equal(strict.TimeSignatures, score.TimeSignatures);
        Assert.Equal(strict.Tempos.Changes, score.Tempos.Changes);
        TestContext.Current.TestOutputHelper?.WriteLine($"{score.Notes.Length - strict.Notes.Length} notes more; {string.Join("; ", score.Remarks)}");
    }

    /// <summary>The original's classes are null as a whole where a pitch lies outside 48 to 83.</summary>
    private static void AssertClasses(JsonArray? expected, Melody melody)
    {
        MelodyEncoding encoding = MelodyEncoding.Default;
        Assert.Equal(expected is not null, melody.Events.All(encoding.Contains));
        if (expected is not null)
        {
            Assert.Equal(expected.Select(entry => (int)entry!), melody.ToClasses(encoding));
        }
    }

    private static Score? ReadOrNamedError(MidiSample sample)
    {
        if (!sample.OriginalRefusesFile)
        {
            return MidiReader.Read(sample.Path, strict: true);
        }

        try
        {
            return MidiReader.Read(sample.Path, strict: true);
        }
        catch (MidiFormatException e)
        {
            Assert.StartsWith(sample.Path, e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static QuantizedScore? QuantizedOrNamedError(MidiSample sample)
    {
        if (ReadOrNamedError(sample) is not { } score || sample.OriginalRefusesFile)
        {
            return null;
        }

        switch (sample.QuantizeError)
        {
            case "MultipleTempoError":
                Assert.Throws<TempoChangeException>(() => Quantizer.Quantize(score));
                return null;
            case "MultipleTimeSignatureError":
                Assert.Throws<TimeSignatureChangeException>(() => Quantizer.Quantize(score));
                return null;
            default:
                Assert.Null(sample.QuantizeError);
                return Quantizer.Quantize(score);
        }
    }

    private static int OriginalEvent(MelodyEvent @event) => @event.StartsNote ? @event.Pitch.MidiNumber : @event.IsHold ? -2 : -1;

    private static string Json(IEnumerable<JsonArray> rows) => new JsonArray([.. rows]).ToJsonString();
}
