using Microsoft.Playwright;

namespace RLTuner.Studio.Tests.Browsing;

[Trait("Category", "Long")]
public sealed class ComparePageTests : PageTest
{
    [Fact]
    public async Task Two_runs_stand_side_by_side_and_their_report_is_taken_away()
    {
        IPage page = await OpenAsync("#compare");
        List<string> ids = [];
        foreach ((string title, string distance) in new[] { ("Near", "2"), ("Far", "32") })
        {
            string run = await TuneAsync(page, new { title, settings = new Dictionary<string, string> { ["training-steps"] = "30000", ["target-kl"] = distance } });
            ids.Add(run);
            await UntilAsync(page, run, detail => StatusOf(detail) == "done");
            await page.GetByRole(AriaRole.Checkbox, new() { Name = title }).CheckAsync();
        }

        ILocator table = page.GetByRole(AriaRole.Region, new() { Name = "Side by side" });
        await Assertions.Expect(table.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["figure", "untuned", "Near", "Far"]);
        await Assertions.Expect(table.GetByRole(AriaRole.Row, new() { Name = "Distance, KL in nats a note" })).ToContainTextAsync("to");
        await Assertions.Expect(page.Locator("studio-frontier .mark")).ToHaveCountAsync(2);

        IDownload report = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download it" }).ClickAsync());
        string html = File.ReadAllText(await report.PathAsync());
        Assert.All(ids, id => Assert.Contains(id, html, StringComparison.Ordinal));
        IPage opened = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Open the comparison" }).ClickAsync());
        await Assertions.Expect(opened.GetByRole(AriaRole.Heading, new() { Name = "Runs compared" })).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }
}
