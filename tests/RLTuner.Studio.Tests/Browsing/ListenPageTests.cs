using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Studio.Tests.Browsing;

/// <summary>The way of someone who has read nothing: hear, tune, hear again, take it away.</summary>
[Trait("Category", "Long")]
public sealed class ListenPageTests : PageTest
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

    [Fact]
    public async Task Every_note_is_heard_where_the_cursor_stands()
    {
        IPage page = await OpenAsync("");
        foreach (string voice in new[] { "piano", "guitar", "flute" })
        {
            // The loudness of each millisecond rises most where a note begins: the middle of its attack.
            double[][] heard = await page.EvaluateAsync<double[][]>("""
                async voice => {
                  studio.player.voiceName = voice;
                  const { samples, rate, notes } = await studio.player.render(studio.example.after);
                  const each = rate / 1000;
                  const loud = Array.from({ length: Math.floor(samples.length / each) }, (_, i) =>
                    Math.sqrt(samples.slice(i * each, (i + 1) * each).reduce((sum, x) => sum + x * x, 0) / each));
                  const mean = (from, to) => loud.slice(Math.max(0, from), to).reduce((sum, x) => sum + x, 0) / (to - from);
                  const rise = loud.map((_, i) => mean(i, i + 12) - mean(i - 12, i)), most = Math.max(...rise);
                  const begins = rise.flatMap((x, i) => x > 0.15 * most && x === Math.max(...rise.slice(Math.max(0, i - 40), i + 41)) ? [i] : []);
                  return [notes.map(note => note.cursor * 1000), begins];
                }
                """, voice);
            Assert.Equal(18, heard[0].Length);
            Assert.Equal(heard[0].Length, heard[1].Length);
            Assert.All(heard[0].Zip(heard[1]), pair => Assert.InRange(pair.Second - pair.First, -10, 10));
        }

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
