using Microsoft.Playwright;

namespace RLTuner.Studio.Tests.Browsing;

[Trait("Category", "Long")]
public sealed class WorkPageTests : PageTest
{
    [Fact]
    public async Task Bars_that_are_kept_stay_and_others_are_composed_anew()
    {
        IPage page = await OpenAsync("#work");
        int[] before = await EventsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep bar 2" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compose anew" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Composed anew; the best fit")).ToBeVisibleAsync();
        int[] anew = await EventsAsync(page);
        Assert.Equal(before[..16], anew[..16]);
        Assert.Equal(before[32..], anew[32..]);
        Assert.NotEqual(before[16..32], anew[16..32]);

        await page.Keyboard.PressAsync("Control+z");
        Assert.Equal(before, await EventsAsync(page));
        await page.Keyboard.PressAsync("Control+Shift+Z");
        Assert.Equal(anew, await EventsAsync(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "Go on for two bars" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Two bars more.")).ToBeVisibleAsync();
        int[] longer = await EventsAsync(page);
        Assert.Equal(anew.Length + 32, longer.Length);
        Assert.Equal(anew, longer[..anew.Length]);
        Assert.Empty(Complaints);
    }

    [Theory]
    [InlineData("MusicXML", ".musicxml", "<score-partwise")]
    [InlineData("ABC", ".abc", "K:C")]
    [InlineData("WAV", ".wav", "RIFF")]
    public async Task The_melody_is_taken_away_in_each_form(string name, string ending, string holds)
    {
        IPage page = await OpenAsync("#work");
        await page.GetByLabel("Title").FillAsync("<b>Morning</b> / ../évening");
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync());
        Assert.EndsWith(ending, file.SuggestedFilename, StringComparison.Ordinal);
        Assert.DoesNotContain('/', file.SuggestedFilename);
        Assert.Contains(holds, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await file.PathAsync(), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Empty(Complaints);
    }

    private static Task<int[]> EventsAsync(IPage page) => page.Locator("studio-work studio-melody").EvaluateAsync<int[]>("one => one.melody.events");
}
