using System.Xml.Linq;
using RLTuner.Music;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// Reads the measures of one part. Within a measure a position moves: notes and <c>forward</c> advance it, <c>backup</c> takes it back
/// for the next voice. Grace notes take no time of their own and are left out;
/// so are cue notes, which another plays, and sounds without pitch.
/// </summary>
internal sealed class PartReader(WrittenScore score, WrittenPart part)
{
    // The longest measure, in quarter notes: written-out cadenzas have some hundred. Beyond it the file is damaged.
    private const int MaxQuarters = 10_000;

    // Every voice carries its part's name.
    private const int MaxNameLength = 200;

    private readonly Dictionary<string, int> _voices = [];
    private readonly Dictionary<string, int> _transpositions = [];
    private readonly List<WrittenNote> _notes = [];
    private WrittenBar _bar = new();
    private double _ticksPerDivision = score.TicksPerQuarter;
    private double _position;
    private double _chordPosition;
    private double _reach;

    private double MaxPosition => (double)MaxQuarters * score.TicksPerQuarter;

    /// <summary>Whether an element of a measure says anything that is read.</summary>
    public static bool Knows(string element) =>
        element is "note" or "backup" or "forward" or "attributes" or "direction" or "sound" or "barline";

    /// <summary>Takes name and sound from the list of parts.</summary>
    public void Describe(XElement scorePart)
    {
        string partName = scorePart.Text("part-name") ?? "";
        part.Name = partName[..Math.Min(partName.Length, MaxNameLength)];
        XElement? midi = scorePart.Element("midi-instrument");
        part.Channel = midi?.Integer("midi-channel") is { } channel and >= 1 and <= 16 ? channel - 1 : null;
        part.Program = midi?.Integer("midi-program") is { } program and >= 1 and <= 128 ? program - 1 : 0;
    }

    public void StartMeasure(bool isImplicit)
    {
        int index = part.Bars.Count;
        if (index == score.Bars.Count)
        {
            score.Bars.Add(new WrittenBar());
        }

        _bar = score.Bars[index];
        _bar.IsImplicit |= isImplicit;
        _position = _chordPosition = _reach = 0;
        _notes.Clear();
    }

    public void Take(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "note":
                Note(element);
                break;
            case "backup":
                MoveTo(_position - Duration(element));
                break;
            case "forward":
                MoveTo(_position + Duration(element));
                break;
            case "attributes":
                Attributes(element);
                break;
            case "direction":
                Directions.Read(element, Tick(_position + ((element.Number("offset") ?? 0) * _ticksPerDivision)), _bar);
                break;
            case "sound":
                Directions.ReadSound(element, Tick(_position), _bar);
                break;
            case "barline":
                Directions.ReadBarline(element, _bar.Signs);
                break;
        }
    }

    public void EndMeasure()
    {
        _bar.Length = Math.Max(_bar.Length, Tick(_reach));
        part.Bars.Add([.. _notes.OrderBy(note => note.Offset)]);
    }

    private long Tick(double position) => (long)Math.Round(Math.Clamp(position, 0, MaxPosition));

    private double Duration(XElement element) => element.Number("duration") is { } divisions
        ? Math.Max(0, divisions) * _ticksPerDivision
        : WrittenLength(element) * score.TicksPerQuarter;

    /// <summary>The quarter notes that a note looks to last, for writers that give its look alone.</summary>
    private static double WrittenLength(XElement note)
    {
        double length = note.Text("type") switch
        {
            "long" => 16,
            "breve" => 8,
            "whole" => 4,
            "half" => 2,
            "quarter" => 1,
            "eighth" => 0.5,
            "16th" => 0.25,
            "32nd" => 0.125,
            "64th" => 0.0625,
            _ => 0,
        };
        double dotted = length * (2 - Math.Pow(0.5, note.Elements("dot").Count()));
        return note.Element("time-modification") is { } tuplet && tuplet.Number("actual-notes") is { } actual and > 0 && tuplet.Number("normal-notes") is { } normal and > 0
            ? dotted * normal / actual
            : dotted;
    }

    private void MoveTo(double position)
    {
        _position = Math.Clamp(position, 0, MaxPosition);
        _reach = Math.Max(_reach, _position);
    }

    private void Note(XElement note)
    {
        if (note.Has("grace"))
        {
            return;
        }

        double length = Duration(note);
        double start = note.Has("chord") ? _chordPosition : _position;
        if (!note.Has("chord"))
        {
            _chordPosition = _position;
            MoveTo(_position + length);
        }

        long offset = Tick(start);
        long end = Tick(Math.Min(start + length, MaxPosition));
        bool sounds = end > offset && !note.Has("cue");
        if (sounds && note.Element("pitch") is { } pitch && PitchOf(pitch, note.Text("staff")) is { MidiNumber: >= 0 and <= 127 } sounding)
        {
            int voice = Voice(note.Text("voice") ?? "1");
            part.Voices[voice].HasLyrics |= note.Elements("lyric").Any(lyric => lyric.Has("text"));
            _notes.Add(new WrittenNote(voice, sounding, offset, end - offset, HasTie(note, "stop"), HasTie(note, "start")));
        }
    }

    private Pitch? PitchOf(XElement pitch, string? staff)
    {
        int step = pitch.Text("step") is { Length: 1 } name ? "C D EF G A B".IndexOf(char.ToUpperInvariant(name[0]), StringComparison.Ordinal) : -1;
        if (step < 0 || pitch.Integer("octave") is not { } octave || octave is < -1 or > 10)
        {
            return null;
        }

        // Quarter tones go up to the next semitone.
        int alteration = (int)Math.Floor(Math.Clamp(pitch.Number("alter") ?? 0, -12, 12) + 0.5);
        return new Pitch((12 * (octave + 1)) + step + alteration + Transposition(staff));
    }

    /// <summary>The sound of a tie, or where a writer gave only its look, that.</summary>
    private static bool HasTie(XElement note, string type)
    {
        IEnumerable<XElement> ties = note.Has("tie") ? note.Elements("tie") : note.Elements("notations").Elements("tied");
        return ties.Any(tie => (string?)tie.Attribute("type") == type);
    }

    private int Voice(string name)
    {
        if (!_voices.TryGetValue(name, out int voice))
        {
            voice = part.Voices.Count;
            _voices.Add(name, voice);
            part.Voices.Add(new WrittenVoice(name));
        }

        return voice;
    }

    private int Transposition(string? staff) =>
        _transpositions.Count == 0 ? 0
        : _transpositions.TryGetValue(staff ?? "1", out int own) ? own
        : _transpositions.GetValueOrDefault("");

    private void Attributes(XElement attributes)
    {
        if (attributes.Number("divisions") is { } divisions and >= 0.001 and <= 1e9)
        {
            _ticksPerDivision = score.TicksPerQuarter / divisions;
        }

        foreach (XElement transpose in attributes.Elements("transpose"))
        {
            int semitones = (int)Math.Round(transpose.Number("chromatic") ?? 0) + (12 * (transpose.Integer("octave-change") ?? 0));
            string staff = (string?)transpose.Attribute("number") ?? "";
            if (staff.Length == 0)
            {
                _transpositions.Clear();
            }

            _transpositions[staff] = Math.Clamp(semitones, -120, 120);
        }

        if (attributes.Element("time") is { } time
            && Signatures.Metre(time) is { } metre
            && (score.MetrePart ??= part.Index) == part.Index)
        {
            _bar.Metres.Add((Tick(_position), metre));
        }

        if (attributes.Element("key") is { } key
            && Signatures.Key(key, Transposition(null)) is { } signature
            && (score.KeyPart ??= part.Index) == part.Index)
        {
            _bar.Keys.Add((Tick(_position), signature));
        }
    }
}
