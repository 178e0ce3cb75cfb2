using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using RLTuner.Composing;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Nets;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>The page in a folder for Magenta.js, in a browser: it continues a melody as our own program expects, and is heard.</summary>
public sealed class MagentaJsPageTests : IDisposable
{
    private static readonly int[] Primer = [60, -2, 62, -2, 64, -2, 65, 67];

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
        await using Browser browser = await Browser.StartAsync();
        using HttpListener server = LocalSite.Serve(site, out string address);
        IPage page = await browser.OpenAsync(address, 900);
        await page.EvaluateAsync("() => ready");
        Assert.Equal("Ready.", await page.TextContentAsync("#said"));

        JsonElement found = await page.EvaluateAsync<JsonElement>(
            """
            async primer => {
              const { notes, probabilities } = await continued(primer, 16, 1);
              const audio = new OfflineAudioContext(1, 44100 * 3, 44100);
              schedule(audio, notes, 0);
              const heard = (await audio.startRendering()).getChannelData(0);
              return { notes: notes.length, first: probabilities[0], steps: probabilities.length, loudest: Math.max(...heard.slice(0, 44100)) };
            }
            """,
            Primer);
        Assert.Equal(16, found.GetProperty("steps").GetInt32());
        Assert.InRange(found.GetProperty("notes").GetInt32(), 5, 24);
        Assert.InRange(found.GetProperty("loudest").GetDouble(), 0.05, 1);

        IPolicyRun run = new NoteRnnPolicy(net).Begin(1);
        float[] expected = new float[net.Shape.Classes];
        foreach (int @event in Primer)
        {
            run.Read([@event < 0 ? @event + 2 : @event - net.Encoding.Lowest.MidiNumber + 2], expected);
        }

        Softmax.Probabilities(expected, expected);
        Assert.All(expected.Zip(found.GetProperty("first").EnumerateArray()), pair => Assert.InRange(pair.First - pair.Second.GetDouble(), -1e-5, 1e-5));
        Assert.All(browser.Requests, request => Assert.Contains(address, request, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
