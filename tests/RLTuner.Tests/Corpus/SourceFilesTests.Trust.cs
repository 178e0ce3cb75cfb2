using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Scores.Midi;
using RLTuner.Scores.MusicXml;

namespace RLTuner.Tests.Corpus;

/// <summary>Checksums, bounds, and files that are none.</summary>
public sealed partial class SourceFilesTests
{
    [Fact]
    public void A_changed_entry_of_a_zip_is_damage_though_it_unpacks()
    {
        string path = Archive("a.zip", CompressionLevel.NoCompression, ("a.mid", MadeTunes.Midi(1)), ("b.mid", MadeTunes.Midi(2)));
        Change(path, MadeTunes.Midi(1));

        SourceFile[] files = Read(path);

        Assert.Contains("expected its checksum, found another", files[0].Problem, StringComparison.Ordinal);
        Assert.Equal(MadeTunes.Midi(2), files[1].Bytes);
    }

    [Theory]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    public void Of_a_packed_archive_with_a_wrong_checksum_nothing_is_read(string name)
    {
        string path = Archive(name, CompressionLevel.NoCompression, ("a.mid", MadeTunes.Midi(1)), ("b.mid", MadeTunes.Midi(2)));
        Change(path, MadeTunes.Midi(1));

        Assert.Contains("damaged", Read(path).Single().Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('L')]
    [InlineData('x')]
    [InlineData('K')]
    [InlineData('g')]
    public void A_packed_archive_that_declares_a_long_name_takes_no_memory_for_it(char kind)
    {
        using (GZipStream packed = new(File.Create(_folder.PathTo("a.tar.gz")), CompressionLevel.Optimal))
        {
            packed.Write(TarHeader("10000000000", kind));
            packed.Write(new byte[4 << 20]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("damaged", Read(_folder.PathTo("a.tar.gz")).Single().Problem, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Every_form_of_tar_gives_names_and_content(TarEntryFormat format)
    {
        string folder = format == TarEntryFormat.V7 ? "folder" : new string('f', 90);
        string file = format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? new string('n', 150) : "name";
        using (TarWriter tar = new(File.Create(_folder.PathTo("a.tar")), format))
        {
            foreach (string name in (string[])[$"{folder}/{file}.mid", "é.mid"])
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                    _ => new GnuTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(MadeTunes.Midi(name.Length));
                tar.WriteEntry(entry);
            }
        }

        SourceFile[] files = Read(_folder.PathTo("a.tar"));

        Assert.Equal($"a.tar/{folder}/{file}.mid", files[0].Name);
        Assert.Equal(MadeTunes.Midi($"{folder}/{file}.mid".Length), files[0].Bytes);
        Assert.Equal("a.tar/é.mid", files[1].Name);
    }

    [Fact]
    public void Pipes_and_devices_are_no_files_of_melodies()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/zero and mkfifo");
        string endless = _folder.PathTo("endless.mid");
        File.CreateSymbolicLink(endless, "/dev/zero");
        string pipe = _folder.PathTo("pipe.mid");
        using (Process made = Process.Start("mkfifo", pipe))
        {
            made.WaitForExit();
        }

        foreach (string path in (string[])[endless, pipe])
        {
            Assert.Contains("a pipe or a device", Assert.Throws<MelodyFormatException>(() => MelodyFiles.Read(path, MelodyEncoding.Default)).Message, StringComparison.Ordinal);
            Assert.Throws<MidiFormatException>(() => MidiReader.Read(path));
            Assert.Throws<AbcFormatException>(() => AbcFile.Read(path));
            Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(path));
            Assert.Throws<MelodyFormatException>(() => CorpusFile.Load(path));
            Assert.NotNull(Read(path).Single().Problem);
        }
    }

    /// <summary>Changes one byte of a content that lies in a file as it is.</summary>
    private static void Change(string path, byte[] content)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(content.AsSpan(content.Length - 20));
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
