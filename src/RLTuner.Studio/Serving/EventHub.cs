using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace RLTuner.Studio.Serving;

/// <summary>
/// Tells all open pages what happens, as server-sent events. Whoever tells never waits: a page that falls behind is cut off, connects again by itself, and
/// is told everything anew.
/// </summary>
/// <param name="json">How data is written.</param>
internal sealed class EventHub(JsonSerializerOptions json)
{
    private const int MostWaiting = 2000;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Channel<string>, bool> _pages = [];
    private volatile bool _isClosed;

    /// <summary>Tells all pages.</summary>
    public void Publish(string name, object data)
    {
        if (_pages.IsEmpty)
        {
            return;
        }

        string text = TextOf(name, data);
        foreach (Channel<string> page in _pages.Keys)
        {
            if (!page.Writer.TryWrite(text))
            {
                page.Writer.TryComplete();
            }
        }
    }

    /// <summary>Ends all connections.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (Channel<string> page in _pages.Keys)
        {
            page.Writer.TryComplete();
        }
    }

    /// <summary>Serves a page until it goes.</summary>
    /// <param name="context">Its request.</param>
    /// <param name="name">The first event.</param>
    /// <param name="first">The data of the first event.</param>
    public async Task ServeAsync(HttpContext context, string name, Func<object> first)
    {
        context.Response.ContentType = "text/event-stream";
        CancellationToken gone = context.RequestAborted;
        Channel<string> page = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _pages[page] = true;
        try
        {
            // After the page is listed: what happens meanwhile is told too.
            await SendAsync(TextOf(name, first())).ConfigureAwait(false);
            while (!_isClosed)
            {
                using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(gone);
                silence.CancelAfter(Silence);
                try
                {
                    if (!await page.Reader.WaitToReadAsync(silence.Token).ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (OperationCanceledException) when (!gone.IsCancellationRequested)
                {
                    await SendAsync(":\n\n").ConfigureAwait(false);
                }

                while (page.Reader.TryRead(out string? text))
                {
                    await SendAsync(text).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _pages.TryRemove(page, out _);
        }

        Task SendAsync(string text) => context.Response.WriteAsync(text, gone);
    }

    private string TextOf(string name, object data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data, json)}\n\n";
}
