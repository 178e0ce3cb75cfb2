using System.Formats.Tar;
using System.IO.Compression;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Corpus;

/// <summary>Every MIDI file of two corpora, whose file counts their source list names.</summary>
public sealed class WholeCorpusTests
{
    [Theory]
    [InlineData("train", "cre-midi", 1195)]
    [InlineData("eval", "nottingham-gpl3", 1034)]
    public void Every_file_is_read_and_gives_melodies_that_fit_after_transposing(string folder, string corpus, int files)
    {
        KeyTransposer transposer = new(MelodyEncoding.Default);
        int read = 0;
        int refused = 0;
        int melodies = 0;
        foreach ((string name, byte[] bytes) in MidiFiles(SharedFolder.PathTo("corpora", folder, $"{corpus}.tar.gz")))
        {
            Score score = MidiReader.Read(bytes, name);
            read++;
            try
            {
                QuantizedScore quantized = Quantizer.Quantize(score);
                foreach (ExtractedMelody found in MelodyExtractor.Extract(quantized, MelodyExtractorOptions.Dataset).Melodies)
                {
                    melodies++;
                    Assert.True(transposer.Transpose(found.Melody).Events.All(MelodyEncoding.Default.Contains));
                }
            }
            catch (QuantizationException e)
            {
                Assert.True(e is TempoChangeException or TimeSignatureChangeException, e.Message);
                refused++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{corpus}: {read} read, {refused} of more than one tempo or metre, {melodies} melodies");
        Assert.Equal(files, read);
        Assert.InRange(melodies, files / 2, files * 2);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> MidiFiles(string path)
    {
        using FileStream file = File.OpenRead(path);
        using TarReader tar = new(new GZipStream(file, CompressionMode.Decompress));
        while (tar.GetNextEntry(copyData: false) is { } entry)
        {
            if (entry.DataStream is { } data && entry.Name.EndsWith(".mid", StringComparison.OrdinalIgnoreCase))
            {
                using MemoryStream bytes = new();
                data.CopyTo(bytes);
                yield return (entry.Name, bytes.ToArray());
            }
        }
    }
}
