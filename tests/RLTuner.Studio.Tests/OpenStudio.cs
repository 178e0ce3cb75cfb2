using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RLTuner.Studio.Serving;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

/// <summary>A studio that serves, in a folder and on a port of its own, and a page's way to call it.</summary>
internal sealed class OpenStudio : IAsyncDisposable
{
    private readonly Studio? _studio;
    private readonly StudioServer? _server;

    private OpenStudio(Uri address, Studio? studio, StudioServer? server)
    {
        (Address, _studio, _server) = (address, studio, server);
        Client = new HttpClient { BaseAddress = new Uri(Address.GetLeftPart(UriPartial.Authority)) };
        Client.DefaultRequestHeaders.Add("Cookie", $"rltuner-studio-{Address.Port}={Token}");
    }

    public Uri Address { get; }

    public string Token => Address.Query["?token=".Length..];

    /// <summary>Has the cookie.</summary>
    public HttpClient Client { get; }

    public static async Task<OpenStudio> StartAsync(TemporaryFolder folder, Func<StudioOptions, StudioOptions>? with = null)
    {
        string page = folder.PathTo("page");
        Directory.CreateDirectory(Path.Combine(page, "assets"));
        File.WriteAllText(Path.Combine(page, "index.html"), "<!doctype html><title>studio</title>");
        File.WriteAllText(Path.Combine(page, "assets", "main.js"), "0");
        StudioOptions options = new(folder.PathTo("studio"), Port: 0, Threads: 1, OpensBrowser: false) { Page = page };
        options = with?.Invoke(options) ?? options;
        Studio studio = Studio.Open(options);
        StudioServer server = await StudioServer.StartAsync(studio, options);
        return new OpenStudio(new Uri(server.Address), studio, server);
    }

    /// <summary>One that somebody else started.</summary>
    public static OpenStudio At(Uri address) => new(address, null, null);

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage answer = await Client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends files as a page does that they were dropped on.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> UploadAsync(string query, params (string Name, byte[] Bytes)[] files)
    {
        using MultipartFormDataContent form = [];
        foreach ((string name, byte[] bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes) { Headers = { { "Content-Disposition", $"form-data; name=\"files\"; filename=\"{name}\"" } } });
        }

        using HttpResponseMessage answer = await Client.PostAsync($"/api/uploads{query}", form);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Sends bytes as they are and gives the first line of what comes back.</summary>
    public async Task<string> SendAsync(string head, Func<NetworkStream, Task>? body = null)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, Address.Port);
        NetworkStream stream = connection.GetStream();
        string cookie = $"Cookie: rltuner-studio-{Address.Port}={Token}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\nHost: 127.0.0.1:{Address.Port}\r\n{cookie}\r\n\r\n"));
        Task sending = body?.Invoke(stream) ?? Task.CompletedTask;
        try
        {
            using StreamReader reader = new(stream);
            return await reader.ReadLineAsync() ?? "";
        }
        catch (IOException)
        {
            return "";
        }
        finally
        {
            connection.Close();
            await Task.WhenAny(sending);
        }
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
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _studio?.Dispose();
    }
}
