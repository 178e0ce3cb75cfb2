using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Ratings;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

/// <summary>Pairs are rated blind, and the ratings fit rules.</summary>
public sealed class RatingCallTests
{
    private static readonly string[] Shape = ["events", "key", "timeSignature", "title", "abc", "notes", "given"];

    [Fact]
    public async Task A_pair_tells_nothing_until_it_is_rated_and_is_rated_once()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        SaveTunes(folder.PathTo("studio/corpora/folk.corpus"));
        Dictionary<string, int> firsts = [];
        for (int i = 0; i < 20; i++)
        {
            JsonElement pair = await studio.PostAsync("/api/pairs", new { a = "tune", b = new { net = "plain" }, key = "G major" });
            JsonElement first = pair.GetProperty("first"), second = pair.GetProperty("second");
            Assert.Equal(Shape, first.EnumerateObject().Select(field => field.Name));
            foreach (string same in new[] { "key", "timeSignature", "given" })
            {
                Assert.Equal(first.GetProperty(same).GetRawText(), second.GetProperty(same).GetRawText());
            }

            Assert.Equal(Head(first).Replace("First", "", StringComparison.Ordinal), Head(second).Replace("Second", "", StringComparison.Ordinal));
            Assert.Equal(first.GetProperty("events").GetArrayLength(), second.GetProperty("events").GetArrayLength());
            string id = pair.GetProperty("id").GetString()!;
            Assert.Matches("^[a-z0-9][a-z0-9-]{0,63}$", id);
            JsonElement told = await studio.PostAsync($"/api/pairs/{id}", new { choice = i % 2 == 0 ? "first" : "same" });
            Assert.Equal(["net plain", "tune folk"], new[] { told.GetProperty("first").GetString()!, told.GetProperty("second").GetString()! }.Order());
            Assert.Equal(i + 1, told.GetProperty("rated").GetInt32());
            string what = told.GetProperty("first").GetString()!;
            firsts[what] = firsts.GetValueOrDefault(what) + 1;
            using HttpResponseMessage again = await studio.Client.PostAsJsonAsync($"/api/pairs/{id}", new { choice = "first" }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        }

        // One order of twenty is left out twice in a million.
        Assert.Equal(2, firsts.Count);
        JsonElement ratings = await studio.GetAsync("/api/ratings");
        JsonElement compared = Assert.Single(ratings.GetProperty("comparisons").EnumerateArray());
        Assert.Equal(20, ratings.GetProperty("rated").GetInt32());
        Assert.Equal(10, compared.GetProperty("ties").GetInt32());
        Assert.Equal(10, compared.GetProperty("wins").GetInt32() + compared.GetProperty("losses").GetInt32());
        Assert.InRange(compared.GetProperty("rate").GetDouble(), compared.GetProperty("low").GetDouble(), compared.GetProperty("high").GetDouble());
        RatingsFile file = RatingsFile.Read(folder.PathTo("studio/ratings.jsonl"));
        Assert.Equal(20, file.Ratings.Length);
        Assert.Empty(file.Damaged);
        Assert.Equal("G major", file.Ratings[0].Key.ToString());

        JsonElement fit = await studio.PostAsync("/api/ratings/fit", new { });
        Assert.Equal(12, fit.GetProperty("rules").GetArrayLength());
        Assert.Equal(20, fit.GetProperty("ratings").GetInt32());
    }

    [Fact]
    public async Task A_run_is_heard_before_on_its_way_and_after_in_its_key_and_metre()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        await studio.PostAsync("/api/runs", new
        {
            key = "G major",
            timeSignature = "3/4",
            settings = new Dictionary<string, string>
            {
                ["training-steps"] = "1200",
                ["num-notes-in-melody"] = "24",
                ["output-every-nth"] = "300",
                ["evaluation-melodies"] = "4",
                ["batch-melodies"] = "4",
            },
        });
        await studio.UntilAsync("pg-1", run => run.GetProperty("status").GetString() == "done");
        int[] steps = [.. (await studio.GetAsync("/api/runs/pg-1")).GetProperty("nets").EnumerateArray().Select(step => step.GetInt32())];
        foreach ((object at, string what) in new (object, string)[] { ("before", "before pg-1"), (steps[1], $"pg-1 at {steps[1]}"), ("now", "after pg-1"), (steps[^1], "after pg-1") })
        {
            JsonElement pair = await studio.PostAsync("/api/pairs", new { a = new { run = "pg-1", at }, b = new { net = "plain" } });
            foreach (string place in new[] { "first", "second" })
            {
                Assert.Equal("G major", pair.GetProperty(place).GetProperty("key").GetString());
                Assert.Equal("3/4", pair.GetProperty(place).GetProperty("timeSignature").GetString());
                Assert.Equal(24, pair.GetProperty(place).GetProperty("events").GetArrayLength());
            }

            JsonElement told = await studio.PostAsync($"/api/pairs/{pair.GetProperty("id").GetString()}", new { choice = "second" });
            Assert.Contains(what, new[] { told.GetProperty("first").GetString(), told.GetProperty("second").GetString() });
        }

        string before = await EventsAsync("before"), now = await EventsAsync("now");
        Assert.NotEqual(before, now);
        Assert.Equal(now, await EventsAsync(steps[^1]));

        async Task<string> EventsAsync(object at) =>
            (await studio.PostAsync("/api/melodies", new { source = new { run = "pg-1", at }, count = 20, seed = 2 })).GetProperty("melodies").EnumerateArray()
                .Aggregate("", (text, melody) => text + melody.GetProperty("events").GetRawText());
    }

    [Fact]
    public async Task What_cannot_be_rated_or_fitted_yet_is_told()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using HttpResponseMessage noTune = await studio.Client.PostAsJsonAsync("/api/pairs", new { a = "tune", b = new { net = "plain" } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, noTune.StatusCode);
        using HttpResponseMessage noRating = await studio.Client.PostAsJsonAsync("/api/ratings/fit", new { ruleSet = "musical" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, noRating.StatusCode);
        Assert.Equal(0, (await studio.GetAsync("/api/ratings")).GetProperty("rated").GetInt32());
    }

    /// <summary>The head of the notation.</summary>
    private static string Head(JsonElement melody) => melody.GetProperty("abc").GetString()!.Split("K:")[0];

    private static void SaveTunes(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        CorpusMelody[] tunes = [.. Enumerable.Range(0, 20).Select(number => new CorpusMelody(
            $"tune {number}",
            new Melody([.. Enumerable.Range(0, 64).Select(step => step % 4 == 0 ? MelodyEvent.NoteOn(new Pitch(60 + ((number + step) % 12))) : MelodyEvent.Hold)])))];
        CorpusFile.Save(new MelodyCorpus { Encoding = MelodyEncoding.Default, Training = [.. tunes] }, path);
    }
}
