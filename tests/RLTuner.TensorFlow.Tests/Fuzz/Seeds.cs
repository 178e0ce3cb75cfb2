using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Scores.Midi;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests.Fuzz;

/// <summary>Sound files of each kind, made here, and small real ones where the shared folder is.</summary>
internal static class Seeds
{
    private const int MaxBytes = 6_000;

    public static readonly Melody Tune = Melody.FromClasses([14, 0, 1, 16, 0, 18, 0, 0, 19, 1, 0, 21, 0, 0, 0, 1], MelodyEncoding.Default);

    public static readonly byte[] Midi = MidiWriter.ToBytes(Tune);

    public static readonly byte[] Abc = Encoding.UTF8.GetBytes("""
        M:4/4
        X:1
        T:Made
        Q:1/4=100
        L:1/8
        P:A2B
        K:Em
        V:1 clef=treble-8
        P:A
        |:"Em"e2e {ga}(3efg [M:3/4][EGB]3-|[EGB]2 d>c ^B<<A|1 !trill!z3/2 x Z2:|2,3 _A__A=A:|
        w: la la la
        P:B
        e4-|e2 [1 d:|[2 c::A:|

        X:2
        K:HP
        C2 D E & A2 B2|F G [K:D] A B ^/c|]
        """);

    public static readonly byte[] MusicXml = Encoding.UTF8.GetBytes("""
        <?xml version="1.0" encoding="UTF-8"?>
        <score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Song</part-name></score-part></part-list>
        <part id="P1"><measure number="1"><attributes><divisions>4</divisions><key><fifths>1</fifths></key><time><beats>3</beats><beat-type>4</beat-type></time></attributes>
        <direction><sound tempo="96"/></direction><barline location="left"><repeat direction="forward"/></barline>
        <note><pitch><step>G</step><octave>4</octave></pitch><duration>8</duration><voice>1</voice><lyric><text>la</text></lyric></note>
        <note><chord/><pitch><step>B</step><alter>-1</alter><octave>4</octave></pitch><duration>8</duration></note>
        <note><rest/><duration>4</duration></note></measure>
        <measure number="2"><barline location="left"><ending number="1" type="start"/></barline>
        <note><pitch><step>A</step><octave>4</octave></pitch><duration>12</duration><tie type="start"/></note>
        <barline location="right"><ending number="1" type="stop"/><repeat direction="backward" times="3"/></barline></measure>
        <measure number="3"><note><pitch><step>A</step><octave>4</octave></pitch><duration>6</duration><tie type="stop"/></note>
        <backup><duration>6</duration></backup><note><pitch><step>C</step><octave>3</octave></pitch><duration>6</duration><voice>2</voice></note></measure></part></score-partwise>
        """);

    /// <summary>The small files of an ending in a shared folder or archive; none where it is absent.</summary>
    public static IEnumerable<byte[]> Real(string ending, params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([SharedFolder.RepositoryRoot(), "..", "shared", .. parts]));
        return Path.Exists(path)
            ? new SourceFiles(MusicFormat.Known).Read([path])
                .Where(file => file.Name.EndsWith(ending, StringComparison.Ordinal) && file.Bytes is { Length: > 0 and < MaxBytes }).Take(40).Select(file => file.Bytes!)
            : [];
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Bytes)[] files)
    {
        using MemoryStream stream = new();
        using (TarWriter tar = new(stream, format, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                TarEntry entry = format == TarEntryFormat.Gnu ? new GnuTarEntry(TarEntryType.RegularFile, name) : new PaxTarEntry(TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(bytes);
                tar.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    public static byte[] GZip(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream packed = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            packed.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>What <paramref name="write"/> writes to a path.</summary>
    public static byte[] Written(string name, Action<string> write)
    {
        using TemporaryFolder folder = new();
        write(folder[name]);
        return File.ReadAllBytes(folder[name]);
    }

    public static List<MadeTensor> Tensors() =>
        [.. MadeNet.Tensors(MadeNet.Weights(new NoteRnnShape(9, [3, 3]), 5), MadeNet.Modern, parts: 2), .. MadeNet.BookKeeping(8)];
}
