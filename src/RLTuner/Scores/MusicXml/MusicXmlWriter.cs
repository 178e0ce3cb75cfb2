using System.Globalization;
using System.Text;
using System.Xml;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores.Notation;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// Writes a melody as MusicXML 3.1: one part of one voice, with key, metre, tempo, clef, beams by beat, and ties over bar lines and beats. The same melody and
/// options give the same bytes.
/// </summary>
public static class MusicXmlWriter
{
    private const int MelodyChannel = 1;

    /// <summary>Writes to a stream.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range, a pitch below C0, or bars of the metre do not fill whole sixteenths.</exception>
    public static void Write(Stream stream, Melody melody, MelodyWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(melody);
        options = (options ?? MelodyWriterOptions.Default).Validated();
        NotatedMelody notated = NotatedMelody.Of(melody, options.Key, options.TimeSignature);
        if (notated.Bars.SelectMany(bar => bar).FirstOrDefault(note => note.Pitch is { Octave: < 0 or > 9 }) is not null)
        {
            throw new ArgumentException("expected pitches that MusicXML can hold, octaves 0 to 9, found one outside (transpose it first)", nameof(melody));
        }

        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using XmlWriter xml = XmlWriter.Create(stream, settings);
        xml.WriteStartDocument();
        xml.WriteDocType("score-partwise", "-//Recordare//DTD MusicXML 3.1 Partwise//EN", "http://www.musicxml.org/dtds/partwise.dtd", null);
        xml.WriteStartElement("score-partwise");
        xml.WriteAttributeString("version", "3.1");
        Head(xml, options);
        xml.WriteStartElement("part");
        xml.WriteAttributeString("id", "P1");
        for (int bar = 0; bar < notated.Bars.Length; bar++)
        {
            xml.WriteStartElement("measure");
            xml.WriteAttributeString("number", Text(bar + 1));
            if (bar == 0)
            {
                Attributes(xml, notated, options);
            }

            foreach (NotatedNote note in notated.Bars[bar])
            {
                Note(xml, note, isWholeBar: note.Length == options.TimeSignature.StepsPerBar(), notated.Bars[bar]);
            }

            if (bar == notated.Bars.Length - 1)
            {
                xml.WriteStartElement("barline");
                xml.WriteAttributeString("location", "right");
                xml.WriteElementString("bar-style", "light-heavy");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Head(XmlWriter xml, MelodyWriterOptions options)
    {
        string name = PlainText.Of(options.Name.ReplaceLineEndings(" "));
        xml.WriteStartElement("work");
        xml.WriteElementString("work-title", name);
        xml.WriteEndElement();
        xml.WriteStartElement("identification");
        xml.WriteStartElement("encoding");
        xml.WriteElementString("software", "RLTuner");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("part-list");
        xml.WriteStartElement("score-part");
        xml.WriteAttributeString("id", "P1");
        xml.WriteStartElement("part-name");
        xml.WriteAttributeString("print-object", "no");
        xml.WriteString("Melody");
        xml.WriteEndElement();
        xml.WriteStartElement("score-instrument");
        xml.WriteAttributeString("id", "P1-I1");
        xml.WriteElementString("instrument-name", "Melody");
        xml.WriteEndElement();
        xml.WriteStartElement("midi-instrument");
        xml.WriteAttributeString("id", "P1-I1");
        xml.WriteElementString("midi-channel", Text(MelodyChannel));
        xml.WriteElementString("midi-program", Text(options.Program + 1));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, NotatedMelody notated, MelodyWriterOptions options)
    {
        xml.WriteStartElement("attributes");
        xml.WriteElementString("divisions", Text(Melody.StepsPerQuarter));
        xml.WriteStartElement("key");
        xml.WriteElementString("fifths", Text(notated.Signature.Sharps));
        xml.WriteElementString("mode", notated.Signature.IsMinor ? "minor" : "major");
        xml.WriteEndElement();
        xml.WriteStartElement("time");
        xml.WriteElementString("beats", Text(options.TimeSignature.Numerator));
        xml.WriteElementString("beat-type", Text(options.TimeSignature.Denominator));
        xml.WriteEndElement();
        xml.WriteStartElement("clef");
        xml.WriteElementString("sign", notated.IsLow ? "F" : "G");
        xml.WriteElementString("line", notated.IsLow ? "4" : "2");
        xml.WriteEndElement();
        xml.WriteEndElement();

        bool isCompound = options.TimeSignature.StepsPerBeat() == 3 * Melody.StepsPerQuarter / 2;
        xml.WriteStartElement("direction");
        xml.WriteAttributeString("placement", "above");
        xml.WriteStartElement("direction-type");
        xml.WriteStartElement("metronome");
        xml.WriteElementString("beat-unit", "quarter");
        if (isCompound)
        {
            xml.WriteStartElement("beat-unit-dot");
            xml.WriteEndElement();
        }

        xml.WriteElementString("per-minute", (isCompound ? options.Tempo / 1.5 : options.Tempo).ToString("0.###", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("sound");
        xml.WriteAttributeString("tempo", options.Tempo.ToString("0.###", CultureInfo.InvariantCulture));

        // In hundredths of MIDI's velocity 90.
        xml.WriteAttributeString("dynamics", (options.Velocity / 0.9).ToString("0.##", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Note(XmlWriter xml, NotatedNote note, bool isWholeBar, IEnumerable<NotatedNote> bar)
    {
        xml.WriteStartElement("note");
        if (note.Pitch is { } pitch)
        {
            xml.WriteStartElement("pitch");
            xml.WriteElementString("step", pitch.Name.ToString());
            if (pitch.Alteration != 0)
            {
                xml.WriteElementString("alter", Text(pitch.Alteration));
            }

            xml.WriteElementString("octave", Text(pitch.Octave));
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteStartElement("rest");
            if (isWholeBar)
            {
                xml.WriteAttributeString("measure", "yes");
            }

            xml.WriteEndElement();
        }

        xml.WriteElementString("duration", Text(note.Length));
        Ties(xml, "tie", note);
        xml.WriteElementString("voice", "1");
        if (note.Pitch is not null || !isWholeBar)
        {
            (string type, bool isDotted) = Value(note.Length);
            xml.WriteElementString("type", type);
            if (isDotted)
            {
                xml.WriteStartElement("dot");
                xml.WriteEndElement();
            }
        }

        if (note.HasAccidental)
        {
            xml.WriteElementString("accidental", note.Pitch!.Value.Alteration switch { -2 => "flat-flat", -1 => "flat", 0 => "natural", 1 => "sharp", _ => "double-sharp" });
        }

        Beams(xml, note, bar);
        if (note.IsTiedBack || note.IsTiedOn)
        {
            xml.WriteStartElement("notations");
            Ties(xml, "tied", note);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Ties(XmlWriter xml, string element, NotatedNote note)
    {
        foreach (string type in (string[])[.. note.IsTiedBack ? ["stop"] : (string[])[], .. note.IsTiedOn ? ["start"] : (string[])[]])
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("type", type);
            xml.WriteEndElement();
        }
    }

    private static void Beams(XmlWriter xml, NotatedNote note, IEnumerable<NotatedNote> bar)
    {
        if (!note.IsBeamedBack && !note.IsBeamedOn)
        {
            return;
        }

        Beam(1, note.IsBeamedBack ? (note.IsBeamedOn ? "continue" : "end") : "begin");
        if (note.Length == 1)
        {
            bool back = note.IsBeamedBack && bar.Last(other => other.Start < note.Start).Length == 1;
            bool on = note.IsBeamedOn && bar.First(other => other.Start > note.Start).Length == 1;

            // A sixteenth alone belongs to the eighth that it lies in.
            bool hookIsForward = !note.IsBeamedBack || (note.IsBeamedOn && note.Start % 2 == 0);
            Beam(2, (back, on) switch
            {
                (true, true) => "continue",
                (true, false) => "end",
                (false, true) => "begin",
                _ => hookIsForward ? "forward hook" : "backward hook",
            });
        }

        void Beam(int number, string what)
        {
            xml.WriteStartElement("beam");
            xml.WriteAttributeString("number", Text(number));
            xml.WriteString(what);
            xml.WriteEndElement();
        }
    }

    private static (string Type, bool IsDotted) Value(int length) => length switch
    {
        1 => ("16th", false),
        2 => ("eighth", false),
        3 => ("eighth", true),
        4 => ("quarter", false),
        6 => ("quarter", true),
        8 => ("half", false),
        12 => ("half", true),
        16 => ("whole", false),
        _ => ("whole", true),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
