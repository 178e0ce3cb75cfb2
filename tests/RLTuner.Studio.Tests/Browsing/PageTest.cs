using System.Text.Json;
using Microsoft.Playwright;
using RLTuner.Reports.Tests.Pages;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests.Browsing;

/// <summary>A test of the page as a user has it: a studio in a process of its own, and Chromium before it.</summary>
public abstract class PageTest : IAsyncLifetime
{
    private Browser _browser = null!;

    private protected TemporaryFolder Folder { get; } = new();

    private protected StudioProcess Studio { get; private set; } = null!;

    /// <summary>What the page logged as warning or error, or threw.</summary>
    private protected List<string> Complaints => _browser.Complaints;

    public async ValueTask InitializeAsync()
    {
        // The machine may be busy.
        Assertions.SetDefaultExpectTimeout(30_000);
        Assert.SkipUnless(File.Exists(Path.Combine(AppContext.BaseDirectory, "page", "index.html")), "needs the studio's page, which is built where Node.js is");
        _browser = await Browser.StartAsync();
        Studio = await StudioProcess.StartAsync(Folder.PathTo("studio"));
    }

    public async ValueTask DisposeAsync()
    {
        Studio?.Dispose();
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>All that pages asked for.</summary>
    private protected List<string> Requests => _browser.Requests;

    private protected Task<IPage> OpenAsync(string hash, IPage? beside = null, int width = 1280, ColorScheme scheme = ColorScheme.Light) =>
        _browser.OpenAsync(Studio.At(hash), width, scheme, beside);

    /// <summary>Starts a run as the page does, and gives its id.</summary>
    private protected static async Task<string> TuneAsync(IPage page, object wish) => (await CallAsync(page, "POST", "api/runs", wish)).GetProperty("id").GetString()!;

    /// <summary>Calls the server from within the page.</summary>
    private protected static async Task<JsonElement> CallAsync(IPage page, string method, string path, object? body = null)
    {
        JsonElement? answer = await page.EvaluateAsync(
            """
            async ([method, path, body]) => {
              const response = await fetch(path, { method, body, headers: body ? { "Content-Type": "application/json" } : {} });
              return { ok: response.ok, body: response.status === 204 ? null : await response.json() };
            }
            """,
            new object?[] { method, path, body is null ? null : JsonSerializer.Serialize(body) });
        Assert.True(answer!.Value.GetProperty("ok").GetBoolean(), $"{method} {path}: {answer}");
        return answer.Value.GetProperty("body").Clone();
    }

    /// <summary>Waits until an expression is true in the page, whose security policy lets Playwright's own way to wait not in.</summary>
    private protected static async Task WhenAsync(IPage page, string expression)
    {
        for (int tries = 0; !await page.EvaluateAsync<bool>($"Boolean({expression})"); tries++)
        {
            Assert.True(tries < 600, $"did not become true: {expression}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a run has a state, such as <c>done</c>.</summary>
    private protected static async Task UntilAsync(IPage page, string run, Func<JsonElement, bool> isSo)
    {
        for (int tries = 0; tries < 600; tries++)
        {
            if (isSo(await CallAsync(page, "GET", $"api/runs/{run}")))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"run {run} did not come to it: {await CallAsync(page, "GET", $"api/runs/{run}")}");
    }

    private protected static string StatusOf(JsonElement run) => run.GetProperty("status").GetString()!;
}
