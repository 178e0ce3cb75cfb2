using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus.Building;

/// <summary>From one piece of music to its melodies in the corpus's key, range and grid. Reads nothing, keeps nothing.</summary>
internal sealed class MelodyFinder
{
    /// <summary>
    /// How far from its step a note may start and still be on the grid, in quarter notes: some 25 milliseconds at 120 a minute. Files made
    /// from notation miss by a tick or two; a triplet misses sixteenths by .083.
    /// </summary>
    public const double OnGridQuarters = 0.05;

    private readonly CorpusOptions _options;
    private readonly KeyTransposer _transposer;

    /// <summary>Creates a finder.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public MelodyFinder(CorpusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _transposer = new KeyTransposer(options.Encoding);
    }

    /// <summary>The melodies of a piece.</summary>
    public FoundMelodies Find(FoundPiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        Findings findings = new(piece.Name);
        if (piece.Problem is { } problem)
        {
            findings.Reject(RejectionReason.Unreadable, "", problem);
        }
        else if (piece.Score is { } score)
        {
            OfScore(piece.Name, score, findings);
        }

        if (!piece.Melodies.IsEmpty && piece.StepsPerQuarter != _options.StepsPerQuarter)
        {
            findings.Reject(RejectionReason.Unreadable, "", string.Create(
                CultureInfo.InvariantCulture,
                $"expected melodies of {_options.StepsPerQuarter} steps a quarter, found {piece.StepsPerQuarter}"));
            return findings.Done();
        }

        foreach (CorpusMelody melody in piece.Melodies)
        {
            // Its signature is the one it was written under; it may have been moved since.
            Keep(melody, null, findings);
        }

        return findings.Done() with { Remarks = piece.Score?.Remarks ?? [] };
    }

    private void OfScore(string name, Score score, Findings findings)
    {
        IReadOnlyList<Score> fragments = ScoreSplitter.Split(PartSelection.Of(score, _options.Parts), _options.Split);
        if (fragments.Count == 0)
        {
            findings.Reject(RejectionReason.NoNotes, "", "");
        }

        for (int i = 0; i < fragments.Count; i++)
        {
            string place = fragments.Count == 1 ? "" : $"part {i + 1} of {fragments.Count}";
            if (findings.Events > MelodyExtractor.MaxStepsOfAll)
            {
                findings.Reject(RejectionReason.TooLong, place, "and all that follow");
                return;
            }

            try
            {
                OfFragment(name, place, fragments[i], findings);
            }
            catch (QuantizationException e)
            {
                findings.Reject(e is BarOffGridException ? RejectionReason.NotQuantizable : RejectionReason.Unreadable, place, e.Problem);
            }
        }
    }

    private void OfFragment(string name, string place, Score fragment, Findings findings)
    {
        double offGrid = ShareOffGrid(fragment, _options.StepsPerQuarter);
        if (offGrid > _options.MaxOffGrid)
        {
            findings.Reject(RejectionReason.OffGrid, place, $"{offGrid:P0} of the notes");
            return;
        }

        QuantizedScore quantized = Quantizer.Quantize(fragment, _options.StepsPerQuarter);
        ExtractionResult result = MelodyExtractor.Extract(quantized, _options.Melodies);
        findings.Count(place, result.Counters);
        foreach (ExtractedMelody found in result.Melodies)
        {
            int firstNote = found.Melody.Events.TakeWhile(@event => !@event.StartsNote).Count();
            int? sharps = SharpsAt(fragment, found.StartStep + firstNote);
            Melody melody = _options.Start == MelodyStart.FirstNote ? new Melody(found.Melody.Events[firstNote..]) : found.Melody;
            Keep(new CorpusMelody(name, melody) { Metre = quantized.TimeSignature, Sharps = sharps }, sharps, findings);
        }
    }

    private void Keep(CorpusMelody found, int? signature, Findings findings)
    {
        // Cutting leaves such ones, and files of melodies may hold them.
        if (!found.Melody.Events.Any(@event => @event.StartsNote))
        {
            findings.Reject(RejectionReason.NoNotes, "", "");
            return;
        }

        Melody melody = _options.Key switch
        {
            KeyChoice.None => _transposer.Move(found.Melody, 0),
            KeyChoice.Signature when signature is { } sharps =>
                _transposer.Move(found.Melody, _transposer.SemitonesFor(found.Melody, new KeySignature(sharps, false).MajorTonic)),
            _ => _transposer.Transpose(found.Melody),
        };
        double inKey = ShareInKey(melody);
        if (inKey < _options.MinInKey)
        {
            findings.Reject(RejectionReason.NotInKey, "", $"{inKey:P0} of the notes");
            return;
        }

        findings.Keep(new FoundMelody(found with { Melody = melody }, Fingerprint.Of(found.Melody)));
    }

    /// <summary>The share of attacks that are further from their step than <see cref="OnGridQuarters"/>; 0 without notes.</summary>
    private static double ShareOffGrid(Score fragment, int stepsPerQuarter)
    {
        double quartersPerSecond = fragment.Tempos.Changes[0].QuartersPerMinute / 60;
        int off = fragment.Notes.Count(note =>
        {
            double step = fragment.SecondsAt(note.Start) * quartersPerSecond * stepsPerQuarter;
            return Math.Abs(step - Math.Floor(step + 0.5)) > OnGridQuarters * stepsPerQuarter;
        });
        return fragment.Notes.IsEmpty ? 0 : (double)off / fragment.Notes.Length;
    }

    /// <summary>The share of notes in C major; 1 without notes.</summary>
    private static double ShareInKey(Melody melody)
    {
        int notes = melody.Events.Count(@event => @event.StartsNote);
        return notes == 0 ? 1 : (double)melody.Events.Count(@event => @event.StartsNote && Key.CMajor.Contains(@event.Pitch)) / notes;
    }

    /// <summary>The sharps of the key signature in force at a step, null where there is none yet.</summary>
    private int? SharpsAt(Score fragment, int step)
    {
        double stepsPerSecond = fragment.Tempos.Changes[0].QuartersPerMinute / 60 * _options.StepsPerQuarter;
        int? sharps = null;
        foreach (KeySignatureChange change in fragment.KeySignatures)
        {
            sharps = Math.Floor((fragment.SecondsAt(change.Tick) * stepsPerSecond) + 0.5) <= step ? change.KeySignature.Sharps : sharps;
        }

        return sharps;
    }

    /// <summary>What a piece gives; of each reason to leave something out there is one entry, however many fragments have it.</summary>
    private sealed class Findings(string piece)
    {
        private readonly List<FoundMelody> _melodies = [];
        private readonly SortedDictionary<RejectionReason, Rejection> _rejections = [];
        private int _truncated;

        public long Events { get; private set; }

        public FoundMelodies Done() => new(piece, [.. _melodies], [.. _rejections.Values], _truncated);

        public void Keep(FoundMelody melody)
        {
            _melodies.Add(melody);
            Events += melody.Melody.Melody.Events.Length;
        }

        public void Reject(RejectionReason reason, string place, string detail, int count = 1)
        {
            if (count > 0)
            {
                _rejections[reason] = _rejections.TryGetValue(reason, out Rejection? first)
                    ? first with { Count = first.Count + count }
                    : new Rejection(piece, reason, place.Length > 0 && detail.Length > 0 ? $"{place}: {detail}" : place + detail, count);
            }
        }

        public void Count(string place, ExtractionCounters counters)
        {
            _truncated += counters.Truncated;
            Reject(RejectionReason.Polyphonic, place, "", counters.PolyphonicTracks);
            Reject(RejectionReason.TooShort, place, "", counters.TooShort);
            Reject(RejectionReason.TooLong, place, "", counters.TooLong);
            Reject(RejectionReason.TooFewPitches, place, "", counters.TooFewPitches);
        }
    }
}

/// <summary>What a piece of music holds.</summary>
/// <param name="Piece">Its name.</param>
/// <param name="Melodies">The melodies kept, in order of part and time.</param>
/// <param name="Rejections">What was left out, and why.</param>
/// <param name="Truncated">How many of the melodies were cut to the greatest length.</param>
internal sealed record FoundMelodies(string Piece, ImmutableArray<FoundMelody> Melodies, ImmutableArray<Rejection> Rejections, int Truncated)
{
    /// <summary>What the reader passed over in it.</summary>
    public ImmutableArray<Remark> Remarks { get; init; } = [];
}

/// <summary>A melody in the corpus's key and range.</summary>
/// <param name="Melody">The melody.</param>
/// <param name="Fingerprint">What it shares with its transpositions.</param>
internal sealed record FoundMelody(CorpusMelody Melody, string Fingerprint);
