using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.Reports.Tracking;
using RLTuner.Runs;
using RLTuner.Studio.Tests.Browsing;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

public sealed class RunTests
{
    /// <summary>Small enough for a quick test, and long enough to be stopped on the way.</summary>
    private static readonly Dictionary<string, string> Small = new()
    {
        ["training-steps"] = "160000",
        ["output-every-nth"] = "20000",
        ["num-notes-in-melody"] = "8",
        ["seed"] = "3",
    };

    [Fact]
    public async Task A_run_that_is_paused_killed_and_closed_on_the_way_ends_in_the_bytes_of_the_library()
    {
        using TemporaryFolder folder = new();
        using (StudioProcess killed = await StudioProcess.StartAsync(folder.PathTo("studio")))
        await using (OpenStudio studio = OpenStudio.At(killed.Address))
        {
            JsonElement run = await studio.PostAsync("/api/runs", new { title = "first", settings = Small });
            Assert.Equal("pg-1", run.GetProperty("id").GetString());
            await studio.UntilAsync("pg-1", summary => summary.GetProperty("step").GetInt64() > 0);
            await studio.PostAsync("/api/runs/pg-1/pause", new { });
            await studio.UntilAsync("pg-1", summary => summary.GetProperty("status").GetString() == "paused");
            JsonElement resumed = await studio.PostAsync("/api/runs/pg-1/resume", new { });
            await studio.UntilAsync("pg-1", summary => summary.GetProperty("step").GetInt64() > resumed.GetProperty("step").GetInt64());
            killed.Kill();
        }

        await using (OpenStudio studio = await OpenStudio.StartAsync(folder))
        {
            await studio.UntilAsync("pg-1", summary => summary.GetProperty("status").GetString() == "running");
        }

        await using (OpenStudio studio = await OpenStudio.StartAsync(folder))
        {
            await studio.UntilAsync("pg-1", summary => summary.GetProperty("status").GetString() == "done");
            JsonElement detail = await studio.GetAsync("/api/runs/pg-1");
            Assert.Equal("first", detail.GetProperty("title").GetString());
            Assert.Equal(8, detail.GetProperty("windows").GetArrayLength());
            Assert.Equal(10, detail.GetProperty("after").GetArrayLength());
            Assert.Equal(9, detail.GetProperty("nets").GetArrayLength());
            Assert.Contains("pg-1", (await studio.GetAsync("/api/nets")).GetProperty("nets").EnumerateArray().Select(net => net.GetProperty("id").GetString()));
        }

        string path = folder.PathTo("plain");
        NoteRnnModel net = ShippedNoteRnn.Load();
        RunPlan plan = new RunMaker(_ => net).Make(Small.Append(new("note-rnn", "shipped")));
        using (RunSession session = RunSession.Start(plan, net, path, new RunEnvironment()))
        {
            session.Run(RunTracking.Of(session, _ => { }), TestContext.Current.CancellationToken);
            RunTracking.Finish(session.Folder, draws: false);
        }

        string[] names = [.. new[] { "options.json", "progress.jsonl", "metrics.json", "melodies/after.jsonl", "rewards.npz" }
            .Concat(Directory.GetFiles(Path.Combine(path, "checkpoints")).Select(file => Path.GetRelativePath(path, file)))];
        Assert.Equal(5 + 9, names.Length);
        Assert.All(names, name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(path, name)), File.ReadAllBytes(Path.Combine(folder.PathTo("studio"), "runs", "pg-1", name))));
    }

    [Fact]
    public async Task Of_very_many_windows_some_are_shown()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("studio/runs/long");
        Directory.CreateDirectory(folder.PathTo("studio/runs"));
        MadeRun.At(path);
        string progress = Path.Combine(path, "progress.jsonl"), line = File.ReadLines(progress).Last();
        File.WriteAllLines(progress, Enumerable.Range(1, 9999).Select(step => line.Replace("\"step\":500", $"\"step\":{step}", StringComparison.Ordinal)));
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        long[] steps = [.. (await studio.GetAsync("/api/runs/long")).GetProperty("windows").EnumerateArray().Select(window => window.GetProperty("step").GetInt64())];
        Assert.Equal((1000, 1, 9999), (steps.Length, steps[0], steps[^1]));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 9, 12));
    }

    [Fact]
    public async Task Rules_that_a_run_leaves_out_weigh_nothing()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        Dictionary<string, string> settings = new() { ["training-steps"] = "500", ["preset"] = "paper", ["reward-mode"] = "music-theory-basic" };
        string id = (await studio.PostAsync("/api/runs", new { settings })).GetProperty("id").GetString()!;
        JsonElement rules = (await studio.GetAsync($"/api/runs/{id}")).GetProperty("rules");
        Assert.Equal((9, 3.0), (rules.EnumerateObject().Count(), rules.EnumerateObject().Sum(rule => rule.Value.GetDouble())));
    }

    [Fact]
    public async Task What_the_library_refuses_is_refused_in_its_words_and_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        foreach ((object body, string words) in new (object, string)[]
        {
            (new { settings = new { training_steps = "1" } }, "training_steps"),
            (new { settings = new Dictionary<string, string> { ["training-steps"] = "0" } }, "training-steps: expected a whole number from 1"),
            (new { key = "H major" }, "expected a key such as"),
            (new { settings = new Dictionary<string, string> { ["midi-primer"] = "/etc/passwd" } }, "midi-primer: expected no file here"),
            (new { settings = new Dictionary<string, string> { ["training-data-path"] = "../tunes.corpus" } }, "training-data-path: expected no file here"),
            (new { settings = new Dictionary<string, string> { ["priming-mode"] = "single-midi" } }, "expected a file by midi-primer"),
            (new { net = "../../etc/passwd" }, "../../etc/passwd"),
            (new { rules = new { nothing = 1 } }, "nothing"),
            (new { preset = "theirs" }, "expected musical, paper, magenta"),
            (new { title = 7 }, "title"),
        })
        {
            using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("/api/runs", body, TestContext.Current.CancellationToken);
            string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{answer.StatusCode}: {text}");
            Assert.Contains(words, JsonDocument.Parse(text).RootElement.GetProperty("error").GetString()!, StringComparison.OrdinalIgnoreCase);
        }

        Assert.False(Directory.Exists(Path.Combine(folder.PathTo("studio"), "runs")));
    }
}
