using RLTuner.Numerics;

namespace RLTuner.TensorFlow.Tests.Fuzz;

/// <summary>Damages files: what disks, mail and hands do to them, and what a stranger would.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)'\n', (byte)'0', (byte)'9', (byte)'"', (byte)'<', (byte)'['];

    /// <summary>A damaged file of one or two of the seeds.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> seeds, RandomSource random)
    {
        List<byte> file = [.. seeds[random.Next(seeds.Count)]];
        for (int changes = 1 + random.Next(random.Next(4) == 0 ? 16 : 3); changes > 0 && file.Count > 0; changes--)
        {
            int at = random.Next(file.Count);
            int length = Math.Min(file.Count - at, 1 + random.Next(random.Next(4) == 0 ? 200 : 8));
            switch (random.Next(9))
            {
                case 0:
                    file.RemoveRange(at, random.Next(3) == 0 ? file.Count - at : length);
                    break;
                case 1:
                    file.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                    break;
                case 2:
                    file.InsertRange(at, file.GetRange(at, length));
                    break;
                case 3:
                    byte[] other = seeds[random.Next(seeds.Count)];
                    int from = random.Next(other.Length);
                    file.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                    break;
                case 4:
                    file[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 5:
                    file[at] = (byte)random.Next(256);
                    break;
                case 6:
                    // Numbers in text grow and shrink.
                    int digit = file.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9');
                    file[digit < 0 ? at : digit] = (byte)('0' + random.Next(10));
                    break;
                default:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. file];
    }
}
