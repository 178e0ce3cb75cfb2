using RLTuner.NoteRnn;
using RLTuner.Onnx;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>The sample page for ONNX, in a browser: it continues a melody as our own program expects, and is heard.</summary>
public sealed class OnnxPageTests : IDisposable
{
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
        await ContinuingPage.AssertContinuesAsync(site, net, fromTheStart: true);
    }

    public void Dispose() => _folder.Dispose();
}
