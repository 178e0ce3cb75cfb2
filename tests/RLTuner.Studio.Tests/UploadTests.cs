using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

public sealed class UploadTests
{
    /// <summary>A tune of eight bars in ABC.</summary>
    private static readonly byte[] Tune = Encoding.UTF8.GetBytes(
        "X:1\nT:A tune\nM:4/4\nL:1/8\nK:C\nCDEF GABc|cBAG FEDC|EGce dBGF|EDCB, C4|CDEF GABc|cBAG FEDC|EGce dBGF|EDCB, C4|\n");

    [Fact]
    public async Task A_net_is_listed_and_tuned()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        string path = folder.PathTo("folk.safetensors");
        NoteRnnFile.Save(ShippedNoteRnn.Load("plain"), path);
        (HttpStatusCode status, JsonElement answer) = await studio.UploadAsync("", ("Folk.safetensors", File.ReadAllBytes(path)));
        Assert.Equal((HttpStatusCode.OK, "net", "folk"), (status, answer.GetProperty("kind").GetString(), answer.GetProperty("id").GetString()));
        Assert.Contains("folk", (await studio.GetAsync("/api/nets")).GetProperty("nets").EnumerateArray().Select(net => net.GetProperty("id").GetString()));
        JsonElement run = await studio.PostAsync("/api/runs", new { net = "folk", settings = new Dictionary<string, string> { ["training-steps"] = "100000000" } });
        Assert.EndsWith("folk.safetensors", run.GetProperty("net").GetString(), StringComparison.Ordinal);
        using HttpResponseMessage gone = await studio.Client.DeleteAsync($"/api/runs/{run.GetProperty("id").GetString()}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.PathTo("studio"), "runs")));
    }

    [Fact]
    public async Task Tunes_become_a_corpus_that_trains_a_net()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        string[] keys = ["CDEF GABc|cBAG FEDC|", "EGce dBGF|EDCB, C4|", "GABc defg|gfed cBAG|", "cegc' bgec|dBGF EDC2|"];
        (string, byte[])[] tunes = [.. keys.Select((bars, i) => ($"tunes/{i}.abc", Encoding.UTF8.GetBytes($"X:1\nT:{i}\nM:4/4\nL:1/8\nK:C\n{bars}{bars}{keys[0]}{bars}\n")))];
        (HttpStatusCode status, JsonElement answer) = await studio.UploadAsync("", [.. tunes, ("tunes/broken.mid", [1, 2, 3])]);
        Assert.Equal((HttpStatusCode.OK, "corpus", "tunes"), (status, answer.GetProperty("kind").GetString(), answer.GetProperty("id").GetString()));
        Assert.Contains("broken.mid", answer.GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
        JsonElement corpus = (await studio.GetAsync("/api/corpora")).GetProperty("corpora")[0];
        Assert.Equal(4, corpus.GetProperty("melodies").GetInt32());
        await studio.PostAsync("/api/trainings", new { corpus = "tunes", title = "Mine", settings = new Dictionary<string, string> { ["epochs"] = "2", ["units"] = "8" } });
        await studio.UntilAsync("tunes-net", run => run.GetProperty("status").GetString() == "done");
        JsonElement detail = await studio.GetAsync("/api/runs/tunes-net");
        Assert.Equal("tunes-net", detail.GetProperty("result").GetString());
        Assert.Equal(2, detail.GetProperty("windows").GetArrayLength());
        Assert.Contains("Mine", (await studio.GetAsync("/api/nets")).GetProperty("nets").EnumerateArray().Select(net => net.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Nets_and_corpora_are_removed_when_nothing_needs_them()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        await studio.UploadAsync("", [.. Enumerable.Range(0, 3).Select(i => ($"tunes/{i}.abc", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Tune).Replace("EGce", $"{"CDE"[i]}Gce", StringComparison.Ordinal))))]);
        Dictionary<string, string> small = new() { ["epochs"] = "2", ["units"] = "8" }, endless = new() { ["epochs"] = "1000000", ["units"] = "8", ["patience"] = "1000000" };
        await studio.PostAsync("/api/trainings", new { corpus = "tunes", title = "Done", settings = small });
        await studio.UntilAsync("tunes-net", job => job.GetProperty("status").GetString() == "done");
        await studio.PostAsync("/api/trainings", new { corpus = "tunes", title = "Learning", settings = endless });
        await studio.UntilAsync("tunes-net-2", job => job.GetProperty("step").GetInt64() > 0);
        string run = (await studio.PostAsync("/api/runs", new { net = "tunes-net", settings = new Dictionary<string, string> { ["training-steps"] = "500", ["preset"] = "paper" } })).GetProperty("id").GetString()!;

        await RefusedAsync("nets/plain", HttpStatusCode.Conflict, "comes with the program");
        await RefusedAsync("nets/tunes-net-2", HttpStatusCode.Conflict, "still learns");
        await RefusedAsync("nets/none", HttpStatusCode.NotFound, "none");
        await RefusedAsync("corpora/tunes", HttpStatusCode.Conflict, "Learning");
        await RefusedAsync("corpora/none", HttpStatusCode.NotFound, "none");

        await DoneAsync("nets/tunes-net");
        await DoneAsync("runs/tunes-net-2");
        await DoneAsync("nets/tunes-net-2");
        await DoneAsync("corpora/tunes");
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.PathTo("studio"), "nets")));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.PathTo("studio"), "corpora")));

        // The run has its own copy of the net.
        await studio.UntilAsync(run, job => job.GetProperty("status").GetString() == "done");

        async Task RefusedAsync(string path, HttpStatusCode status, string why)
        {
            using HttpResponseMessage answer = await studio.Client.DeleteAsync($"/api/{path}", TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(why, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        async Task DoneAsync(string path)
        {
            using HttpResponseMessage answer = await studio.Client.DeleteAsync($"/api/{path}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_run_folder_is_opened_and_reported()
    {
        using TemporaryFolder folder = new();
        string made = folder.PathTo("mine");
        MadeRun.At(made);
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        (string, byte[])[] files = [.. Directory.GetFiles(made, "*", SearchOption.AllDirectories).Select(path => ($"mine/{Path.GetRelativePath(made, path)}", File.ReadAllBytes(path)))];
        (HttpStatusCode status, JsonElement answer) = await studio.UploadAsync("", files);
        Assert.Equal((HttpStatusCode.OK, "run", "mine"), (status, answer.GetProperty("kind").GetString(), answer.GetProperty("id").GetString()));
        await studio.UploadAsync("", files);
        foreach (string address in new[] { "/api/runs/mine/report.html", "/api/compare.html?runs=mine,mine-2" })
        {
            using HttpResponseMessage page = await studio.Client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("sandbox allow-scripts;", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        (status, _) = await studio.UploadAsync("", [.. files.Where(file => !file.Item1.Contains("checkpoints", StringComparison.Ordinal))]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.PathTo("studio"), "uploads")));
    }

    [Fact]
    public async Task A_melody_is_shown_whatever_its_title_says()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        (HttpStatusCode status, JsonElement answer) = await studio.UploadAsync("?as=melody", ("onload=alert(1).abc", Tune));
        Assert.Equal(HttpStatusCode.OK, status);
        JsonElement melody = answer.GetProperty("melodies")[0];
        Assert.Equal(128, melody.GetProperty("events").GetArrayLength());
        Assert.Equal(60, melody.GetProperty("events")[0].GetInt32());
        JsonElement run = await studio.PostAsync("/api/runs", new { title = "<script>alert(1)</script>\u001b[2J", settings = new Dictionary<string, string> { ["training-steps"] = "100000000" } });
        Assert.Equal("<script>alert(1)</script>\\u001B[2J", run.GetProperty("title").GetString());
        string raw = await studio.Client.GetStringAsync("/api/runs", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script>", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../net.safetensors")]
    [InlineData("/etc/net.safetensors")]
    [InlineData("a/../../net.safetensors")]
    [InlineData("..\\net.safetensors")]
    [InlineData("C:/net.safetensors")]
    [InlineData("a//net.safetensors")]
    [InlineData("con.safetensors")]
    [InlineData("<script>.safetensors")]
    [InlineData("ends in a dot.")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        (HttpStatusCode status, JsonElement answer) = await studio.UploadAsync("", (name, Tune));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("expected a relative name", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_of_each_kind_are_told_in_one_sentence_without_the_studios_paths()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        byte[] noise = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 37))];
        foreach (string name in new[] { "a.safetensors", "a.mag", "a.onnx", "a.corpus", "a.mid", "a.musicxml", "a.abc", "a.zip", "a.jsonl", "a", "run/options.json" })
        {
            (HttpStatusCode status, JsonElement answer) = await studio.UploadAsync("", (name, noise));
            string error = answer.GetProperty("error").GetString()!;
            Assert.Equal((HttpStatusCode.BadRequest, name), (status, name));
            Assert.DoesNotContain(folder.Path, error, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error);
            Assert.Contains("expected", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_much_is_refused_said_or_not_and_so_is_what_comes_too_slowly()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder, options => options with { MostUploadBytes = 1 << 20, Patience = TimeSpan.FromSeconds(1.5) });
        const string Form = "POST /api/uploads HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b";
        Assert.Contains(" 413 ", await studio.SendAsync($"{Form}\r\nContent-Length: {2L << 30}"), StringComparison.Ordinal);
        Assert.Contains(" 413 ", await studio.SendAsync($"{Form}\r\nTransfer-Encoding: chunked", Endless), StringComparison.Ordinal);
        Assert.DoesNotContain(" 200 ", await studio.SendAsync($"{Form}\r\nContent-Length: 100000", async stream => await stream.WriteAsync("--b\r\n"u8.ToArray())), StringComparison.Ordinal);
        using HttpResponseMessage large = await studio.Client.PostAsJsonAsync("/api/runs", new { title = new string('a', 5 << 20) }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        string uploads = Path.Combine(folder.PathTo("studio"), "uploads");
        for (int tries = 0; tries < 100 && Directory.GetFileSystemEntries(uploads).Length > 0; tries++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Empty(Directory.GetFileSystemEntries(uploads));
    }

    private static async Task Endless(NetworkStream stream)
    {
        byte[] head = Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.mid\"\r\n\r\n");
        byte[] chunk = new byte[1 << 16];
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head.Length:x}\r\n").Concat(head).Concat("\r\n"u8.ToArray()).ToArray());
            for (int i = 0; i < 4096; i++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n").Concat(chunk).Concat("\r\n"u8.ToArray()).ToArray());
            }
        }
        catch (IOException)
        {
            // The studio has heard enough.
        }
    }
}
