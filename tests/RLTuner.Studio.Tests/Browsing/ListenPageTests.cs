using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Studio.Tests.Browsing;

/// <summary>The way of someone who has read nothing: hear, tune, hear again, take it away.</summary>
[Trait("Category", "Long")]
public sealed class ListenPageTests(ITestOutputHelper output) : PageTest
{
    [Fact]
    public async Task A_newcomer_tunes_and_takes_a_MIDI_file_of_the_tuned_net_away()
    {
        IPage page = await OpenAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play After" }).ClickAsync();
        await WhenAsync(page, "studio.player.melody && studio.player.position(studio.player.melody) > 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop After" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Tune", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Another opening" })).ToBeVisibleAsync();
        ILocator after = page.Locator("studio-listen .pair section").Nth(1);
        await Assertions.Expect(after.GetByText(new Regex("^After [0-9,]+ notes of tuning"))).ToBeVisibleAsync(new() { Timeout = 60_000 });

        // Both begin with the same bar.
        string[] openings = await page.Locator("studio-listen studio-melody").EvaluateAllAsync<string[]>("all => all.map(one => one.melody.events.slice(0, one.melody.given).join())");
        Assert.Equal(2, openings.Length);
        Assert.NotEmpty(openings[0]);
        Assert.Equal(openings[0], openings[1]);

        // A note that is pointed at is explained.
        await after.Locator("studio-roll .note").Last.HoverAsync();
        await Assertions.Expect(after.Locator("studio-why")).ToContainTextAsync("the rules give");

        await page.GetByRole(AriaRole.Button, new() { Name = "Work on it: After" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Work on a melody" })).ToBeVisibleAsync();
        int[] pitches = await page.Locator("studio-work studio-melody").EvaluateAsync<int[]>("one => one.melody.notes.map(note => note.pitch)");
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "MIDI" }).ClickAsync());
        Assert.EndsWith(".mid", file.SuggestedFilename, StringComparison.Ordinal);
        Score score = MidiReader.Read(await file.PathAsync());
        Assert.Equal(pitches, score.Notes.Select(note => note.Pitch.MidiNumber));
        Assert.Empty(Complaints);
        Assert.All(Requests, request => Assert.StartsWith(Studio.Address.GetLeftPart(UriPartial.Authority) + "/", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("piano")]
    [InlineData("guitar")]
    [InlineData("bells")]
    [InlineData("flute")]
    [InlineData("strings")]
    public async Task Every_note_is_heard_where_the_cursor_stands(string voice)
    {
        IPage page = await OpenAsync("");

        // Of each note the loudness of its own pitch, in windows about each millisecond: it rises most where the note begins. Looked for from the note before to the note after.
        double[][] heard = await page.EvaluateAsync<double[][]>("""
            async voice => {
              studio.player.voiceName = voice;
              const { samples, rate, notes } = await studio.player.render(studio.example.after);
              const each = rate / 1000, places = notes.map(note => note.cursor * 1000);
              const loudness = pitch => {
                const turn = 2 * Math.PI * 440 * 2 ** ((pitch - 69) / 12) / rate, cos = new Float64Array(samples.length + 1), sin = new Float64Array(samples.length + 1);
                samples.forEach((x, i) => { cos[i + 1] = cos[i] + x * Math.cos(turn * i); sin[i + 1] = sin[i] + x * Math.sin(turn * i); });
                return (from, to) => {
                  const a = Math.max(0, Math.round(from * each)), b = Math.min(samples.length, Math.round(to * each));
                  return Math.hypot(cos[b] - cos[a], sin[b] - sin[a]) / (b - a);
                };
              };
              const width = 16;
              return [places, notes.map((note, i) => {
                const loud = loudness(note.pitch), first = Math.floor(i > 0 ? (places[i - 1] + places[i]) / 2 : 0), last = i + 1 < places.length ? (places[i] + places[i + 1]) / 2 : places[i] + 100;
                let best = first, most = -Infinity;
                for (let at = first; at <= last; at++) {
                  const rise = loud(at, at + width) - loud(at - width, at);
                  if (rise > most) [best, most] = [at, rise];
                }
                return best;
              })];
            }
            """, voice);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{voice}: {heard[0].Zip(heard[1], (cursor, sound) => Math.Abs(sound - cursor)).Max():F1} ms at most"));
        Assert.Equal(18, heard[0].Length);
        Assert.All(heard[0].Zip(heard[1]), pair => Assert.InRange(pair.Second - pair.First, -10, 10));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task The_keyboard_plays_and_goes_through_the_notes()
    {
        IPage page = await OpenAsync("");
        await page.Keyboard.PressAsync("Space");
        await WhenAsync(page, "studio.player.melody === studio.example.after && studio.player.position(studio.example.after) > 0");
        await page.Keyboard.PressAsync("Space");
        await WhenAsync(page, "studio.player.melody === null");

        ILocator roll = page.GetByRole(AriaRole.Slider, new() { Name = "Before" });
        await roll.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(roll).ToHaveAttributeAsync("aria-valuetext", "Bar 1, beat 1: C4");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(roll).ToHaveAttributeAsync("aria-valuetext", "Bar 1, beat 1: C4 goes on");
        await page.Keyboard.PressAsync("PageDown");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(roll).ToHaveAttributeAsync("aria-valuetext", "Bar 2, beat 1: D4");

        // From there, by the keyboard: the loop of a bar never ends.
        await page.Keyboard.PressAsync("Enter");
        await WhenAsync(page, "studio.player.position(studio.example.before) > 16");
        await page.GetByLabel("Loop").SelectOptionAsync("1");
        await WhenAsync(page, "studio.player.loop?.from === 16");
        await page.WaitForTimeoutAsync(3000);
        Assert.InRange(await page.EvaluateAsync<double>("studio.player.position(studio.example.before)"), 16, 32);
        Assert.Empty(Complaints);
    }
}
