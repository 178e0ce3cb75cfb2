using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace RLTuner.Studio.Tests.Browsing;

[Trait("Category", "Long")]
public sealed class WatchPageTests(ITestOutputHelper output) : PageTest
{
    /// <summary>Windows of a batch of melodies each: many a second.</summary>
    private static readonly Dictionary<string, string> Often = new() { ["training-steps"] = "3000000", ["output-every-nth"] = "4096", ["evaluation-melodies"] = "10" };

    [Fact]
    public async Task A_queue_is_paused_resumed_and_gone_on_with()
    {
        IPage page = await OpenAsync("#watch");
        string first = await TuneAsync(page, new { title = "First", settings = new Dictionary<string, string> { ["training-steps"] = "3000000" } });
        string second = await TuneAsync(page, new { title = "Second", settings = new Dictionary<string, string> { ["training-steps"] = "20000" } });
        await page.GotoAsync(Studio.At($"#watch/{first}"));
        ILocator queue = page.Locator("studio-queue");
        await Assertions.Expect(queue.Locator("li.running")).ToContainTextAsync("First");
        await Assertions.Expect(queue.Locator("li.waiting")).ToContainTextAsync("Second");

        await queue.GetByRole(AriaRole.Button, new() { Name = "Pause First" }).ClickAsync();
        await Assertions.Expect(queue.Locator("li.paused")).ToContainTextAsync("First");
        await UntilAsync(page, second, run => StatusOf(run) == "done");
        long stood = (await CallAsync(page, "GET", $"api/runs/{first}")).GetProperty("step").GetInt64();
        Assert.InRange(stood, 0, 2_999_999);

        await queue.GetByRole(AriaRole.Button, new() { Name = "Resume First" }).ClickAsync();
        await UntilAsync(page, first, run => StatusOf(run) == "done");

        await page.GotoAsync(Studio.At($"#watch/{second}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on…" }).ClickAsync();
        await page.GetByLabel("Notes to play in all").FillAsync("40000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true }).ClickAsync();
        await UntilAsync(page, second, run => StatusOf(run) == "done" && run.GetProperty("step").GetInt64() >= 40000);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Second" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(queue.GetByText("Second")).ToHaveCountAsync(0);
        Assert.False(Directory.Exists(Studio.Run(second)));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task A_killed_server_is_found_again_and_the_run_goes_on()
    {
        IPage page = await OpenAsync("#watch");
        string run = await TuneAsync(page, new { title = "Long", settings = Often });
        await page.GotoAsync(Studio.At($"#watch/{run}"));
        await UntilAsync(page, run, detail => detail.GetProperty("windows").GetArrayLength() >= 3);
        Studio.Kill();
        await Assertions.Expect(page.GetByText("The studio is not running.")).ToBeVisibleAsync();

        await Studio.StartAgainAsync();
        await Assertions.Expect(page.GetByText("The studio is not running.")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await UntilAsync(page, run, detail => StatusOf(detail) == "running");
        int windows = (await CallAsync(page, "GET", $"api/runs/{run}")).GetProperty("windows").GetArrayLength();
        await UntilAsync(page, run, detail => detail.GetProperty("windows").GetArrayLength() > windows + 3);
        await Assertions.Expect(page.Locator("studio-queue li.running")).ToContainTextAsync("Long");

        // That the server was away is all that the browser may complain of.
        Assert.All(Complaints, complaint => Assert.Contains("ERR_", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_pages_show_the_same_run_at_once()
    {
        IPage page = await OpenAsync("#watch");
        string run = await TuneAsync(page, new { title = "For all", settings = Often });
        List<IPage> pages = [page];
        while (pages.Count < 10)
        {
            pages.Add(await OpenAsync($"#watch/{run}", beside: page));
        }

        await page.GotoAsync(Studio.At($"#watch/{run}"));

        foreach (IPage each in pages)
        {
            await each.BringToFrontAsync();
            await Assertions.Expect(each.GetByRole(AriaRole.Heading, new() { Name = "For all" })).ToBeVisibleAsync();
            string before = await each.Locator("studio-run .progress").InnerTextAsync();
            await Assertions.Expect(each.Locator("studio-run .progress")).Not.ToHaveTextAsync(before);
        }

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Script_in_a_title_is_text()
    {
        const string Title = "<img src=x onerror='window.harmed=1'><script>window.harmed=1</script>";
        IPage page = await OpenAsync("#watch");
        string run = await TuneAsync(page, new { title = Title, settings = new Dictionary<string, string> { ["training-steps"] = "9000" } });
        await UntilAsync(page, run, detail => StatusOf(detail) == "done");
        foreach (string hash in new[] { $"#watch/{run}", $"#compare/{run}", $"#shape/run/{run}", $"#listen/{run}", "#rate" })
        {
            await page.GotoAsync(Studio.At(hash));
            await page.WaitForTimeoutAsync(500);
            Assert.Null(await page.EvaluateAsync<int?>("window.harmed ?? null"));
        }

        await page.GotoAsync(Studio.At($"#watch/{run}"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Title })).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Curves_grow_without_a_long_task()
    {
        IPage page = await OpenAsync("#watch");
        string run = await TuneAsync(page, new { title = "Fast", settings = Often });
        await page.GotoAsync(Studio.At($"#watch/{run}"));
        await UntilAsync(page, run, detail => detail.GetProperty("windows").GetArrayLength() >= 3);
        (double Milliseconds, string Shown)[] tasks = await TasksAsync(page, () => page.EvaluateAsync<string>(
            """
            () => new Promise(resolve => {
              const started = performance.now();
              const text = () => document.querySelector("studio-app").shadowRoot.querySelector("studio-watch").shadowRoot.querySelector("studio-run").shadowRoot.querySelector(".progress").textContent;
              let frames = 0, updates = 0, shown = text();
              requestAnimationFrame(function frame(now) {
                frames++;
                if (text() !== shown) { updates++; shown = text(); }
                if (now - started < 5000) requestAnimationFrame(frame);
                else resolve(`${frames / 5} frames and ${updates / 5} updates a second`);
              });
            })
            """));
        double longest = tasks.Max(task => task.Milliseconds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tasks[0].Shown}; {tasks.Length} tasks, the longest {longest:F1} ms, {tasks.Sum(task => task.Milliseconds):F0} ms in all"));
        Assert.InRange(longest, 0, 50);
        Assert.Empty(Complaints);
    }

    /// <summary>The tasks of the page's main thread while something goes on, by the processor time of each: how busy the machine is besides does not count.</summary>
    private static async Task<(double Milliseconds, string Shown)[]> TasksAsync(IPage page, Func<Task<string>> during)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        List<JsonElement> events = [];
        TaskCompletionSource whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Event("Tracing.dataCollected").OnEvent += (_, data) => events.AddRange(data!.Value.GetProperty("value").EnumerateArray().Select(each => each.Clone()));
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => whole.TrySetResult();
        await session.SendAsync("Tracing.start", new() { ["traceConfig"] = new { includedCategories = new[] { "toplevel" } } });
        string shown = await during();
        await session.SendAsync("Tracing.end");
        await whole.Task.WaitAsync(TimeSpan.FromSeconds(30));

        HashSet<(int, int)> mains = [.. events.Where(each => Name(each) == "thread_name" && each.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain").Select(Thread)];
        return
        [
            .. events.Where(each => Name(each).EndsWith("RunTask", StringComparison.Ordinal) && mains.Contains(Thread(each)) && each.TryGetProperty("tdur", out _))
                .Select(each => (each.GetProperty("tdur").GetDouble() / 1000, shown)),
        ];

        static string Name(JsonElement each) => each.GetProperty("name").GetString()!;
        static (int, int) Thread(JsonElement each) => (each.GetProperty("pid").GetInt32(), each.GetProperty("tid").GetInt32());
    }
}
