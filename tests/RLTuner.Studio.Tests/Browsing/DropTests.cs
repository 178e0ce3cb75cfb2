using Microsoft.Playwright;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Onnx;
using RLTuner.Scores;
using RLTuner.Scores.Writing;
using RLTuner.TensorFlow.Nets;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests.Browsing;

/// <summary>Files and folders dragged from the desktop onto the page.</summary>
[Trait("Category", "Long")]
public sealed class DropTests : PageTest
{
    private static readonly NetFormat[] Formats =
        [.. NetFormat.Known, OnnxNetFormat.Format, TensorFlowNetFormat.MagentaJs, TensorFlowNetFormat.Bundle, TensorFlowNetFormat.V2, TensorFlowNetFormat.V1];

    [Theory]
    [InlineData("safetensors", "mine.safetensors")]
    [InlineData("onnx", "mine.onnx")]
    [InlineData("mag", "mine.mag")]
    [InlineData("tensorflow-v1", "my checkpoint")]
    [InlineData("tensorflow-v2", "my checkpoint")]
    [InlineData("magentajs", "my page")]
    public async Task A_net_of_each_kind_is_there_to_tune(string format, string name)
    {
        Formats.Single(known => known.Name == format).Export(ShippedNoteRnn.Load(ShippedNoteRnn.Plain), Folder.PathTo(name));
        IPage page = await OpenAsync("#shape");
        await DropAsync(page, name);
        string called = Path.GetFileNameWithoutExtension(name);
        await Assertions.Expect(Told(page)).ToContainTextAsync($"{called} is a net.");
        await Told(page).GetByRole(AriaRole.Link, new() { Name = "Tune it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Net to tune").Locator("option:checked")).ToContainTextAsync(called);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {called}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Net to tune").Locator("option", new() { HasText = called })).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task A_run_s_folder_is_a_run_to_watch()
    {
        IPage page = await OpenAsync("#listen");
        string run = await TuneAsync(page, new { title = "Mine", settings = new Dictionary<string, string> { ["training-steps"] = "9000" } });
        await UntilAsync(page, run, detail => StatusOf(detail) == "done");
        Copy(Studio.Run(run), Folder.PathTo("from elsewhere"));
        await DropAsync(page, "from elsewhere");
        await Assertions.Expect(Told(page)).ToContainTextAsync("is a run");
        await Told(page).GetByRole(AriaRole.Link, new() { Name = "Watch it" }).ClickAsync();
        await Assertions.Expect(page.Locator("studio-run")).ToContainTextAsync("What each rule gave");
        await Assertions.Expect(page.Locator("studio-queue li")).ToHaveCountAsync(2);
        Assert.Empty(Complaints);
    }

    [Theory]
    [InlineData("midi")]
    [InlineData("musicxml")]
    [InlineData("abc")]
    [InlineData("corpus")]
    public async Task Tunes_of_each_kind_are_a_corpus_to_train_a_net_from(string kind)
    {
        Melody[] tunes = [.. Enumerable.Range(0, 12).Select(Tune)];
        string name = kind == "corpus" ? "tunes.corpus" : "tunes";
        if (kind == "corpus")
        {
            CorpusMelody[] pieces = [.. tunes.Select((tune, number) => new CorpusMelody($"{number}", tune))];
            CorpusFile.Save(new MelodyCorpus { Encoding = MelodyEncoding.Default, Training = [.. pieces[..10]], Validation = [.. pieces[10..]] }, Folder.PathTo(name));
        }
        else
        {
            MelodyFormat format = MelodyFormat.Known.Single(known => known.Name == kind);
            Directory.CreateDirectory(Folder.PathTo("tunes/jigs"));
            foreach ((int number, Melody tune) in tunes.Index())
            {
                format.Write(Folder.PathTo($"tunes/jigs/{number}{format.Endings[0]}"), tune, MelodyWriterOptions.Default);
            }
        }

        IPage page = await OpenAsync("#watch");
        await DropAsync(page, name);
        await Assertions.Expect(Told(page)).ToContainTextAsync("are tunes to learn from. 12 melodies");
        await Told(page).GetByRole(AriaRole.Button, new() { Name = "Train a net from them" }).ClickAsync();
        await page.WaitForURLAsync("**/#watch/*");
        await Assertions.Expect(page.Locator("studio-run")).ToContainTextAsync("Training of a net");

        // They are kept for other nets, until they are removed.
        await page.GotoAsync(Studio.At("#shape"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Train a net from tunes" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove tunes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.Locator("studio-corpora")).ToContainTextAsync("remove the training first");
        Assert.Contains("409", Assert.Single(Complaints), StringComparison.Ordinal);
        string training = (await CallAsync(page, "GET", "api/runs")).GetProperty("runs")[0].GetProperty("id").GetString()!;
        await CallAsync(page, "DELETE", $"api/runs/{training}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove tunes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.Locator("studio-corpora li")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("cut.safetensors")]
    [InlineData("cut.onnx")]
    [InlineData("cut.mag")]
    [InlineData("cut.mid")]
    [InlineData("cut.unheard")]
    public async Task What_is_damaged_is_refused_with_a_sentence_and_leaves_nothing(string name)
    {
        File.WriteAllBytes(Folder.PathTo(name), [.. File.ReadAllBytes(Path.Combine(SharedFolder.RepositoryRoot(), "models", "plain.safetensors"))[..999]]);
        IPage page = await OpenAsync("#shape");
        int nets = (await CallAsync(page, "GET", "api/nets")).GetProperty("nets").GetArrayLength();
        await DropAsync(page, name);
        await Assertions.Expect(Told(page).GetByRole(AriaRole.Alert)).ToContainTextAsync("expected");
        Assert.DoesNotContain("Exception", await Told(page).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(nets, (await CallAsync(page, "GET", "api/nets")).GetProperty("nets").GetArrayLength());

        // The browser notes the answer's status.
        Assert.All(Complaints, complaint => Assert.Contains("400", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Script_in_a_file_s_name_is_text()
    {
        const string Name = "<img src=x onerror=window.harmed=1>.mid";
        File.WriteAllText(Folder.PathTo(Name), "");
        IPage page = await OpenAsync("#shape");
        await DropAsync(page, Name);
        await Assertions.Expect(Told(page)).ToContainTextAsync(Name);
        await page.WaitForTimeoutAsync(500);
        Assert.Null(await page.EvaluateAsync<int?>("window.harmed ?? null"));
    }

    /// <summary>Eight bars of quavers in C major, at random.</summary>
    private static Melody Tune(int number)
    {
        int[] scale = [60, 62, 64, 65, 67, 69, 71, 72];
        RandomSource random = new((ulong)number, "tune");
        return new([.. Enumerable.Range(0, 128).Select(step => step % 2 == 1 ? MelodyEvent.Hold : MelodyEvent.NoteOn(new Pitch(scale[random.Next(scale.Length)])))]);
    }

    private static ILocator Told(IPage page) => page.Locator("studio-drop .told");

    /// <summary>As from a desktop's window of files: the browser itself reads them.</summary>
    private async Task DropAsync(IPage page, string name)
    {
        await Assertions.Expect(page.Locator("studio-drop")).ToBeAttachedAsync();
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        foreach (string type in new[] { "dragEnter", "dragOver", "drop" })
        {
            if (type == "dragOver")
            {
                await Assertions.Expect(page.GetByText("Drop it anywhere")).ToBeVisibleAsync();
            }

            await session.SendAsync("Input.dispatchDragEvent", new()
            {
                ["type"] = type,
                ["x"] = 400,
                ["y"] = 300,
                ["data"] = new { items = Array.Empty<object>(), files = new[] { Folder.PathTo(name) }, dragOperationsMask = 1 },
            });
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
