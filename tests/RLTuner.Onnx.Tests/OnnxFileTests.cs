using System.Text;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tests;

namespace RLTuner.Onnx.Tests;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("two layers, 29 classes")]
    [InlineData("shipped")]
    [InlineData("hears all")]
    [InlineData("tuned by q, hears the step")]
    public void Our_files_come_back_bit_for_bit(string name)
    {
        NoteRnnModel net = ManyNets.Of(name);
        Assert.Empty(OnnxNetFormat.Format.Export(net, Path));
        NoteRnnModel read = OnnxNetFormat.Format.Read(Path, new ExpectedNet());
        Assert.Equal(net.Shape, read.Shape);
        Assert.Equal(net.Weights.Values, read.Weights.Values);
        Assert.Equal((net.Encoding, net.KnowsBeginnings), (read.Encoding, read.KnowsBeginnings));
    }

    [Fact]
    public void A_prior_is_folded_in_and_said()
    {
        NoteRnnModel net = ManyNets.Of("tuned by g");
        Assert.NotNull(net.Prior);
        Assert.Contains("prior of G-learning is folded in", Assert.Single(OnnxNetFormat.Format.Export(net, Path)), StringComparison.Ordinal);
        NoteRnnModel read = OnnxNetFormat.Format.Read(Path, new ExpectedNet());
        Assert.Null(read.Prior);
        Assert.Equal(new NoteRnnShape(38, [32, 24]), read.Shape);
    }

    [Fact]
    public void Damage_is_named_and_never_taken_for_a_net()
    {
        OnnxNetFormat.Format.Export(ManyNets.Of("one layer, 29 classes"), Path);
        byte[] whole = File.ReadAllBytes(Path);
        RandomSource random = new(1, "damage");
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = i % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            int at = random.Next(Math.Max(1, i % 3 == 1 ? Math.Min(2000, damaged.Length) : damaged.Length));
            if (i % 3 > 0)
            {
                damaged[at] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(Path, damaged);
            try
            {
                // A flipped bit in words alone changes nothing that is read.
                Assert.Equal(29, OnnxNetFormat.Format.Read(Path, new ExpectedNet()).Shape.Classes);
                Assert.True(i % 3 > 0, "a file that is cut short was taken for a whole one");
            }
            catch (NoteRnnFormatException error)
            {
                Assert.Contains("net.onnx: ", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_flipped_weight_is_noticed()
    {
        OnnxNetFormat.Format.Export(ManyNets.Of("one layer, 29 classes"), Path);
        byte[] whole = File.ReadAllBytes(Path);
        whole[whole.AsSpan().IndexOf(Encoding.ASCII.GetBytes("lstm.0.W")) + 5000] ^= 1;
        File.WriteAllBytes(Path, whole);
        Assert.Contains("checksum", Assert.Throws<NoteRnnFormatException>(() => OnnxNetFormat.Format.Read(Path, new ExpectedNet())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_other_programs_are_named_as_such()
    {
        File.WriteAllBytes(Path, [8, 8, 18, 7, .. "pytorch"u8, 58, 3, 18, 1, (byte)'g']);
        Assert.Contains("found one of 'pytorch'", Assert.Throws<NoteRnnFormatException>(() => OnnxNetFormat.Format.Read(Path, new ExpectedNet())).Message, StringComparison.Ordinal);
        File.WriteAllText(Path, "<!doctype html><p>404");
        Assert.Contains("a web page", Assert.Throws<NoteRnnFormatException>(() => OnnxNetFormat.Format.Read(Path, new ExpectedNet())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Path => _folder.PathTo("net.onnx");
}
