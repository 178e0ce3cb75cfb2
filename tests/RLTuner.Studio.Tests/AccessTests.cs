using System.Net;
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
}
