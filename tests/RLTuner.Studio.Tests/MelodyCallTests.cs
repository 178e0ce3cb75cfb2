using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

/// <summary>Melodies in, out, judged and changed, as a page asks for them.</summary>
public sealed class MelodyCallTests
{
    private static readonly int[] Tune = [60, -2, 62, -2, 64, -2, 65, -2, 67, -2, -2, -2, 67, -2, -2, -2, 69, -2, 67, -2, 65, -2, 64, -2, 62, -2, -2, -2, 60, -2, -2, -2];

    [Fact]
    public async Task Melodies_come_in_the_key_and_metre_asked_for_the_same_for_a_seed_and_go_on_from_an_opening()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        JsonElement answer = await studio.PostAsync("/api/melodies", new { source = new { net = "shipped" }, count = 3, seed = 5, length = 24, key = "D major", timeSignature = "3/4" });
        JsonElement[] melodies = [.. answer.GetProperty("melodies").EnumerateArray()];
        Assert.Equal(3, melodies.Length);
        Assert.All(melodies, melody =>
        {
            Melody events = MagentaMelody.Of(EventsOf(melody));
            Assert.Equal(24, events.Events.Length);
            Assert.Equal("D major", melody.GetProperty("key").GetString());
            Assert.Contains("M:3/4", melody.GetProperty("abc").GetString(), StringComparison.Ordinal);
            Assert.Equal(events.Notes().Select(note => (note.Start, note.Length, note.Pitch.MidiNumber)), melody.GetProperty("notes").EnumerateArray()
                .Select(note => (note.GetProperty("step").GetInt32(), note.GetProperty("steps").GetInt32(), note.GetProperty("pitch").GetInt32())));
        });
        JsonElement again = await studio.PostAsync("/api/melodies", new { source = new { net = "shipped" }, count = 1, seed = 5, length = 24, key = "C major", timeSignature = "3/4" });
        Assert.Equal(EventsOf(melodies[0]).Select(number => number < 0 ? number : number - 2), EventsOf(again.GetProperty("melodies")[0]));

        JsonElement on = await studio.PostAsync("/api/melodies", new { source = new { net = "plain" }, opening = Tune, length = 48, key = "C major", timeSignature = "4/4" });
        Assert.Equal(Tune, EventsOf(on.GetProperty("melodies")[0])[..32]);
        Assert.Equal(32, on.GetProperty("melodies")[0].GetProperty("given").GetInt32());
        JsonElement more = (await studio.PostAsync("/api/continue", new { events = Tune[..30], bars = 2, source = new { net = "shipped" }, seed = 1, key = "C major", timeSignature = "4/4" })).GetProperty("melody");
        Assert.Equal(64, EventsOf(more).Length);
        Assert.Equal(Tune[..30], EventsOf(more)[..30]);
    }

    [Fact]
    public async Task Bars_that_are_kept_stay_and_the_others_are_new()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        int[][] found = new int[3][];
        for (int seed = 1; seed <= 3; seed++)
        {
            JsonElement answer = await studio.PostAsync("/api/recompose", new { events = Tune, keep = new[] { true, false }, source = new { net = "shipped" }, seed, key = "C major", timeSignature = "4/4" });
            found[seed - 1] = EventsOf(answer.GetProperty("melody"));
            Assert.Equal(Tune[..16], found[seed - 1][..16]);
            Assert.Equal(1, answer.GetProperty("tries").GetInt32());
        }

        Assert.NotEqual(found[0], found[1]);
        JsonElement first = await studio.PostAsync("/api/recompose", new { events = Tune, keep = new[] { false, true }, source = new { net = "shipped" }, seed = 1, key = "C major", timeSignature = "4/4" });
        Assert.Equal(Tune[16..], EventsOf(first.GetProperty("melody"))[16..]);
        Assert.InRange(first.GetProperty("accepted").GetInt32(), 1, first.GetProperty("tries").GetInt32());
    }

    [Fact]
    public async Task Each_step_is_explained_and_expected()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        JsonElement answer = await studio.PostAsync("/api/explain", new
        {
            events = Tune,
            key = "C major",
            timeSignature = "4/4",
            ruleSet = "musical",
            rules = new Dictionary<string, double> { ["key"] = 2, ["loop"] = 0 },
            source = new { net = "shipped" },
        });
        JsonElement[] steps = [.. answer.GetProperty("steps").EnumerateArray()];
        Assert.Equal(32, steps.Length);
        double sum = answer.GetProperty("sum").GetDouble();
        Assert.Equal(sum, steps.Sum(step => step.GetProperty("total").GetDouble()), 9);
        Assert.Equal(sum, answer.GetProperty("sums").EnumerateObject().Sum(rule => rule.Value.GetDouble()), 9);
        Assert.Equal(0, answer.GetProperty("sums").GetProperty("loop").GetDouble());
        Assert.Contains(steps.SelectMany(step => step.GetProperty("rules").EnumerateArray()), rule => rule.GetProperty("why").GetString()!.Length > 10);
        JsonElement expected = await studio.PostAsync("/api/expectations", new { source = new { net = "shipped" }, events = Tune, key = "C major", timeSignature = "4/4" });
        int[] events = [.. expected.GetProperty("events").EnumerateArray().Select(number => number.GetInt32())];
        Assert.Equal([-2, -1, 48], events[..3]);
        foreach ((int step, JsonElement one) in expected.GetProperty("steps").EnumerateArray().Index())
        {
            double[] p = [.. one.GetProperty("p").EnumerateArray().Select(value => value.GetDouble())];
            Assert.Equal(1, p.Sum(), 2);
            int played = one.GetProperty("played").GetInt32();
            Assert.Equal(Tune[step], events[played]);
            Assert.Equal(p[played], steps[step].GetProperty("p").GetDouble(), 0.001);
            Assert.Equal(p.Max(), steps[step].GetProperty("likely")[0].GetProperty("p").GetDouble(), 0.001);
        }
    }

    [Fact]
    public async Task Every_rule_is_to_be_heard_and_histograms_are_shares()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        foreach (string set in new[] { "musical", "theory", "magenta" })
        {
            JsonElement rules = (await studio.GetAsync($"/api/rules?set={set}&key=G%20major&timeSignature=4/4")).GetProperty("rules");
            Assert.InRange(rules.GetArrayLength(), 9, 12);
            foreach (JsonElement rule in rules.EnumerateArray())
            {
                string name = rule.GetProperty("name").GetString()!;
                Assert.True(rule.GetProperty("meaning").GetString()!.Length > 5);
                Assert.True(await SumAsync(rule.GetProperty("liked"), name) > await SumAsync(rule.GetProperty("disliked"), name), $"{set} {name}");
            }

            async Task<double> SumAsync(JsonElement melody, string rule) => (await studio.PostAsync("/api/explain", new
            {
                events = EventsOf(melody),
                key = melody.GetProperty("key").GetString(),
                timeSignature = "4/4",
                ruleSet = set,
            })).GetProperty("sums").GetProperty(rule).GetDouble();
        }

        JsonElement histograms = (await studio.PostAsync("/api/histograms", new { source = new { net = "shipped" }, count = 50 })).GetProperty("histograms");
        Assert.Equal(5, histograms.GetArrayLength());
        Assert.All(histograms.EnumerateArray().Take(4), histogram =>
        {
            Assert.Equal(1, histogram.GetProperty("now").EnumerateArray().Sum(share => share.GetDouble()), 6);
            Assert.Equal(1, histogram.GetProperty("corpus").EnumerateArray().Sum(share => share.GetDouble()), 6);
            Assert.Equal(histogram.GetProperty("labels").GetArrayLength(), histogram.GetProperty("now").GetArrayLength());
        });
    }

    [Theory]
    [InlineData("midi", "my-tune-1.mid", "MThd")]
    [InlineData("musicxml", "my-tune-1.musicxml", "<?xml")]
    [InlineData("abc", "my-tune-1.abc", "%abc")]
    [InlineData("wav", "my-tune-1.wav", "RIFF")]
    public async Task A_melody_becomes_a_file(string format, string name, string start)
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using HttpResponseMessage response = await studio.Client.PostAsJsonAsync("/api/export", new { events = Tune, key = "C major", timeSignature = "4/4", title = "../My <tune> 1", format, tempo = 96, instrument = 73, transpose = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(name, response.Content.Headers.ContentDisposition.FileName);
        byte[] content = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(start, Encoding.Latin1.GetString(content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("melodies", """{"count":201}""", "count")]
    [InlineData("melodies", """{"count":200,"length":2048}""", "count")]
    [InlineData("melodies", """{"length":2049}""", "length")]
    [InlineData("melodies", """{"opening":[60,-2],"length":2}""", "length")]
    [InlineData("melodies", """{"opening":[128]}""", "128")]
    [InlineData("melodies", """{"key":"H major"}""", "key")]
    [InlineData("melodies", """{"temperature":0}""", "temperature")]
    [InlineData("melodies", """{"source":{"net":"../../etc/passwd"}}""", "net")]
    [InlineData("melodies", """{"source":{"run":"../nets"}}""", "run")]
    [InlineData("explain", """{"events":[]}""", "events")]
    [InlineData("explain", """{"events":[60],"ruleSet":"other"}""", "ruleSet")]
    [InlineData("explain", """{"events":[60],"rules":{"nothing":1}}""", "nothing")]
    [InlineData("explain", """{"events":[100],"ruleSet":"magenta"}""", "E7")]
    [InlineData("expectations", """{"events":[100]}""", "pitches")]
    [InlineData("recompose", """{"events":[60,-2],"keep":[true,false]}""", "keep")]
    [InlineData("continue", """{"events":[60,-2],"bars":65}""", "bars")]
    [InlineData("export", """{"events":[60],"format":"exe"}""", "format")]
    [InlineData("export", """{"events":[60],"format":"midi","tempo":1}""", "tempo")]
    [InlineData("export", """{"events":[127],"format":"midi","transpose":1}""", "127")]
    [InlineData("pairs", """{"a":"tune","b":7}""", "b:")]
    [InlineData("pairs/0123", """{"choice":"both"}""", "choice")]
    public async Task What_is_out_of_bounds_is_refused_in_a_sentence(string call, string body, string word)
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await studio.Client.PostAsync($"/api/{call}", content, TestContext.Current.CancellationToken);
        Assert.InRange((int)response.StatusCode, 400, 404);
        string error = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString()!;
        Assert.Contains(word, error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
    }

    private static int[] EventsOf(JsonElement melody) => [.. melody.GetProperty("events").EnumerateArray().Select(number => number.GetInt32())];
}
