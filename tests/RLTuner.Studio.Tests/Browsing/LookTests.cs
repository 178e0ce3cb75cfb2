using System.IO.Compression;
using Microsoft.Playwright;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests.Browsing;

/// <summary>How every section looks and reads, wide and narrow, light and dark. With RLTUNER_SCREENSHOTS set to a folder the pictures are kept there.</summary>
[Trait("Category", "Long")]
public sealed class LookTests : PageTest
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Sections_fit_their_window_and_hinder_nobody(int width, ColorScheme scheme)
    {
        string axe = Path.Combine(SharedFolder.RepositoryRoot(), "src", "RLTuner.Studio", "Page", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "needs the packages of the studio's page: npm ci in src/RLTuner.Studio/Page");
        string script = await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken);
        IPage first = await OpenAsync("");
        string run = await TuneAsync(first, new { title = "A small run", settings = new Dictionary<string, string> { ["training-steps"] = "100000", ["output-every-nth"] = "20000" } });
        await UntilAsync(first, run, detail => StatusOf(detail) == "done");
        foreach (string section in new[] { "listen", "work", "shape", "watch", "rate", "compare" })
        {
            IPage page = await OpenAsync($"#{section}", width: width, scheme: scheme);
            await Assertions.Expect(page.Locator("main h2").First).ToBeVisibleAsync();
            await page.WaitForTimeoutAsync(1000);
            await page.EvaluateAsync(script);
            string[] found = await page.EvaluateAsync<string[]>("""
                async () => (await axe.run(document)).violations.filter(one => ["serious", "critical"].includes(one.impact))
                  .flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")} ${node.failureSummary}`))
                """);
            Assert.True(found.Length == 0, $"{section}: {string.Join('\n', found)}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{section} is wider than its window");
            if (Environment.GetEnvironmentVariable("RLTUNER_SCREENSHOTS") is { Length: > 0 } folder)
            {
                string name = $"studio-{section}-{(width < 600 ? "narrow" : "wide")}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png";
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
            }
        }

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task The_first_paint_comes_at_once()
    {
        await OpenAsync("");
        List<double> paints = [];
        for (int time = 0; time < 10; time++)
        {
            IPage page = await OpenAsync("");
            await WhenAsync(page, "performance.getEntriesByName('first-contentful-paint').length > 0");
            paints.Add(await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        }

        Assert.InRange(paints.Min(), 0, 300);
    }

    [Fact]
    public void The_whole_page_is_small()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "page");
        long size = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file =>
        {
            using MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                gzip.Write(File.ReadAllBytes(file));
            }

            return packed.Length;
        });
        Assert.InRange(size, 100_000, 300_000);
    }
}
