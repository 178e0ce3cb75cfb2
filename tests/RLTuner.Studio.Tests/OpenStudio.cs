using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using RLTuner.Studio.Serving;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

/// <summary>A studio that serves, in a folder and on a port of its own, and a page's way to call it.</summary>
internal sealed class OpenStudio : IAsyncDisposable
{
    private readonly Studio _studio;
    private readonly StudioServer _server;

    private OpenStudio(Studio studio, StudioServer server)
    {
        (_studio, _server) = (studio, server);
        Address = new Uri(server.Address);
        Client = new HttpClient { BaseAddress = new Uri(Address.GetLeftPart(UriPartial.Authority)) };
        Client.DefaultRequestHeaders.Add("Cookie", $"rltuner-studio-{Address.Port}={Token}");
    }

    public Uri Address { get; }

    public string Token => Address.Query["?token=".Length..];

    /// <summary>Has the cookie.</summary>
    public HttpClient Client { get; }

    public static async Task<OpenStudio> StartAsync(TemporaryFolder folder)
    {
        string page = folder.PathTo("page");
        Directory.CreateDirectory(Path.Combine(page, "assets"));
        File.WriteAllText(Path.Combine(page, "index.html"), "<!doctype html><title>studio</title>");
        File.WriteAllText(Path.Combine(page, "assets", "main.js"), "0");
        StudioOptions options = new(folder.PathTo("studio"), Port: 0, Threads: 1, OpensBrowser: false) { Page = page };
        Studio studio = Studio.Open(options);
        return new OpenStudio(studio, await StudioServer.StartAsync(studio, options));
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage answer = await Client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Waits until a run is as it should be.</summary>
    public async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isSo)
    {
        for (long start = Stopwatch.GetTimestamp(); ; await Task.Delay(10))
        {
            JsonElement run = (await GetAsync("/api/runs")).GetProperty("runs").EnumerateArray().Single(run => run.GetProperty("id").GetString() == id);
            if (isSo(run))
            {
                return run;
            }

            Assert.True(run.GetProperty("status").GetString() != "failed" && Stopwatch.GetElapsedTime(start).TotalSeconds < 60, run.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _studio.Dispose();
    }
}
