using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using RLTuner.Reports.Tracking;

namespace RLTuner.Reports.Tests.Tracking;

public sealed class NpzFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".npz");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100_000)]
    public void An_array_is_the_header_that_NumPy_defines_and_its_doubles(int length)
    {
        double[] values = [.. Enumerable.Range(0, length).Select(i => i / 3.0)];
        NpzFile.Write(_path, [("x", values)]);
        using ZipArchive zip = ZipFile.OpenRead(_path);
        using MemoryStream content = new();
        using (Stream entry = zip.GetEntry("x.npy")!.Open())
        {
            entry.CopyTo(content);
        }

        byte[] bytes = content.ToArray();
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        int start = 10 + bytes[8] + (256 * bytes[9]);
        Assert.Equal(0, start % 64);
        Assert.Equal($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({length},), }}", Encoding.ASCII.GetString(bytes[10..start]).TrimEnd());
        Assert.Equal((byte)'\n', bytes[start - 1]);
        Assert.Equal(values, Enumerable.Range(0, length).Select(i => BitConverter.ToDouble(bytes, start + (8 * i))));
        Assert.Equal(start + (8 * length), bytes.Length);
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes()
    {
        NpzFile.Write(_path, [("a", [1, 2]), ("b", [])]);
        byte[] first = File.ReadAllBytes(_path);
        NpzFile.Write(_path, [("a", [1, 2]), ("b", [])]);
        Assert.Equal(first, File.ReadAllBytes(_path));
    }

    [Fact]
    public void NumPy_loads_it()
    {
        NpzFile.Write(_path, [("train_rewards", [1.5, double.NaN, -2]), ("empty", [])]);
        (int code, string output) = Python($"import numpy; f = numpy.load(r'{_path}'); print(sorted(f.files), f['train_rewards'].tolist(), f['empty'].shape)");
        Assert.SkipUnless(code != 127, "NumPy is not installed (apt-get install python3-numpy)");
        Assert.True(code == 0, output);
        Assert.Equal("['empty', 'train_rewards'] [1.5, nan, -2.0] (0,)", output.Trim());
    }

    public void Dispose() => File.Delete(_path);

    /// <summary>Runs a script; 127 where there is no Python or no NumPy.</summary>
    private static (int Code, string Output) Python(string script)
    {
        // Debian's own, which its package python3-numpy belongs to, before any other.
        foreach (string program in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                string output = process.StandardOutput.ReadToEnd(), errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                if (!errors.Contains("No module named", StringComparison.Ordinal))
                {
                    return (process.ExitCode, output + errors);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not there: try the next.
            }
        }

        return (127, "");
    }
}
