using System.Net;
using System.Net.Sockets;

namespace RLTuner.Reports.Tests.Pages;

/// <summary>A web server of a folder, on this machine alone.</summary>
internal static class LocalSite
{
    /// <summary>Serves until it is disposed.</summary>
    public static HttpListener Serve(string folder, out string address)
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            address = $"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        HttpListener server = new();
        server.Prefixes.Add(address);
        server.Start();
        _ = Task.Run(() => AnswerAsync(server, folder));
        return server;
    }

    private static async Task AnswerAsync(HttpListener server, string folder)
    {
        while (server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await server.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            string name = Path.GetFileName(context.Request.Url!.AbsolutePath), path = Path.Combine(folder, name.Length == 0 ? "index.html" : name);
            context.Response.StatusCode = File.Exists(path) ? 200 : 404;
            context.Response.ContentType = Path.GetExtension(path) switch { ".html" => "text/html", ".js" or ".mjs" => "text/javascript", ".wasm" => "application/wasm", ".json" => "application/json", _ => "application/octet-stream" };
            await context.Response.OutputStream.WriteAsync(File.Exists(path) ? await File.ReadAllBytesAsync(path) : []);
            context.Response.Close();
        }
    }
}
