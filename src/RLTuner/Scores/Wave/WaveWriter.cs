using System.Buffers.Binary;
using RLTuner.Files;
using RLTuner.Music;

namespace RLTuner.Scores.Wave;

/// <summary>
/// Writes a melody as sound: a WAV file of one channel, 16 bits, 44,100 samples a second, in the voice that a run's page plays with. The program of the options
/// is not heard, how hard notes are struck is.
/// </summary>
public static class WaveWriter
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 44100;

    /// <summary>The longest sound, in seconds.</summary>
    public const int MaxSeconds = 3600;

    private const int HeaderLength = 44, SampleLength = 2, BlockLength = 4096;

    /// <summary>Writes to a stream.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range, or the sound is longer than <see cref="MaxSeconds"/>.</exception>
    public static void Write(Stream stream, Melody melody, MelodyWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(melody);
        options = (options ?? MelodyWriterOptions.Default).Validated();
        double step = 60 / (options.Tempo * Melody.StepsPerQuarter), seconds = (melody.Events.Length * step) + Voice.Release;
        if (seconds > MaxSeconds)
        {
            throw new ArgumentException($"expected a melody of at most {MaxSeconds} seconds, found {seconds:0} (a faster tempo or a shorter melody)", nameof(melody));
        }

        int samples = (int)Math.Ceiling(seconds * SampleRate);
        stream.Write(Header(samples * SampleLength));
        Voice[] voices = [.. melody.Notes().Select(note => new Voice(note, step, options.Velocity / 127.0))];
        double[] sound = new double[BlockLength];
        byte[] block = new byte[BlockLength * SampleLength];
        int ended = 0;
        for (int first = 0; first < samples; first += BlockLength)
        {
            int length = Math.Min(BlockLength, samples - first);
            Array.Clear(sound);
            while (ended < voices.Length && voices[ended].End < first)
            {
                ended++;
            }

            for (int i = ended; i < voices.Length && voices[i].Start < first + length; i++)
            {
                voices[i].AddTo(sound.AsSpan(0, length), first);
            }

            for (int i = 0; i < length; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(block.AsSpan(i * SampleLength), (short)Math.Round(Math.Clamp(sound[i], -1, 1) * short.MaxValue));
            }

            stream.Write(block, 0, length * SampleLength);
        }
    }

    private static byte[] Header(int dataLength)
    {
        byte[] header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), HeaderLength - 8 + dataLength);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1); // plain samples
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1); // one channel
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), SampleRate * SampleLength);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), SampleLength);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 8 * SampleLength);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), dataLength);
        return header;
    }
}
