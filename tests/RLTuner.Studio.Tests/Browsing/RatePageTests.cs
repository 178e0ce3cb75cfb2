using System.Text.Json;
using Microsoft.Playwright;

namespace RLTuner.Studio.Tests.Browsing;

[Trait("Category", "Long")]
public sealed class RatePageTests : PageTest
{
    [Fact]
    public async Task Twenty_ratings_of_who_likes_endings_on_the_tonic_give_the_cadence_more_weight()
    {
        IPage page = await OpenAsync("#listen");
        string tuned = await TuneAsync(page, new { title = "Tuned", settings = new Dictionary<string, string> { ["training-steps"] = "200000" } });
        await UntilAsync(page, tuned, run => StatusOf(run) == "done");
        await page.GotoAsync(Studio.At("#rate"));
        await page.ReloadAsync();
        ILocator rings = page.Locator("studio-ring");
        for (int rating = 1; rating <= 20; rating++)
        {
            await Assertions.Expect(page.GetByText(Rated(rating - 1))).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "First is better" })).ToBeEnabledAsync();
            bool[] atHome = await rings.EvaluateAllAsync<bool[]>("all => all.map(one => one.melody.notes.at(-1)?.pitch % 12 === 0)");
            Assert.Equal(2, atHome.Length);

            // Which is which, the page does not tell.
            Assert.DoesNotContain("Tuned", await page.Locator("studio-rate .two").TextContentAsync(), StringComparison.Ordinal);
            await page.Keyboard.PressAsync(atHome[0] == atHome[1] ? "0" : atHome[0] ? "1" : "2");
        }

        await Assertions.Expect(page.GetByText(Rated(20))).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("studio-rate-summary")).ToContainTextAsync("%");
        Assert.Equal(20, (await File.ReadAllLinesAsync(Folder.PathTo("studio/ratings.jsonl"), TestContext.Current.CancellationToken)).Length);

        await page.GetByRole(AriaRole.Button, new() { Name = "Fit the rules" }).ClickAsync();
        ILocator row = page.Locator("studio-rate-fit tbody tr").Filter(new() { Has = page.GetByText("cadence", new() { Exact = true }) });
        await Assertions.Expect(row).ToBeVisibleAsync();
        string[] weights = await row.Locator("td").EvaluateAllAsync<string[]>("all => all.slice(0, 2).map(one => one.textContent)");
        Assert.True(double.Parse(weights[1], System.Globalization.CultureInfo.InvariantCulture) > double.Parse(weights[0], System.Globalization.CultureInfo.InvariantCulture), string.Join(" to ", weights));

        await page.GetByRole(AriaRole.Button, new() { Name = "Tune with these rules" }).ClickAsync();
        await page.WaitForURLAsync("**/#listen/*");
        JsonElement run = await CallAsync(page, "GET", $"api/runs/{page.Url.Split('/')[^1]}");
        Assert.True(run.GetProperty("rules").GetProperty("cadence").GetDouble() > 1);
        Assert.Empty(Complaints);
    }

    private static string Rated(int count) => count switch { 0 => "Nothing rated yet", 1 => "One pair rated", _ => $"{count} pairs rated" };
}
