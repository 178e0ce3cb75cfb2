using RLTuner.Runs;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Runs;

/// <summary><c>options.json</c>: comes back as it was written, and is refused where it was not.</summary>
public sealed class RunOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string OptionsFile => _folder.PathTo("options.json");

    [Fact]
    public void Options_come_back_with_every_number()
    {
        Written();
        Assert.Equal(SmallRuns.Options, RunOptions.Read(OptionsFile).ToSmallRunOptions());
    }

    [Theory]
    [InlineData("\"seed\": 5", "\"seed\": 6", "checksum")]
    [InlineData("\"discount\": 0.5", "\"discount\": 0.25", "checksum")]
    [InlineData("\"leap\": 0.5", "\"leap\": 0.75", "checksum")]
    [InlineData("\"discount\": 0.5", "\"discount\": 1e999", "expected the options of a run")]
    [InlineData("\"leap\": 0.5", "\"leap\": 1e999", "expected the options of a run")]
    [InlineData("\"leap\": 0.5", "\"leap\": null", "expected the options of a run")]
    [InlineData("\"C major\"", "\"H major\"", "expected the options of a run")]
    [InlineData("\"C major\"", "null", "expected the options of a run")]
    [InlineData("\"checksum\": \"", "\"checksum\": \"0", "checksum")]
    [InlineData("\"rules\": {", "\"rules\": {{", "expected the options of a run")]
    public void A_changed_file_is_refused(string before, string after, string words)
    {
        string text = Written();
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(OptionsFile, text.Replace(before, after, StringComparison.Ordinal));
        Assert.Contains(words, Assert.Throws<NoteRnnFormatException>(() => RunOptions.Read(OptionsFile)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_an_earlier_version_has_no_checksum_and_is_read()
    {
        string text = Written();
        int at = text.IndexOf("\"checksum\": \"", StringComparison.Ordinal);
        File.WriteAllText(OptionsFile, text[..at].TrimEnd().TrimEnd(',') + "}");
        Assert.Equal(SmallRuns.Options, RunOptions.Read(OptionsFile).ToSmallRunOptions());
    }

    public void Dispose() => _folder.Dispose();

    private string Written()
    {
        using (FileStream file = File.Create(OptionsFile))
        {
            SmallRunFolder.Describe(SmallRuns.Options).Write(file);
        }

        return File.ReadAllText(OptionsFile);
    }
}
