using System.Diagnostics;
using System.Globalization;
using RLTuner.Numerics;

namespace RLTuner.TensorFlow.Tests.Fuzz;

/// <summary>
/// Files from strangers, for every reader: whatever is done to the bytes, it gives the content or a named error, soon, in memory bounded by
/// the file's size, and of formats with checksums it never takes damage for content. <c>RLTUNER_FUZZ</c> says how many files each reader
/// is tried on instead of a few thousand.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const long BytesBesides = 64 << 20, BytesPerByte = 2_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_give_their_content_or_a_named_error(string name) => Try(name, share: 20);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void Many_damaged_files_give_their_content_or_a_named_error(string name) => Try(name, share: 1);

    private void Try(string name, int share)
    {
        using TemporaryFolder folder = new();
        FuzzTarget target = FuzzTargets.Create(name, folder);
        string? asked = share == 1 ? Environment.GetEnvironmentVariable("RLTUNER_FUZZ") : null;
        int cases = asked is null ? target.Cases / share : int.Parse(asked, CultureInfo.InvariantCulture);
        HashSet<string> known = [.. target.Seeds.SelectMany(seed => target.TryRead(seed) ?? [])];
        Assert.NotEmpty(known);
        int read = 0;
        TimeSpan longest = TimeSpan.Zero;
        long most = 0;
        for (int i = 0; i < cases; i++)
        {
            byte[] file = Mutation.Of(target.Seeds, new RandomSource((ulong)i, $"fuzz {name}"));
            long before = GC.GetAllocatedBytesForCurrentThread();
            (IReadOnlyList<string>? found, TimeSpan taken) = Timed(target, file, $"{name}, case {i}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            (longest, most) = (taken > longest ? taken : longest, Math.Max(most, allocated));
            read += found is null ? 0 : 1;
            Assert.True(allocated < BytesBesides + (BytesPerByte * file.Length), $"{name}, case {i}: {allocated:N0} bytes for {file.Length:N0}");
            Assert.True(
                !target.IsChecksummed || found is null || found.All(known.Contains), $"{name}, case {i}: damage is taken for content");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {cases:N0} files, {read:N0} read, longest {longest.TotalMilliseconds:N0} ms, most memory {most / 1e6:N1} MB"));
    }

    /// <summary>The least of three times where the first is too long: the machine may have other work.</summary>
    private static (IReadOnlyList<string>? Found, TimeSpan Taken) Timed(FuzzTarget target, byte[] file, string what)
    {
        TimeSpan least = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<string>? found;
            try
            {
                found = target.TryRead(file);
            }
            catch (Exception error)
            {
                Assert.Fail($"{what}: {error}");
                throw;
            }

            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            least = taken < least ? taken : least;
            if (least < Limit)
            {
                return (found, least);
            }
        }

        Assert.Fail($"{what}: took {least}");
        return default;
    }
}
