using System.Numerics;
using System.Text;
using RLTuner.Files;
using RLTuner.Music;

namespace RLTuner.Scores.Midi;

/// <summary>
/// Writes a melody as a MIDI file: of format 1, with a track for tempo, metre and key and a track for the notes, or of format 0, with one track for all.
/// The same melody and options give the same bytes. Pitches are exact; a note that nothing ends sounds to the melody's end.
/// </summary>
public static class MidiWriter
{
    /// <summary>The grid of the file: 480 ticks a quarter note, 120 a step.</summary>
    public const int TicksPerQuarter = 480;

    private const int TicksPerStep = TicksPerQuarter / Melody.StepsPerQuarter;

    /// <summary>Writes a file; it is there whole or not at all.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Melody melody, MelodyWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] file = ToBytes(melody, options);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    /// <summary>The bytes of the file.</summary>
    /// <param name="melody">The melody.</param>
    /// <param name="options">How it sounds and what the file says of it.</param>
    /// <param name="oneTrack">Whether to write format 0, for programs that read no other.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public static byte[] ToBytes(Melody melody, MelodyWriterOptions? options = null, bool oneTrack = false)
    {
        ArgumentNullException.ThrowIfNull(melody);
        options = (options ?? MelodyWriterOptions.Default).Validated();
        using MemoryStream file = new();
        file.Write("MThd"u8);
        file.Write(oneTrack ? [0, 0, 0, 6, 0, 0, 0, 1] : [0, 0, 0, 6, 0, 1, 0, 2]);
        file.Write([TicksPerQuarter >> 8, TicksPerQuarter & 0xFF]);
        long end = (long)melody.Events.Length * TicksPerStep;
        MidiTrackBuffer conductor = new(), notes = oneTrack ? conductor : new();
        Conduct(conductor, options);
        Play(notes, melody, options);
        conductor.WriteTo(file, end);
        if (!oneTrack)
        {
            notes.WriteTo(file, end);
        }

        return file.ToArray();
    }

    private static void Conduct(MidiTrackBuffer track, MelodyWriterOptions options)
    {
        int microseconds = (int)Math.Round(6e7 / options.Tempo, MidpointRounding.AwayFromZero);
        TimeSignature metre = options.TimeSignature;
        KeySignature key = KeySignature.Nearest(options.Key);
        track.Meta(0, 0x51, [(byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds]);

        // 24 MIDI clocks to the metronome's click and 8 thirty-seconds to the quarter are what the standard calls usual.
        track.Meta(0, 0x58, [(byte)metre.Numerator, (byte)BitOperations.Log2((uint)metre.Denominator), 24, 8]);
        track.Meta(0, 0x59, [(byte)(sbyte)key.Sharps, key.IsMinor ? (byte)1 : (byte)0]);
    }

    private static void Play(MidiTrackBuffer track, Melody melody, MelodyWriterOptions options)
    {
        track.Meta(0, 0x03, Encoding.UTF8.GetBytes(options.Name));
        track.Event(0, 0xC0, (byte)options.Program);
        foreach (MelodyNote note in melody.Notes())
        {
            byte pitch = (byte)note.Pitch.MidiNumber;
            track.Event((long)note.Start * TicksPerStep, 0x90, pitch, (byte)options.Velocity);
            track.Event((long)(note.Start + note.Length) * TicksPerStep, 0x80, pitch, 64);
        }
    }
}
