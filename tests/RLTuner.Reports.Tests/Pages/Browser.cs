using Microsoft.Playwright;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>A headless Chromium of the machine; tests that need it skip where it is absent.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>What pages logged as warning or error, or threw.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What pages asked for beside themselves.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<Browser> StartAsync()
    {
        string? program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "needs the program chromium (Debian package chromium)");
        IPlaywright playwright = await Playwright.CreateAsync();

        // Chromium refuses to run as root within its sandbox, and opens no audio without a gesture or this switch.
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>Opens a page, in a profile of its own or beside another, as tabs are.</summary>
    public async Task<IPage> OpenAsync(string path, int width, ColorScheme scheme = ColorScheme.Light, IPage? beside = null)
    {
        IBrowserContext profile = beside?.Context
            ?? await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
        IPage page = await profile.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
