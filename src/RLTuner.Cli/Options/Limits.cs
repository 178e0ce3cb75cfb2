using RLTuner.Scores.Midi;

namespace RLTuner.Cli.Options;

/// <summary>Ranges of numbers that several commands take.</summary>
internal static class Limits
{
    /// <summary>Refuses melodies of no length or of hours.</summary>
    public static int Length(int steps) =>
        steps is >= 1 and <= 65536 ? steps : throw new UsageException($"--num-notes-in-melody: expected 1 to 65536, found {steps}");

    public static int Count(int melodies) =>
        melodies is >= 1 and <= 1_000_000 ? melodies : throw new UsageException($"--count: expected 1 to 1000000, found {melodies}");

    public static double Temperature(double temperature) => temperature is > 0 and <= 1e6
        ? temperature
        : throw new UsageException(FormattableString.Invariant($"--temperature: expected more than 0, found {temperature}"));

    public static double Tempo(double tempo) => tempo is >= MidiWriterOptions.MinTempo and <= MidiWriterOptions.MaxTempo
        ? tempo
        : throw new UsageException(FormattableString.Invariant(
            $"--tempo: expected {MidiWriterOptions.MinTempo} to {MidiWriterOptions.MaxTempo}, found {tempo}"));

    public static int Program(int program) =>
        program is >= 0 and <= 127 ? program : throw new UsageException($"--program: expected 0 to 127, found {program}");

    /// <summary>The library names fields as the options are named, less the hyphens before.</summary>
    public static T Checked<T>(Func<T> validate)
    {
        try
        {
            return validate();
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--{error.Message}");
        }
    }
}
