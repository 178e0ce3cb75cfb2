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

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _studio.Dispose();
    }
}
