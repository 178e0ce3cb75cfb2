using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Nets;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>The page in a folder for Magenta.js, in a browser: it continues a melody as our own program expects, and is heard.</summary>
public sealed class MagentaJsPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_continues_a_melody_and_is_heard()
    {
        string library = Path.Combine(SharedFolder.RepositoryRoot(), "tests", "node", "node_modules", "@magenta", "music", "dist", "magentamusic.js");
        Assert.SkipUnless(File.Exists(library), "needs the npm package @magenta/music (npm install --ignore-scripts in tests/node)");
        string site = _folder.PathTo("site");
        NoteRnnModel net = ShippedNoteRnn.Load("plain");
        TensorFlowNetFormat.MagentaJs.Export(net, site);
        File.Copy(library, Path.Combine(site, "magentamusic.js"));
        await ContinuingPage.AssertContinuesAsync(site, net, fromTheStart: false);
    }

    public void Dispose() => _folder.Dispose();
}
