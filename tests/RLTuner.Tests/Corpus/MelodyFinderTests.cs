using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Tests.Corpus;

public sealed class MelodyFinderTests
{
    private const int Quarter = 480;

    private static readonly CorpusOptions All = new()
    {
        Melodies = MelodyExtractorOptions.Primer,
        Key = KeyChoice.None,
        MaxOffGrid = 1,
    };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 0)]
    [InlineData(40, 1)]
    [InlineData(-40, 1)]
    public void Notes_off_the_grid_are_counted_beyond_a_twentieth_of_a_quarter(int late, int rejections)
    {
        Score score = Score(0, 480, 960 + late, 1440);

        FoundMelodies found = new MelodyFinder(All with { MaxOffGrid = 0.2 }).Find(FoundPiece.Of(score));

        Assert.Equal(rejections, found.Rejections.Length);
        Assert.All(found.Rejections, rejection => Assert.Equal((RejectionReason.OffGrid, "25 % of the notes"), (rejection.Reason, rejection.Detail)));
        Assert.Equal(1 - rejections, found.Melodies.Length);
        Assert.Single(new MelodyFinder(All with { MaxOffGrid = 0.25 }).Find(FoundPiece.Of(score)).Melodies);
    }

    [Theory]
    [InlineData(MelodyStart.BarLine, 12)]
    [InlineData(MelodyStart.FirstNote, 8)]
    public void A_melody_starts_at_the_bar_line_or_at_its_first_note(MelodyStart start, int events)
    {
        Melody melody = Only(All with { Start = start }, Score(480, 960));

        Assert.Equal(events, melody.Events.Length);
    }

    [Fact]
    public void The_key_comes_from_the_signature_where_the_melody_starts_else_from_the_notes()
    {
        Score plain = Score(480, 960, 1440, 1920);
        Score inD = plain with { KeySignatures = [new(0, new KeySignature(5, false)), new(480, new KeySignature(2, false)), new(960, new KeySignature(0, false))] };
        CorpusOptions signature = All with { Key = KeyChoice.Signature };

        Assert.Equal(10, Only(signature, inD).Notes().First().Pitch.PitchClass);
        Assert.Equal(Only(All with { Key = KeyChoice.BestFit }, plain).Events, Only(signature, plain).Events);
        Assert.Equal(2, Found(signature, inD).Melodies[0].Melody.Sharps);
        Assert.Equal(plain.Notes[0].Pitch, Only(All, inD).Notes().First().Pitch);
    }

    [Fact]
    public void Melodies_out_of_key_are_left_out_where_a_share_is_asked()
    {
        Score score = Score(0, 480, 960, 1440);
        Score chromatic = score with { Notes = [.. score.Notes.Select((note, i) => note with { Pitch = new Pitch(60 + i) })] };

        FoundMelodies found = Found(All with { MinInKey = 0.9, Key = KeyChoice.BestFit }, chromatic);

        Assert.Empty(found.Melodies);
        Assert.Equal(RejectionReason.NotInKey, found.Rejections.Single().Reason);
    }

    [Theory]
    [InlineData(PartChoice.Sung, true, "64")]
    [InlineData(PartChoice.Sung, false, "60 64 67")]
    [InlineData(PartChoice.All, true, "60 64 67")]
    [InlineData(PartChoice.First, true, "60")]
    [InlineData(PartChoice.Together, true, "67")]
    public void Parts_are_the_sung_one_all_the_first_or_all_together(PartChoice parts, bool lyrics, string pitches)
    {
        Score score = Score() with
        {
            Instruments =
            [
                new Instrument(9, 9, 0, true, "drums", HasLyrics: true), new Instrument(0, 0, 0, false, "piano"),
                new Instrument(1, 1, 0, false, "voice", lyrics), new Instrument(2, 2, 0, false, "second voice", lyrics),
            ],
            Notes = [Note(0, 40), Note(1, 60), Note(2, 64), Note(3, 67)],
        };

        FoundMelodies found = Found(All with { Parts = parts }, score);

        Assert.Equal(pitches, string.Join(' ', found.Melodies.Select(melody => melody.Melody.Melody.Notes().Single().Pitch.MidiNumber)));

        static ScoreNote Note(int instrument, int pitch) => new(instrument, new Pitch(pitch), 90, 0, Quarter);
    }

    [Fact]
    public void What_the_extractor_leaves_out_is_named_with_its_reason()
    {
        Assert.Equal(RejectionReason.TooShort, Found(new CorpusOptions(), Score(0, 480)).Rejections.Single().Reason);
        Assert.Equal(RejectionReason.NoNotes, Found(new CorpusOptions(), Score()).Rejections.Single().Reason);
        Score odd = Score(0, 480) with { TimeSignatures = [new(0, new TimeSignature(3, 32))] };
        Assert.Equal(RejectionReason.NotQuantizable, Found(new CorpusOptions(), odd).Rejections.Single().Reason);
    }

    [Fact]
    public void Fragments_left_out_for_one_reason_are_one_entry_that_names_the_first()
    {
        Score score = Score(0, 1920, 3840) with { TimeSignatures = [.. Enumerable.Range(0, 3).Select(bar => new TimeSignatureChange(1920 * bar, new TimeSignature(4 + (bar % 2), 4)))] };

        Assert.Equal(new Rejection("test", RejectionReason.TooShort, "part 1 of 3", 3), Found(new CorpusOptions(), score).Rejections.Single());
    }

    [Fact]
    public void Melodies_of_a_score_are_bounded_together()
    {
        Score score = Score() with
        {
            Instruments = [.. Enumerable.Range(0, 70).Select(i => new Instrument(i, 0, 0, false, ""))],
            Notes = [.. Enumerable.Range(0, 70).Select(i => new ScoreNote(i, new Pitch(60), 90, 0, Quarter / 4L << 20))],
        };

        FoundMelodies found = Found(All, score);

        Assert.Equal(64, found.Melodies.Length);
        Assert.Equal((RejectionReason.TooLong, 6), (found.Rejections.Single().Reason, found.Rejections.Single().Count));
    }

    /// <summary>The finder before it changes pitches, against what the original's Python modules extract.</summary>
    [Theory]
    [MemberData(nameof(MidiSample.Names), MemberType = typeof(MidiSample))]
    public void Melodies_agree_with_the_original(string name)
    {
        MidiSample sample = MidiSample.Load(name);
        if (sample.OriginalRefusesFile || sample.QuantizeError is not null)
        {
            return;
        }

        foreach ((string property, MelodyExtractorOptions options) in MidiSample.Settings())
        {
            CorpusOptions original = All with { Melodies = options, Parts = PartChoice.All, Encoding = new MelodyEncoding(new Pitch(0), 130) };
            FoundPiece piece = MusicFormat.Known[0].Read(File.ReadAllBytes(sample.Path), name, new ReadingOptions(original.Encoding)).Single();

            Assert.Equal(
                sample.Expected[property]!["melodies"]!.AsArray().Select(melody => melody!["events"]!.ToJsonString()),
                new MelodyFinder(original).Find(piece).Melodies.Select(found => $"[{string.Join(',', found.Melody.Melody.Events.Select(Code))}]"));
        }

        static int Code(MelodyEvent @event) => @event.StartsNote ? @event.Pitch.MidiNumber : @event.IsHold ? -2 : -1;
    }

    private static FoundMelodies Found(CorpusOptions options, Score score) => new MelodyFinder(options).Find(FoundPiece.Of(score));

    private static Melody Only(CorpusOptions options, Score score) => Found(options, score).Melodies.Single().Melody.Melody;

    /// <summary>Quarter notes c, d, e, f ... from the ticks given.</summary>
    private static Score Score(params long[] starts) => new()
    {
        Name = "test",
        Tempos = TempoMap.Metrical(Quarter),
        Instruments = [new Instrument(0, 0, 0, false, "")],
        Notes = [.. starts.Select((start, i) => new ScoreNote(0, new Pitch(60 + (new[] { 0, 2, 4, 5 })[i % 4]), 90, start, start + Quarter))],
    };
}
