using Microsoft.Playwright;
using RLTuner.Reports.Pages;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>
/// The page in a real browser: no complaints, nothing wider than the window, texts apart from each other, and play buttons that sound. With
/// RLTUNER_SCREENSHOTS set to a folder the pictures are kept there, for an eye to judge.
/// </summary>
[Trait("Category", "Long")]
public sealed class BrowserTests : IDisposable
{
    private readonly MadeRun _run = new(), _other = new("psi-1", "psi");

    public BrowserTests()
    {
        RunReport.Write(_run.Folder);
        RunReport.Compare([_run.Folder, _other.Folder], _run.PathTo("comparison.html"));
    }

    [Theory]
    [InlineData("report.html", 1200, ColorScheme.Light)]
    [InlineData("report.html", 1200, ColorScheme.Dark)]
    [InlineData("report.html", 390, ColorScheme.Light)]
    [InlineData("report.html", 390, ColorScheme.Dark)]
    [InlineData("comparison.html", 1200, ColorScheme.Light)]
    [InlineData("comparison.html", 390, ColorScheme.Dark)]
    public async Task Pages_fit_their_window_and_ask_for_nothing(string name, int width, ColorScheme scheme)
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync(_run.PathTo(name), width, scheme);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string[] clipped = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('svg.figure')].flatMap(svg => {
              const edge = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('text')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
              }).map(text => svg.getAttribute('aria-label').slice(0, 40) + ': ' + text.textContent);
            })
            """);
        Assert.Empty(clipped);
        Assert.Empty(await OverlapsAsync(page));
        string background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)", background);
        if (Environment.GetEnvironmentVariable("RLTUNER_SCREENSHOTS") is { Length: > 0 } folder)
        {
            string file = $"{Path.GetFileNameWithoutExtension(name)}-{(width < 600 ? "narrow" : "wide")}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png";
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, file), FullPage = true });
        }

        // In print a dark scheme counts for nothing, and buttons are gone.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.False(await page.EvaluateAsync<bool>("[...document.querySelectorAll('button')].some(button => button.offsetParent)"));
        Assert.Empty(browser.Complaints);
        Assert.Equal([new Uri(_run.PathTo(name)).AbsoluteUri], browser.Requests);
    }

    [Fact]
    public async Task What_the_play_button_schedules_sounds_at_the_right_pitches_and_then_ends()
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync(_run.PathTo("report.html"), 1200);

        // The same function that the button calls, on a context that renders to memory: loudness of each step, and crossings of zero in step 0 (C4, 261.6 Hz).
        double[] heard = await page.EvaluateAsync<double[]>("""
            async () => {
              const button = document.querySelectorAll('button[data-notes]')[1], rate = 44100, seconds = Number(button.dataset.seconds), steps = Number(button.dataset.steps);
              const audio = new OfflineAudioContext(1, rate * (steps * seconds + 1), rate);
              Player.schedule(audio, audio.destination, Player.parse(button.dataset.notes), 0, seconds);
              const samples = (await audio.startRendering()).getChannelData(0);
              const loudness = (from, to) => Math.sqrt(samples.slice(from * rate, to * rate).reduce((sum, x) => sum + x * x, 0) / ((to - from) * rate));
              const first = samples.slice(0.02 * rate, 0.12 * rate);
              let crossings = 0;
              for (let i = 1; i < first.length; i++) if (first[i - 1] < 0 && first[i] >= 0) crossings++;
              return [...Array(steps).keys()].map(step => loudness(step * seconds, (step + 1) * seconds)).concat([loudness(steps * seconds + 0.5, steps * seconds + 1), crossings]);
            }
            """);
        Assert.All(heard[..8], loudness => Assert.InRange(loudness, 0.01, 0.5));
        Assert.Equal(0, heard[8], 1e-4);
        Assert.InRange(heard[9] / 0.1, 250, 275);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_button_starts_and_stops_moves_the_cursor_and_one_melody_plays_at_a_time()
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync(_run.PathTo("report.html"), 1200);
        ILocator first = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Play Melody 1, before tuning" });
        ILocator playing = page.Locator("button[aria-pressed=true]");
        await first.ClickAsync();
        Assert.Equal("Stop Melody 1, before tuning", await playing.GetAttributeAsync("aria-label"));
        await UntilAsync(page, "Number(document.querySelector('svg.playing .cursor').getAttribute('x1')) > 60");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Play Melody 2, after tuning" }).ClickAsync();
        Assert.Equal("Stop Melody 2, after tuning", await playing.GetAttributeAsync("aria-label"));
        await playing.PressAsync("Enter");
        Assert.Equal(0, await playing.CountAsync());
        Assert.Equal(0, await page.Locator("svg.playing").CountAsync());

        // Left alone, a melody ends by itself: eight steps take a second.
        await first.ClickAsync();
        await UntilAsync(page, "!document.querySelector('button[aria-pressed=true]')");
        Assert.Empty(browser.Complaints);
    }

    public void Dispose()
    {
        _run.Dispose();
        _other.Dispose();
    }

    /// <summary>Waits for a condition. Playwright's own waiting evaluates text in the page, which the page's policy forbids.</summary>
    private static async Task UntilAsync(IPage page, string condition)
    {
        for (int i = 0; i < 100; i++)
        {
            if (await page.EvaluateAsync<bool>(condition))
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"within ten seconds expected {condition}");
    }

    /// <summary>Pairs of texts within a figure that lie upon each other.</summary>
    private static Task<string[]> OverlapsAsync(IPage page) => page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('svg.figure')].flatMap(svg => {
          const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBBox()]);
          return texts.flatMap(([a, p], i) => texts.slice(i + 1)
            .filter(([b, q]) => Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x) > 1 && Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y) > 5)
            .map(([b]) => svg.getAttribute('aria-label').slice(0, 40) + ': ' + a + ' / ' + b));
        })
        """);
}
