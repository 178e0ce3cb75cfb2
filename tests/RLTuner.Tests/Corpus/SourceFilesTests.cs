using System.Formats.Tar;
using System.IO.Compression;
using RLTuner.Corpus.Reading;

namespace RLTuner.Tests.Corpus;

public sealed partial class SourceFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_are_read_by_name_with_all_folders_in_them()
    {
        foreach (string name in (string[])["b/z.mid", "b/a.mid", "a.mid", "B.mid", ".git/x.mid", "b/.y.mid", "c.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathTo(name))!);
            File.WriteAllBytes(_folder.PathTo(name), MadeTunes.Midi(1));
        }

        string root = Path.GetFileName(_folder.Path);
        SourceFile[] files = Read(_folder.Path);

        Assert.Equal([$"{root}/B.mid", $"{root}/a.mid", $"{root}/b/a.mid", $"{root}/b/z.mid", $"{root}/c.txt"], files.Select(file => file.Name));
        Assert.Equal([true, true, true, true, false], files.Select(file => file.Bytes is not null));
        Assert.Equal(1, files[^1].Progress, 1e-9);
    }

    [Fact]
    public void A_folder_linked_into_itself_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        File.WriteAllBytes(_folder.PathTo("a.mid"), MadeTunes.Midi(1));
        Directory.CreateSymbolicLink(_folder.PathTo("loop"), _folder.Path);

        Assert.Single(Read(_folder.Path));
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    public void Archives_are_read_without_touching_the_disk(string name)
    {
        string path = Archive(name, ("tunes/a.mid", MadeTunes.Midi(1)), ("../../escape.mid", MadeTunes.Midi(2)), ("/root.mid", MadeTunes.Midi(3)), ("notes.txt", [1]));
        int before = Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder.Path)!, "escape*").Length;

        SourceFile[] files = Read(path);

        Assert.Equal(3, files.Count(file => file.Bytes is not null));
        Assert.Equal(MadeTunes.Midi(2), files[1].Bytes);
        Assert.StartsWith($"{name}/tunes/a.mid", files[0].Name, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder.Path)!, "escape*").Length);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Hidden_entries_of_a_zip_are_left_out()
    {
        string path = Archive("mac.zip", ("__MACOSX/._a.mid", [1]), (".DS_Store", [1]), ("a.mid", MadeTunes.Midi(1)));

        Assert.Equal("mac.zip/a.mid", Read(path).Single().Name);
    }

    [Fact]
    public void A_damaged_entry_of_a_zip_costs_only_itself()
    {
        string path = Archive("a.zip", ("a.mid", MadeTunes.Midi(1)), ("b.mid", MadeTunes.Midi(2)));
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(30 + "a.mid".Length, 8).Fill(0xFF);
        File.WriteAllBytes(path, bytes);

        SourceFile[] files = Read(path);

        Assert.Equal(["a.zip/a.mid", "a.zip/b.mid"], files.Select(file => file.Name));
        Assert.Contains("damaged", files[0].Problem, StringComparison.Ordinal);
        Assert.Equal(MadeTunes.Midi(2), files[1].Bytes);
    }

    [Theory]
    [InlineData("a.mid.gz")]
    [InlineData("a.tar.gz")]
    public void A_packed_file_cut_short_is_whole_or_a_problem(string name)
    {
        string path = name == "a.mid.gz" ? Packed(name, MadeTunes.Midi(1)) : Archive(name, ("a.mid", MadeTunes.Midi(1)));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 1 + (whole.Length / 53))
        {
            File.WriteAllBytes(path, whole[..length]);
            SourceFile[] files = Read(path);
            Assert.True(files[^1].Problem is not null || files.Single().Bytes!.SequenceEqual(MadeTunes.Midi(1)));
        }
    }

    [Fact]
    public void A_header_that_asks_for_gigabytes_is_damage()
    {
        using (FileStream file = File.Create(_folder.PathTo("a.tar")))
        {
            file.Write(TarHeader("77777777", 'x'));
            file.SetLength(20 << 20);
        }

        Assert.Contains("damaged", Read(_folder.PathTo("a.tar")).Single().Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_is_as_long_as_what_it_leads_to(bool inFolder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/zero");
        File.CreateSymbolicLink(_folder.PathTo("endless.mid"), "/dev/zero");

        Assert.Contains("an empty file", Read(inFolder ? _folder.Path : _folder.PathTo("endless.mid")).Single().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_to_be_written_is_left_out_of_folders()
    {
        Directory.CreateDirectory(_folder.PathTo("out"));
        foreach (string name in (string[])["a.mid", "b.mid", "out/c.mid"])
        {
            File.WriteAllBytes(_folder.PathTo(name), MadeTunes.Midi(1));
        }

        IEnumerable<SourceFile> files = new SourceFiles(MusicFormat.Known).Read([_folder.Path], [_folder.PathTo("b.mid"), _folder.PathTo("out") + "/"]);

        Assert.EndsWith("/a.mid", files.Single().Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_packed_file_is_read()
    {
        Assert.Equal(MadeTunes.Midi(1), Read(Packed("a.mid.gz", MadeTunes.Midi(1))).Single().Bytes);
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar.gz")]
    [InlineData("a.tar")]
    public void An_archive_cut_short_anywhere_gives_what_was_whole_and_one_problem(string name)
    {
        byte[] whole = File.ReadAllBytes(Archive(name, ("a.mid", MadeTunes.Midi(1)), ("b.mid", MadeTunes.Midi(2))));
        for (int length = 0; length < whole.Length; length += 1 + (whole.Length / 97))
        {
            File.WriteAllBytes(_folder.PathTo(name), whole[..length]);
            SourceFile[] files = Read(_folder.PathTo(name));

            Assert.True(files.Count(file => file.Problem is not null) <= 1);
            Assert.All(files.Where(file => file.Bytes is not null), file => Assert.True(
                file.Bytes!.SequenceEqual(MadeTunes.Midi(1)) || file.Bytes!.SequenceEqual(MadeTunes.Midi(2))));
        }
    }

    [Fact]
    public void Flipped_bytes_never_crash_an_archive()
    {
        foreach (string name in (string[])["a.zip", "a.tar.gz", "a.tar"])
        {
            byte[] whole = File.ReadAllBytes(Archive(name, ("a.mid", MadeTunes.Midi(1)), ("b.mid", MadeTunes.Midi(2))));
            for (int at = 0; at < whole.Length; at += 1 + (whole.Length / 211))
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= 0x55;
                File.WriteAllBytes(_folder.PathTo(name), damaged);
                Assert.InRange(Read(_folder.PathTo(name)).Length, 0, 4);
            }
        }
    }

    [Theory]
    [InlineData("bomb.zip")]
    [InlineData("bomb.tar.gz")]
    public void A_file_that_unpacks_beyond_its_format_s_limit_is_left_out(string name)
    {
        string path = Archive(name, ("bomb.mid", new byte[17 << 20]), ("good.mid", MadeTunes.Midi(1)));

        SourceFile[] files = Read(path);

        Assert.Contains("at most 16,777,216 bytes", files[0].Problem, StringComparison.Ordinal);
        Assert.NotNull(files[1].Bytes);
    }

    [Theory]
    [InlineData("bomb.zip")]
    [InlineData("bomb.tar.gz")]
    public void An_archive_that_unpacks_beyond_all_limits_is_left_at_the_limit(string name)
    {
        string path = Archive(name, [.. Enumerable.Range(0, 8).Select(i => ($"{i}.mid", new byte[1 << 20]))]);

        SourceFile[] files = Read(path, new SourceLimits { MaxArchiveBytes = 3 << 20 });

        Assert.InRange(files.Count(file => file.Bytes is not null), 1, 4);
        Assert.Contains("unpacked", files[^1].Problem, StringComparison.Ordinal);
        Assert.Contains("at most 5 files", Read(path, new SourceLimits { MaxFiles = 5 })[^1].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tgz")]
    [InlineData("a.mid")]
    public void Empty_files_are_not_opened(string name)
    {
        File.WriteAllBytes(_folder.PathTo(name), []);

        Assert.Contains("an empty file", Read(_folder.PathTo(name)).Single().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tar_that_declares_absurd_lengths_is_damaged()
    {
        File.WriteAllBytes(_folder.PathTo("a.tar"), [.. TarHeader("77777777777", 'x'), .. new byte[100]]);

        Assert.Contains("damaged", Read(_folder.PathTo("a.tar")).Single().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_large_for_its_format_is_not_read()
    {
        using (FileStream file = File.Create(_folder.PathTo("large.mid")))
        {
            file.SetLength(2L << 30);
        }

        SourceFile only = Read(_folder.PathTo("large.mid")).Single();

        Assert.Null(only.Bytes);
        Assert.Contains("at most 16,777,216 bytes of MIDI, found 2,147,483,648", only.Problem, StringComparison.Ordinal);
    }

    private static byte[] TarHeader(string size, char kind)
    {
        byte[] header = new byte[512];
        "x.mid"u8.CopyTo(header);
        "0000644"u8.CopyTo(header.AsSpan(100));
        System.Text.Encoding.ASCII.GetBytes(size.PadLeft(11, '0')).CopyTo(header, 124);
        System.Text.Encoding.ASCII.GetBytes($"        {kind}").CopyTo(header, 148);
        "ustar\u000000"u8.CopyTo(header.AsSpan(257));
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }

    private string Packed(string name, byte[] bytes)
    {
        using GZipStream packed = new(File.Create(_folder.PathTo(name)), CompressionLevel.Fastest);
        packed.Write(bytes);
        return _folder.PathTo(name);
    }

    private static SourceFile[] Read(string path, SourceLimits? limits = null) => [.. new SourceFiles(MusicFormat.Known, limits).Read([path])];

    private string Archive(string name, params (string Name, byte[] Bytes)[] files) => Archive(name, CompressionLevel.Fastest, files);

    private string Archive(string name, CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        string path = _folder.PathTo(name);
        using FileStream file = File.Create(path);
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using ZipArchive zip = new(file, ZipArchiveMode.Create);
            foreach ((string entry, byte[] bytes) in files)
            {
                using Stream content = zip.CreateEntry(entry, level).Open();
                content.Write(bytes);
            }

            return path;
        }

        using Stream packed = name.EndsWith(".tar", StringComparison.Ordinal) ? file : new GZipStream(file, level);
        using TarWriter tar = new(packed);
        foreach ((string entry, byte[] bytes) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(bytes) });
        }

        return path;
    }
}
