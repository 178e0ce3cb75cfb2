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
}
