using System.Text;
using RLTuner.Music;
using RLTuner.NoteRnn;

namespace RLTuner.Tests.NoteRnn;

/// <summary>A net that was changed on the way is not taken for the one that was saved.</summary>
public sealed class WeightsChecksumTests
{
    [Fact]
    public void Any_byte_changed_is_noticed()
    {
        byte[] whole = Saved(out NoteRnnModel net);
        int key = At(whole, WeightsChecksum.Key);
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (int bit in (int[])[0, 3, 7])
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= (byte)(1 << bit);
                if (at >= key && at < key + WeightsChecksum.Key.Length)
                {
                    // Without the name of the checksum it is a file without one; all else is as it was.
                    Assert.Equal(net.Weights.Values, Load(damaged).Weights.Values);
                }
                else
                {
                    Assert.Throws<NoteRnnFormatException>(() => Load(damaged));
                }
            }
        }
    }

    [Fact]
    public void Any_file_cut_short_or_too_long_is_noticed()
    {
        byte[] whole = Saved(out _);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<NoteRnnFormatException>(() => Load(whole[..length]));
        }

        Assert.Throws<NoteRnnFormatException>(() => Load([.. whole, 0]));
    }

    [Fact]
    public void A_file_of_others_that_has_none_is_loaded()
    {
        byte[] whole = Saved(out NoteRnnModel net);
        long headerLength = BitConverter.ToInt64(whole);
        string header = Encoding.UTF8.GetString(whole.AsSpan(8, (int)headerLength));
        int key = header.IndexOf($",\"{WeightsChecksum.Key}\"", StringComparison.Ordinal), end = header.IndexOf('}', key);
        byte[] without = Encoding.UTF8.GetBytes(header[..key] + header[end..]);
        byte[] file = [.. BitConverter.GetBytes((long)without.Length), .. without, .. whole[(8 + (int)headerLength)..]];
        Assert.Equal(net.Weights.Values, Load(file).Weights.Values);
    }

    private static byte[] Saved(out NoteRnnModel net)
    {
        using TemporaryFolder folder = new();
        net = new NoteRnnModel(RandomNets.Weights(new NoteRnnShape(5, [3]), 1), new MelodyEncoding(new Pitch(48), 5));
        NoteRnnFile.Save(net, folder.PathTo("net.safetensors"));
        return File.ReadAllBytes(folder.PathTo("net.safetensors"));
    }

    private static NoteRnnModel Load(byte[] file) => NoteRnnFile.Load(new MemoryStream(file), "net");

    private static int At(byte[] file, string word) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(word));
}
