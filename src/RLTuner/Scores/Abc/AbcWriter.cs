using System.Globalization;
using System.Text;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores.Notation;

namespace RLTuner.Scores.Abc;

/// <summary>
/// Writes a melody in ABC notation 2.1, unit an eighth, four bars a line, beams by beat. The same melody and options give the same text; the tempo is rounded to
/// a whole number, and how hard notes are struck is left out.
/// </summary>
public static class AbcWriter
{
    private const int BarsPerLine = 4;

    /// <summary>The text of the file.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range, or bars of the metre do not fill whole sixteenths.</exception>
    public static string ToText(Melody melody, MelodyWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(melody);
        options = (options ?? MelodyWriterOptions.Default).Validated();
        NotatedMelody notated = NotatedMelody.Of(melody, options.Key, options.TimeSignature);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"%abc-2.1\nX:1\nT:{PlainText.Of(options.Name.ReplaceLineEndings(" ")).Replace("%", "\\%", StringComparison.Ordinal)}\nM:{options.TimeSignature}\nL:1/8\n");
        text.Append(CultureInfo.InvariantCulture, $"Q:{Tempo(options)}\n%%MIDI program {options.Program}\n");
        text.Append(CultureInfo.InvariantCulture, $"K:{KeyName(notated.Signature)}{(notated.IsLow ? " clef=bass" : "")}\n");
        for (int bar = 0; bar < notated.Bars.Length; bar++)
        {
            bool isLast = bar == notated.Bars.Length - 1;
            Bar(text, notated.Bars[bar], notated.Signature);
            text.Append(isLast ? " |]\n" : (bar + 1) % BarsPerLine == 0 ? " |\n" : " | ");
        }

        return text.ToString();
    }

    /// <summary>By dotted quarters where these are the beat and fit, else by quarters.</summary>
    private static string Tempo(MelodyWriterOptions options)
    {
        int quarters = Math.Max(1, (int)Math.Round(options.Tempo));
        bool isCompound = options.TimeSignature.StepsPerBeat() == 3 * Melody.StepsPerQuarter / 2;
        return isCompound && quarters % 3 == 0 ? $"3/8={Text(quarters * 2 / 3)}" : $"1/4={Text(quarters)}";
    }

    private static void Bar(StringBuilder text, IEnumerable<NotatedNote> bar, KeySignature signature)
    {
        bool isFirst = true;
        foreach (NotatedNote note in bar)
        {
            text.Append(isFirst || note.IsBeamedBack ? "" : " ");
            isFirst = false;
            text.Append(note.Pitch is { } pitch ? Sign(note, pitch, signature) + Name(pitch) : "z");
            text.Append(note.Length switch { 1 => "/", 2 => "", _ when note.Length % 2 == 0 => Text(note.Length / 2), _ => Text(note.Length) + "/2" });
            text.Append(note.IsTiedOn ? "-" : "");
        }
    }

    /// <summary>The sign before a note. Not all programs take a sign over a bar line with the tie: there it stands again.</summary>
    private static string Sign(NotatedNote note, SpelledPitch pitch, KeySignature signature) =>
        note.HasAccidental || (note is { IsTiedBack: true, Start: 0 } && pitch.Alteration != SpelledPitch.Signature(pitch.Letter, signature))
            ? pitch.Alteration switch { -2 => "__", -1 => "_", 0 => "=", 1 => "^", _ => "^^" }
            : "";

    private static string Name(SpelledPitch pitch) => pitch.Octave >= 5
        ? char.ToLowerInvariant(pitch.Name) + new string('\'', pitch.Octave - 5)
        : pitch.Name + new string(',', 4 - pitch.Octave);

    private static string KeyName(KeySignature signature)
    {
        // The tonic lies as many fifths above C as there are sharps, that of a minor key three more.
        SpelledPitch tonic = SpelledPitch.Of(new Pitch(60 + signature.Tonic), signature, null);
        return $"{tonic.Name}{tonic.Alteration switch { 1 => "#", -1 => "b", _ => "" }}{(signature.IsMinor ? "m" : "")}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
