using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Records;

/// <summary>
/// Reads scores from TFRecords of NoteSequences, the form in which Magenta keeps music. Notes of velocity 0 do not sound and are left
/// out, as the original's melodies leave them out.
/// </summary>
public static class NoteSequenceReader
{
    private const int DrumChannel = 9;

    /// <summary>Reads the scores of a file, one a record, as the result is enumerated.</summary>
    /// <exception cref="TFRecordFormatException">On enumeration: a record is damaged, no NoteSequence, or has a value out of range.</exception>
    /// <exception cref="IOException">On enumeration: there is no such file, or it cannot be read.</exception>
    public static IEnumerable<Score> Read(string path) => TFRecordFile.Read(path).Select(Read);

    /// <summary>
    /// Reads the score of a record. Its name is the file and the piece: what the record calls its own file, or else its number. Parts cut
    /// from one piece share the name.
    /// </summary>
    /// <exception cref="TFRecordFormatException">The record is no NoteSequence, or has a value out of range.</exception>
    public static Score Read(TFRecord record)
    {
        if (record.TryParse(NoteSequenceProto.Parser) is not { } sequence)
        {
            throw record.Error("expected a NoteSequence, found something else");
        }

        NoteSequenceGrid grid = new(sequence, record);
        List<NoteSequenceProto.Types.Note> notes = [.. sequence.Notes.Where(note => Checked(note, record).Velocity > 0)];

        // As in the original, an instrument is its number; only drums are kept apart.
        List<(int Instrument, bool IsDrum)> players = [.. notes.Select(Player).Distinct().Order()];
        Dictionary<(int, bool), int> indexes = players.Select((player, index) => (player, index)).ToDictionary(pair => pair.player, pair => pair.index);
        ILookup<int, string> names = sequence.InstrumentInfos.ToLookup(info => info.Instrument, info => Printable(info.Name));
        Dictionary<(int, bool), int> programs = [];
        foreach (NoteSequenceProto.Types.Note note in notes)
        {
            programs.TryAdd(Player(note), note.Program);
        }

        return new Score
        {
            Name = NameOf(sequence, record),
            Tempos = grid.Tempos,
            Instruments =
            [
                .. players.Select(player => new Instrument(
                    player.Instrument, player.IsDrum ? DrumChannel : 0, programs[player], player.IsDrum, names[player.Instrument].FirstOrDefault(""))),
            ],
            Notes =
            [
                .. notes.Select(note => new ScoreNote(indexes[Player(note)], new Pitch(note.Pitch), note.Velocity, grid.StartOf(note), grid.EndOf(note)))
                    .OrderBy(note => note.Instrument).ThenBy(note => note.End),
            ],
            TimeSignatures = [.. sequence.TimeSignatures.Select(change => Metre(change, grid, record)).OrderBy(change => change.Tick)],
            KeySignatures = [.. sequence.KeySignatures.Select(change => Key(change, grid, record)).OrderBy(change => change.Tick)],
        };
    }

    /// <summary>Whether a message holds any music; a message of another kind that happens to parse holds none.</summary>
    internal static bool Fits(NoteSequenceProto? sequence) =>
        sequence is not null && (sequence.Notes.Count > 0 || sequence.Tempos.Count > 0 || sequence.TicksPerQuarter > 0);

    private static (int Instrument, bool IsDrum) Player(NoteSequenceProto.Types.Note note) => (note.Instrument, note.IsDrum);

    private static NoteSequenceProto.Types.Note Checked(NoteSequenceProto.Types.Note note, TFRecord record) =>
        note is { Pitch: >= 0 and <= 127, Velocity: >= 0 and <= 127, Program: >= 0 and <= 127, Instrument: >= 0 }
            ? note
            : throw record.Error(
                "expected notes with pitch, velocity and program from 0 to 127 and an instrument from 0, "
                + $"found {note.Pitch}, {note.Velocity}, {note.Program} and {note.Instrument}");

    private static TimeSignatureChange Metre(NoteSequenceProto.Types.TimeSignature change, NoteSequenceGrid grid, TFRecord record) =>
        change is { Numerator: >= 1 and <= 255, Denominator: 1 or 2 or 4 or 8 or 16 or 32 or 64 }
            ? new TimeSignatureChange(grid.TickAt(change.Time), new TimeSignature(change.Numerator, change.Denominator))
            : throw record.Error($"expected a time signature such as 4/4, found {change.Numerator}/{change.Denominator}");

    private static KeySignatureChange Key(NoteSequenceProto.Types.KeySignature change, NoteSequenceGrid grid, TFRecord record)
    {
        string? mode = change.Mode switch
        {
            0 or 2 => "major",
            1 => "minor",
            3 => "mixolydian",
            4 => "dorian",
            5 => "phrygian",
            6 => "lydian",
            7 => "locrian",
            _ => null,
        };
        return mode is not null && change.Key is >= 0 and <= 11
            ? new KeySignatureChange(grid.TickAt(change.Time), KeySignature.Nearest(new Key(change.Key, Mode.Known.First(known => known.Name == mode))))
            : throw record.Error($"expected a key from 0 to 11 and a mode from 0 to 7, found {change.Key} and {change.Mode}");
    }

    private static string NameOf(NoteSequenceProto sequence, TFRecord record) =>
        sequence.Filename.Length > 0 ? $"{record.FileName}: {Printable(sequence.Filename)}" : record.Name;

    /// <summary>Names of strangers are shown in terminals.</summary>
    private static string Printable(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
}
