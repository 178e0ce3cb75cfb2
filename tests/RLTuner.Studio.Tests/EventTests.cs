using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task Ten_pages_hear_all_of_a_run_and_one_that_does_not_listen_costs_nobody_anything()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using TcpClient deaf = new() { ReceiveBufferSize = 1024 };
        await deaf.ConnectAsync(IPAddress.Loopback, studio.Address.Port, TestContext.Current.CancellationToken);
        await deaf.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET /api/events?token={studio.Token} HTTP/1.1\r\nHost: 127.0.0.1:{studio.Address.Port}\r\n\r\n"), TestContext.Current.CancellationToken);
        Task<List<(string Name, JsonElement Data)>>[] pages = [.. Enumerable.Range(0, 10).Select(_ => ListenAsync(studio, (name, data) => name == "gone"))];
        Task<List<(string Name, JsonElement Data)>> end = ListenAsync(studio, (name, data) => name == "run" && data.GetProperty("status").GetString() == "done");
        await Task.WhenAll(pages.Select(async page => await Task.WhenAny(page, Task.Delay(200, TestContext.Current.CancellationToken))));
        await studio.PostAsync("/api/runs", new { settings = new Dictionary<string, string> { ["training-steps"] = "8000", ["output-every-nth"] = "1000", ["num-notes-in-melody"] = "8", ["preset"] = "paper" } });
        await end;
        using HttpResponseMessage gone = await studio.Client.DeleteAsync("/api/runs/q-1", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        foreach (List<(string Name, JsonElement Data)> page in await Task.WhenAll(pages))
        {
            Assert.Equal("runs", page[0].Name);
            Assert.Equal([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000],
                page.Where(happened => happened.Name == "window").Select(happened => happened.Data.GetProperty("window").GetProperty("step").GetInt64()));
            Assert.Equal("q-1", page[^1].Data.GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task Runs_wait_for_threads_and_more_threads_let_them_go()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        Dictionary<string, string> endless = new() { ["training-steps"] = "1000000000", ["num-notes-in-melody"] = "8" };
        foreach (string id in new[] { "pg-1", "pg-1-2" })
        {
            Assert.Equal(id, (await studio.PostAsync("/api/runs", new { settings = endless })).GetProperty("id").GetString());
        }

        Assert.Equal("waiting", (await studio.GetAsync("/api/runs/pg-1-2")).GetProperty("status").GetString());
        await studio.PostAsync("/api/runs/pg-1/pause", new { });
        await studio.UntilAsync("pg-1-2", run => run.GetProperty("status").GetString() == "running");
        await studio.UntilAsync("pg-1", run => run.GetProperty("status").GetString() == "paused");
        using HttpResponseMessage shorter = await studio.Client.PostAsJsonAsync("/api/runs/pg-1/continue", new { steps = 5 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, shorter.StatusCode);
        using HttpResponseMessage working = await studio.Client.PostAsJsonAsync("/api/runs/pg-1-2/continue", new { steps = 2_000_000_000 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, working.StatusCode);
        JsonElement longer = await studio.PostAsync("/api/runs/pg-1/continue", new { steps = 2_000_000_000 });
        Assert.Equal((2_000_000_000, "waiting"), (longer.GetProperty("steps").GetInt64(), longer.GetProperty("status").GetString()));
    }

    private static async Task<List<(string Name, JsonElement Data)>> ListenAsync(OpenStudio studio, Func<string, JsonElement, bool> isLast)
    {
        List<(string, JsonElement)> heard = [];
        using StreamReader reader = new(await studio.Client.GetStreamAsync("/api/events"));
        string name = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                heard.Add((name, JsonDocument.Parse(line["data: ".Length..]).RootElement));
                if (isLast(name, heard[^1].Item2))
                {
                    break;
                }
            }
        }

        return heard;
    }
}
