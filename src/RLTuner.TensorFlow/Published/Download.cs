using System.Diagnostics;
using System.Net;
using RLTuner.Files;

namespace RLTuner.TensorFlow.Published;

/// <summary>Fetches a file over HTTP into memory, so that nothing unfinished is left on a disk, whenever it stops.</summary>
/// <param name="source">The address.</param>
/// <param name="maxBytes">The largest file that is taken.</param>
/// <param name="patience">How long to wait for the server's next sign of life.</param>
/// <param name="failed">Makes the error of what was found, and of its cause.</param>
internal sealed class Download(Uri source, int maxBytes, TimeSpan patience, Func<string, Exception?, DownloadException> failed)
{
    private const int BlockSize = 1 << 16;
    private const int MaxRedirections = 10;

    /// <summary>A server that sends a byte now and then is given up after this many times its patience.</summary>
    private const int PatienceInAll = 20;

    /// <summary>Fetches it.</summary>
    /// <param name="report">Told after each block how many bytes are there, and of how many, if the server says so.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="DownloadException">It cannot be fetched.</exception>
    public async Task<byte[]> FetchAsync(Action<long, long?>? report, CancellationToken stop)
    {
        using SocketsHttpHandler handler = new() { UseProxy = !source.IsLoopback, AllowAutoRedirect = false };

        // Patience is ours: HttpClient's own limit ends with the headers.
        using HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        long start = Stopwatch.GetTimestamp();
        try
        {
            waiting.CancelAfter(patience);
            using HttpResponseMessage response = await AnswerAsync(client, waiting.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw failed(PlainText.Of($"status {(int)response.StatusCode} ({response.ReasonPhrase})"), null);
            }

            long? length = response.Content.Headers.ContentLength;
            using Stream body = await response.Content.ReadAsStreamAsync(waiting.Token).ConfigureAwait(false);
            using MemoryStream bytes = new();
            byte[] block = new byte[BlockSize];
            while (true)
            {
                waiting.CancelAfter(patience);
                int count = await body.ReadAsync(block, waiting.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return bytes.ToArray();
                }

                bytes.Write(block, 0, count);
                if (Stopwatch.GetElapsedTime(start) > PatienceInAll * patience)
                {
                    throw failed(FormattableString.Invariant($"no end after {PatienceInAll * patience.TotalSeconds:0.#} seconds"), null);
                }

                if (bytes.Length > maxBytes || length > maxBytes)
                {
                    throw failed($"a file of more than {maxBytes} bytes", null);
                }

                report?.Invoke(bytes.Length, length);
            }
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw failed(FormattableString.Invariant($"no answer for {patience.TotalSeconds:0.#} seconds"), e);
        }
        catch (HttpRequestException e)
        {
            throw failed($"no answer ({e.Message})", e);
        }
        catch (IOException e) when (e is not DownloadException)
        {
            throw failed($"the download cut short ({e.Message})", e);
        }
    }

    /// <summary>The answer at the end of all redirections, which lead to http and https alone, and from https not to http.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpClient client, CancellationToken stop)
    {
        Uri address = source;
        for (int redirections = 0; ; redirections++)
        {
            HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            string? elsewhere = (int)response.StatusCode is >= 300 and < 400 && response.Headers.NonValidated.TryGetValues("Location", out var values)
                ? values.ToString()
                : null;
            if (elsewhere is null || redirections == MaxRedirections)
            {
                return response;
            }

            response.Dispose();
            bool isKnown = Uri.TryCreate(address, elsewhere, out Uri? next)
                && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp));
            address = isKnown ? next! : throw failed(
                PlainText.Of($"a redirect to {elsewhere}, which is not followed (expected https, or http from http)"), null);
        }
    }
}
