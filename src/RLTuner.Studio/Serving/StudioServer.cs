using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RLTuner.Studio.Api;

namespace RLTuner.Studio.Serving;

/// <summary>The studio behind HTTP, on the loopback address alone. Nothing of it is read from the environment or from settings files.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    /// <summary>More than any call but an upload sends.</summary>
    private const long MostBytes = 4 << 20;

    private readonly WebApplication _app;

    private StudioServer(WebApplication app, string address, string? lack) => (_app, Address, Lack) = (app, address, lack);

    /// <summary>The address of the page, token included.</summary>
    public string Address { get; }

    /// <summary>What the page needs and has not; null where it is there.</summary>
    public string? Lack { get; }

    /// <summary>Starts to serve.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StudioServer> StartAsync(Studio studio, StudioOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Limits.MaxConcurrentConnections = 4096;
            kestrel.Limits.RequestHeadersTimeout = options.Patience;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, options.Patience);
        });
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => StudioJson.Apply(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        WebApplication app = builder.Build();
        Access access = new(AccessToken.Of(studio.Folder));
        PageFiles page = new(options.Page);
        app.Lifetime.ApplicationStopping.Register(studio.Events.Close);
        app.Use(SecurityHeaders.AddAsync);
        app.Use(access.CheckAsync);
        app.Use(Problems.CatchAsync);
        app.UseRouting();
        StudioApi.Map(app.MapGroup("/api"), studio);
        app.MapGet("/{**path}", page.SendAsync);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException || error.InnerException is AddressInUseException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"--port {options.Port}: expected a free port, found one that is taken or may not be used (pass another, or 0 for any)", error);
        }

        return new StudioServer(app, $"{app.Urls.Single()}/?token={access.Token}", page.Lack);
    }

    /// <summary>Serves until the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Asks to end.</summary>
    public void Stop() => _app.Lifetime.StopApplication();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
