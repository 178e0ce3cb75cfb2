using System.ComponentModel;
using System.Diagnostics;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores.Midi;

namespace RLTuner.Scores.Wave;

/// <summary>Has the program fluidsynth play a melody with the instruments of a SoundFont.</summary>
public static class Fluidsynth
{
    private const string Program = "fluidsynth";

    /// <summary>Checks that a file is a SoundFont.</summary>
    /// <exception cref="IOException">It is none, or cannot be read.</exception>
    public static void CheckSoundFont(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Span<byte> start = stackalloc byte[12];
        using Stream file = File.Exists(path) ? RegularFile.OpenRead(path) : throw new FileNotFoundException($"{path}: expected a SoundFont, found no file (check the path)", path);
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..4].SequenceEqual("RIFF"u8) || !start[8..].SequenceEqual("sfbk"u8))
        {
            throw new IOException($"{path}: expected a SoundFont (.sf2 or .sf3), found something else (choose another)");
        }
    }

    /// <summary>Writes a WAV file to a stream: 44,100 samples a second, two channels.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="melody">What is played.</param>
    /// <param name="options">How; at most an hour.</param>
    /// <param name="soundFont">The instruments, a <c>.sf2</c> or <c>.sf3</c> file.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    /// <exception cref="IOException">The program is not installed or fails, or the SoundFont cannot be read.</exception>
    public static void Write(Stream stream, Melody melody, MelodyWriterOptions? options, string soundFont)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckSoundFont(soundFont);
        string folder = Directory.CreateTempSubdirectory("rltuner").FullName;
        try
        {
            string midi = Path.Combine(folder, "melody.mid"), wave = Path.Combine(folder, "melody.wav");
            MidiWriter.Write(midi, melody, options);
            string said = Run("-n", "-i", "-q", "-r", $"{WaveWriter.SampleRate}", "-T", "wav", "-F", wave, Path.GetFullPath(soundFont), midi);
            if (!File.Exists(wave))
            {
                throw new IOException($"{soundFont}: expected {Program} to write sound, found none ({said.Trim()})");
            }

            using FileStream sound = File.OpenRead(wave);
            sound.CopyTo(stream);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return errors.GetAwaiter().GetResult();
        }
        catch (Win32Exception error)
        {
            throw new IOException($"expected the program {Program}, found none (install it, or leave the SoundFont out)", error);
        }
    }
}
