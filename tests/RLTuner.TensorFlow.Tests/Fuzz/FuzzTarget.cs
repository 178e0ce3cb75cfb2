using RLTuner.NoteRnn;
using RLTuner.Scores;

namespace RLTuner.TensorFlow.Tests.Fuzz;

/// <summary>A reader to try damaged files on.</summary>
/// <param name="Name">What the test calls it.</param>
/// <param name="IsChecksummed">Whether damage that is accepted must have left the content as it was.</param>
/// <param name="Seeds">Sound files.</param>
/// <param name="Read">
/// What a file holds, in pieces as text that tells them apart. A piece of a file that is in part refused is not among them; a file refused
/// as a whole throws one of the errors that readers name.
/// </param>
internal sealed record FuzzTarget(string Name, bool IsChecksummed, IReadOnlyList<byte[]> Seeds, Func<byte[], IEnumerable<string>> Read)
{
    /// <summary>How many mutations an ordinary run tries; some readers open files.</summary>
    public int Cases { get; init; } = 4_000;

    /// <summary>What a file holds, or null where a reader refuses it by one of the errors that they name. Any other error is thrown.</summary>
    public IReadOnlyList<string>? TryRead(byte[] file)
    {
        try
        {
            return [.. Read(file)];
        }
        catch (Exception error) when (error is ScoreFormatException or MelodyFormatException or NoteRnnFormatException or CheckpointFormatException)
        {
            return error.Message.Any(letter => char.IsControl(letter) && letter != '\n')
                ? throw new InvalidOperationException($"expected a message fit to be shown, found control characters in '{error.Message}'", error)
                : null;
        }
    }
}
