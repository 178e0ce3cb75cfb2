using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Onnx;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>The sample page for ONNX, in a browser: it continues a melody as our own program expects, and is heard.</summary>
public sealed class OnnxPageTests : IDisposable
{
    private static readonly int[] Primer = [60, -2, 62, -2, 64, -2, 65, 67];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("plain")]
    [InlineData("shipped")]
    public async Task It_continues_a_melody_and_is_heard(string name)
    {
        string root = SharedFolder.RepositoryRoot(), library = Path.Combine(root, "tests", "node", "node_modules", "onnxruntime-web", "dist"), site = _folder.PathTo("site");
        Assert.SkipUnless(Directory.Exists(library), "needs the npm package onnxruntime-web (npm install --ignore-scripts in tests/node)");
        Directory.CreateDirectory(site);
        foreach (string file in new[] { "ort.wasm.min.js", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm" })
        {
            File.Copy(Path.Combine(library, file), Path.Combine(site, file));
        }

        File.Copy(Path.Combine(root, "samples", "onnx-in-a-browser.html"), Path.Combine(site, "index.html"));
        NoteRnnModel net = ShippedNoteRnn.Load(name);
        OnnxNetFormat.Format.Export(net, Path.Combine(site, "net.onnx"));
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
        Assert.All(Expected(net).Zip(found.GetProperty("first").EnumerateArray()), pair => Assert.InRange(pair.First - pair.Second.GetDouble(), -1e-5, 1e-5));
        Assert.All(browser.Requests, request => Assert.Contains(address, request, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What our own program expects after the primer, which begins the melody.</summary>
    private static float[] Expected(NoteRnnModel net)
    {
        IPolicyRun run = new NoteRnnPolicy(net).Begin(1);
        float[] expected = new float[net.Shape.Classes];
        run.Read([MelodyEncoding.NoEvent], expected, [0]);
        for (int i = 0; i < Primer.Length; i++)
        {
            run.Read([Primer[i] < 0 ? Primer[i] + 2 : Primer[i] - net.Encoding.Lowest.MidiNumber + 2], expected, [i + 1]);
        }

        Softmax.Probabilities(expected, expected);
        return expected;
    }
}
