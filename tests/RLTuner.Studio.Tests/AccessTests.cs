using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using RLTuner.Tests;

namespace RLTuner.Studio.Tests;

public sealed class AccessTests
{
    [Fact]
    public async Task The_printed_address_opens_the_page_and_its_cookie_everything_else()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using HttpClient browser = new(new HttpClientHandler { CookieContainer = new CookieContainer() });
        using HttpResponseMessage page = await browser.GetAsync(studio.Address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        string cookie = page.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (string path in new[] { "/assets/main.js", "/api/studio" })
        {
            using HttpResponseMessage answer = await browser.GetAsync(new Uri(studio.Address, path), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("[::1]:PORT")]
    public async Task Another_host_is_refused_though_the_token_is_right(string host)
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/studio?token={studio.Token}");
        request.Headers.Host = host.Replace("PORT", $"{studio.Address.Port}", StringComparison.Ordinal);
        using HttpResponseMessage answer = await studio.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://127.0.0.1:PORT", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:PORT", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:PORT", HttpStatusCode.OK)]
    public async Task Only_the_own_page_may_change_anything(string origin, HttpStatusCode status)
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using HttpRequestMessage request = new(HttpMethod.Put, "/api/studio/threads") { Content = JsonContent.Create(new { threads = 1 }) };
        request.Headers.Add("Origin", origin.Replace("PORT", $"{studio.Address.Port}", StringComparison.Ordinal));
        using HttpResponseMessage answer = await studio.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/main.js")]
    [InlineData("/api/studio")]
    [InlineData("/api/events")]
    [InlineData("/?token=")]
    [InlineData("/?token=0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("/?token=TOKEN&token=TOKEN")]
    public async Task Without_the_token_there_is_nothing(string path)
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        using HttpClient stranger = new() { BaseAddress = studio.Client.BaseAddress };
        using HttpResponseMessage answer = await stranger.GetAsync(path.Replace("TOKEN", studio.Token, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task No_address_and_no_parameter_leads_out_of_the_folder()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathTo("secret.txt"), "secret");
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        foreach (string way in new[] { "../secret.txt", "../../secret.txt", "..%2f..%2fsecret.txt", "%2e%2e/secret.txt", "..%5c..%5csecret.txt", "/etc/passwd", "..;/x", "studio%00" })
        {
            foreach (string address in new[]
            {
                $"/{way}", $"/assets/{way}", $"/assets/../../{way}", $"/api/runs/{way}", $"/api/runs/{way}/report.html", $"/api/compare.html?runs={way},{way}2",
                $"/api/settings?preset={way}&algorithm={way}", $"/api/rules?set={way}&key={way}",
            })
            {
                string answer = await studio.SendAsync($"GET {address} HTTP/1.1\r\nConnection: close");
                Assert.Matches(" (400|403|404) ", answer);
            }

            foreach ((string path, object body) in new (string, object)[]
            {
                ("runs", new { net = way }), ("runs", new { settings = new Dictionary<string, string> { ["note-rnn"] = way, ["training-steps"] = "-1" } }),
                ("runs", new { settings = new Dictionary<string, string> { ["priming-mode"] = way } }), ("trainings", new { corpus = way }), ("melodies", new { source = new { net = way } }),
                ("melodies", new { source = new { run = way, at = "now" } }), ("runs/x/continue", new { steps = way }),
            })
            {
                using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync($"/api/{path}", body, TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{path} {way}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_thousand_connections_that_say_nothing_do_not_keep_the_page_out()
    {
        using TemporaryFolder folder = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(folder);
        List<TcpClient> silent = [];
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                silent.Add(new TcpClient());
                await silent[^1].ConnectAsync(IPAddress.Loopback, studio.Address.Port, TestContext.Current.CancellationToken);
            }

            Assert.NotEmpty((await studio.GetAsync("/api/studio")).GetProperty("keys").EnumerateArray());
        }
        finally
        {
            silent.ForEach(connection => connection.Dispose());
        }
    }
}
