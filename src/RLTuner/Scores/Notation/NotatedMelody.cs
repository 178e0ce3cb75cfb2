using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Scores.Notation;

/// <summary>A note or a rest as it is written.</summary>
/// <param name="Pitch">Its pitch; null for a rest.</param>
/// <param name="Start">Where in its bar it starts, in sixteenths.</param>
/// <param name="Length">Its value in sixteenths.</param>
/// <param name="IsTiedBack">Whether it goes on sounding from the one before.</param>
/// <param name="IsTiedOn">Whether it goes on sounding in the next.</param>
/// <param name="HasAccidental">Whether a sign stands before it.</param>
internal sealed record NotatedNote(SpelledPitch? Pitch, int Start, int Length, bool IsTiedBack, bool IsTiedOn, bool HasAccidental)
{
    /// <summary>Whether a beam joins it to the note before.</summary>
    public bool IsBeamedBack { get; init; }

    /// <summary>Whether a beam joins it to the next note.</summary>
    public bool IsBeamedOn { get; init; }
}

/// <summary>A melody as it is written: bars of notes and rests, spelled in the key, the last bar filled with rests. The first bar begins with the melody.</summary>
/// <param name="Signature">The key signature.</param>
/// <param name="IsLow">Whether the bass clef suits it better than the treble clef.</param>
/// <param name="Bars">What each bar holds; at least one.</param>
internal sealed record NotatedMelody(KeySignature Signature, bool IsLow, ImmutableArray<ImmutableArray<NotatedNote>> Bars)
{
    /// <summary>Writes a melody down.</summary>
    /// <exception cref="ArgumentException">Bars of the metre do not fill whole sixteenths.</exception>
    public static NotatedMelody Of(Melody melody, Key key, TimeSignature metre)
    {
        int bar = metre.StepsPerBar();
        if (metre.QuartersPerBar * Melody.StepsPerQuarter != bar)
        {
            throw new ArgumentException($"expected a metre whose bars fill whole sixteenths, found {metre} (write MIDI)", nameof(metre));
        }

        KeySignature signature = KeySignature.Nearest(key);
        MelodyNote[] notes = [.. melody.Notes()];
        NoteValues values = new(metre);
        List<NotatedNote>[] bars = [.. Enumerable.Range(0, Math.Max(1, (melody.Events.Length + bar - 1) / bar)).Select(_ => new List<NotatedNote>())];
        int written = 0;
        for (int i = 0; i < notes.Length; i++)
        {
            Write(null, written, notes[i].Start);
            written = notes[i].Start + notes[i].Length;
            Write(SpelledPitch.Of(notes[i].Pitch, signature, i + 1 < notes.Length ? notes[i + 1].Pitch : null), notes[i].Start, written);
        }

        Write(null, written, bars.Length * bar);
        bool isLow = notes.Length > 0 && notes.Average(note => note.Pitch.MidiNumber) < 56;
        return new(signature, isLow, [.. bars.Select(bar => Beamed(WithAccidentals(bar, signature), metre.StepsPerBeat()))]);

        void Write(SpelledPitch? pitch, int start, int end)
        {
            for (int from = start; from < end; from += bar - (from % bar))
            {
                int line = from - (from % bar), to = Math.Min(end, line + bar);
                IReadOnlyList<(int Start, int Length)> parts = pitch is null && to - from == bar ? [(0, bar)] : values.Split(from - line, to - line, pitch is null);
                bars[line / bar].AddRange(parts.Select(part => new NotatedNote(
                    pitch, part.Start, part.Length, pitch is not null && line + part.Start > start, pitch is not null && line + part.Start + part.Length < end, false)));
            }
        }
    }

    /// <summary>
    /// A sign stands where the letter's last note in the bar, in any octave, was altered otherwise, or the signature where there was none; so readers to whom
    /// signs count for one octave, and those to whom they count for all, read the same. A tie over a bar line takes its sign along unwritten.
    /// </summary>
    private static IEnumerable<NotatedNote> WithAccidentals(IEnumerable<NotatedNote> bar, KeySignature signature)
    {
        List<(SpelledPitch Pitch, bool IsTiedOver)> before = [];
        foreach (NotatedNote note in bar)
        {
            if (note.Pitch is not { } pitch)
            {
                yield return note;
                continue;
            }

            int usual = SpelledPitch.Signature(pitch.Letter, signature);
            int inOctave = before.Where(other => !other.IsTiedOver && (other.Pitch.Letter, other.Pitch.Octave) == (pitch.Letter, pitch.Octave))
                .Select(other => (int?)other.Pitch.Alteration).LastOrDefault() ?? usual;
            int inBar = before.Where(other => other.Pitch.Letter == pitch.Letter).Select(other => (int?)other.Pitch.Alteration).LastOrDefault() ?? usual;
            bool isTiedOver = note is { IsTiedBack: true, Start: 0 };
            before.Add((pitch, isTiedOver || (note.IsTiedBack && before.Exists(other => other == (pitch, true)))));
            yield return note with { HasAccidental = !note.IsTiedBack && (inOctave != pitch.Alteration || inBar != pitch.Alteration) };
        }
    }

    /// <summary>Beams join the notes shorter than a quarter that follow each other within a beat.</summary>
    private static ImmutableArray<NotatedNote> Beamed(IEnumerable<NotatedNote> bar, int beat)
    {
        NotatedNote[] notes = [.. bar];
        return
        [
            .. notes.Select((note, i) => note with
            {
                IsBeamedBack = i > 0 && AreJoined(notes[i - 1], note),
                IsBeamedOn = i + 1 < notes.Length && AreJoined(note, notes[i + 1]),
            }),
        ];

        bool AreJoined(NotatedNote one, NotatedNote next) =>
            one is { Pitch: not null, Length: < 4 } && next is { Pitch: not null, Length: < 4 } && one.Start / beat == next.Start / beat;
    }
}
