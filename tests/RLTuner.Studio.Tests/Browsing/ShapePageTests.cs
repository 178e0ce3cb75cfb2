using System.Text.Json;
using Microsoft.Playwright;

namespace RLTuner.Studio.Tests.Browsing;

[Trait("Category", "Long")]
public sealed class ShapePageTests : PageTest
{
    [Fact]
    public async Task What_is_chosen_and_slid_is_the_plan_of_the_run()
    {
        IPage page = await OpenAsync("#shape");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Strictly by the rules" }).CheckAsync();
        await Choice(page, "Metre").SelectOptionAsync("6/8");
        await page.GetByLabel("Bars").FillAsync("4");
        await page.GetByLabel("Bars").BlurAsync();
        await Choice(page, "Key").SelectOptionAsync("D");
        await Choice(page, "Mode").SelectOptionAsync("dorian");
        ILocator cadence = page.GetByRole(AriaRole.Slider, new() { Name = "Weight of cadence" });
        await cadence.FocusAsync();
        for (int press = 0; press < 5; press++)
        {
            await cadence.PressAsync("ArrowRight");
        }

        await page.GetByRole(AriaRole.Slider, new() { Name = "Weight of loop" }).PressAsync("Home");
        await page.GetByText("Every number of the plan").ClickAsync();
        await page.GetByLabel("training steps").FillAsync("20000");
        await page.GetByLabel("seed", new() { Exact = true }).FillAsync("77");
        await page.GetByLabel("seed", new() { Exact = true }).BlurAsync();
        await page.GetByLabel("Name").FillAsync("Dorian jig");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tune", Exact = true }).ClickAsync();

        await page.WaitForURLAsync("**/#watch/*");
        string id = new Uri(page.Url).Fragment["#watch/".Length..];
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dorian jig" })).ToBeVisibleAsync();
        await UntilAsync(page, id, run => StatusOf(run) == "done");
        using JsonDocument plan = JsonDocument.Parse(File.ReadAllText(Path.Combine(Studio.Run(id), "options.json")));
        JsonElement theory = plan.RootElement.GetProperty("theory");
        Assert.Equal("D dorian", theory.GetProperty("key").GetString());
        Assert.Equal("6/8", theory.GetProperty("timeSignature").GetString());
        Assert.Equal(1.5, theory.GetProperty("rules").GetProperty("cadence").GetDouble(), 9);
        Assert.Equal(0, theory.GetProperty("rules").TryGetProperty("loop", out JsonElement loop) ? loop.GetDouble() : 0, 9);
        Assert.Equal(1, theory.GetProperty("rules").GetProperty("arch").GetDouble(), 9);

        // A nat a note, four bars of twelve sixteenths.
        Assert.Equal(48, plan.RootElement.GetProperty("learner").GetProperty("targetKl").GetDouble(), 9);
        Assert.Equal(48, plan.RootElement.GetProperty("numNotesInMelody").GetInt32());
        Assert.Equal(20000, plan.RootElement.GetProperty("trainingSteps").GetInt64());
        Assert.Equal(77u, plan.RootElement.GetProperty("seed").GetUInt64());
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task A_number_out_of_range_is_refused_at_once_in_the_words_of_the_command_line()
    {
        IPage page = await OpenAsync("#shape");
        await page.GetByText("Every number of the plan").ClickAsync();
        await page.GetByLabel("entropy floor").FillAsync("1,5");
        await page.GetByLabel("entropy floor").BlurAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "entropy-floor: expected a number from 0 to 1, found '1,5' (write a point for the decimals, and no commas)");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Tune", Exact = true })).ToBeDisabledAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Set entropy floor back" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Tune", Exact = true })).ToBeEnabledAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task The_form_survives_a_reload_and_is_filled_from_a_run()
    {
        IPage page = await OpenAsync("#shape");
        await Choice(page, "Metre").SelectOptionAsync("3/4");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Weight of motion" }).PressAsync("ArrowRight");
        await page.ReloadAsync();
        await Assertions.Expect(Choice(page, "Metre")).ToHaveValueAsync("3/4");
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Weight of motion" })).ToHaveValueAsync("1.1");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await Assertions.Expect(Choice(page, "Metre")).ToHaveValueAsync("4/4");

        string run = await TuneAsync(page, new
        {
            key = "G mixolydian",
            rules = new Dictionary<string, double> { ["arch"] = 2 },
            settings = new Dictionary<string, string> { ["training-steps"] = "9000", ["target-kl"] = "16" },
        });
        await page.GotoAsync(Studio.At($"#watch/{run}"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Again with changes" }).ClickAsync();
        await Assertions.Expect(Choice(page, "Mode")).ToHaveValueAsync("mixolydian");
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Weight of arch" })).ToHaveValueAsync("2");
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Mostly by the rules" })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "training steps 9000" })).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Combobox, new() { Name = name, Exact = true });
}
