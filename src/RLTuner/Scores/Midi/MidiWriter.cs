using System.Numerics;
using System.Text;
using RLTuner.Files;
using RLTuner.Music;

namespace RLTuner.Scores.Midi;

/// <summary>
/// Writes a melody as a format 1 MIDI file: a track for tempo, metre and key, and a track for the notes. The same melody and options
/// give the same bytes. Pitches are exact; a note that nothing ends sounds to the melody's end.
/// </summary>
public static class MidiWriter
{
    /// <summary>The grid of the file: 480 ticks a quarter note, 120 a step.</summary>
    public const int TicksPerQuarter = 480;

    private const int TicksPerStep = TicksPerQuarter / Melody.StepsPerQuarter;

    /// <summary>Writes a file; it is there whole or not at all.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Melody melody, MidiWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] file = ToBytes(melody, options);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public static byte[] ToBytes(Melody melody, MidiWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(melody);
        options = (options ?? MidiWriterOptions.Default).Validated();
        using MemoryStream file = new();
        file.Write("MThd"u8);
        file.Write([0, 0, 0, 6, 0, 1, 0, 2, TicksPerQuarter >> 8, TicksPerQuarter & 0xFF]);
        long end = (long)melody.Events.Length * TicksPerStep;
        Conductor(options).WriteTo(file, end);
        Notes(melody, options).WriteTo(file, end);
        return file.ToArray();
    }

    private static MidiTrackBuffer Conductor(MidiWriterOptions options)
    {
        int microseconds = (int)Math.Round(6e7 / options.Tempo, MidpointRounding.AwayFromZero);
        TimeSignature metre = options.TimeSignature;
        KeySignature key = KeySignature.Nearest(options.Key);
        MidiTrackBuffer track = new();
        track.Meta(0, 0x51, [(byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds]);

        // 24 MIDI clocks to the metronome's click and 8 thirty-seconds to the quarter are what the standard calls usual.
        track.Meta(0, 0x58, [(byte)metre.Numerator, (byte)BitOperations.Log2((uint)metre.Denominator), 24, 8]);
        track.Meta(0, 0x59, [(byte)(sbyte)key.Sharps, key.IsMinor ? (byte)1 : (byte)0]);
        return track;
    }

    private static MidiTrackBuffer Notes(Melody melody, MidiWriterOptions options)
    {
        MidiTrackBuffer track = new();
        track.Meta(0, 0x03, Encoding.UTF8.GetBytes(options.Name));
        track.Event(0, 0xC0, (byte)options.Program);
        foreach (MelodyNote note in melody.Notes())
        {
            byte pitch = (byte)note.Pitch.MidiNumber;
            track.Event((long)note.Start * TicksPerStep, 0x90, pitch, (byte)options.Velocity);
            track.Event((long)(note.Start + note.Length) * TicksPerStep, 0x80, pitch, 64);
        }

        return track;
    }
}
