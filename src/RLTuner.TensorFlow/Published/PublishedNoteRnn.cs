using RLTuner.Files;
using RLTuner.Scores;
using RLTuner.TensorFlow.Nets;

namespace RLTuner.TensorFlow.Published;

/// <summary>
/// The Note RNN that Magenta published with the original program. It is fetched at the first use, checked, and kept; later uses need no
/// network.
/// </summary>
public sealed class PublishedNoteRnn
{
    /// <summary>Where Magenta's instructions say that it is.</summary>
    public const string OriginalAddress = "http://download.magenta.tensorflow.org/models/rl_tuner_note_rnn.ckpt";

    /// <summary>The environment variable that names a mirror.</summary>
    public const string AddressVariable = "RLTUNER_MAGENTA_URL";

    /// <summary>The environment variable that names the folder to keep it in.</summary>
    public const string CacheVariable = CacheFolder.Variable;

    /// <summary>The largest file that is taken, a hundred times the real one: 64 MiB.</summary>
    public const int MaxBytes = 64 << 20;

    private const string FileName = "rl_tuner_note_rnn.ckpt";

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _patience;

    /// <summary>Creates a source.</summary>
    /// <param name="address">The address to fetch from, http or https.</param>
    /// <param name="folder">The folder to keep the file in; made when there is something to keep.</param>
    /// <param name="patience">How long to wait for the server's next sign of life; 30 seconds by default.</param>
    public PublishedNoteRnn(string address, string folder, TimeSpan? patience = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Address = address;
        CachedPath = Path.Combine(folder, FileName);
        _patience = patience ?? UsualPatience;
    }

    /// <summary>The address it is fetched from.</summary>
    public string Address { get; }

    /// <summary>Where it is kept.</summary>
    public string CachedPath { get; }

    /// <summary>
    /// The source that the environment asks for: <see cref="AddressVariable"/> or Magenta's address; <see cref="CacheVariable"/> or the
    /// user's cache folder.
    /// </summary>
    /// <exception cref="IOException">There is no folder to keep files in.</exception>
    public static PublishedNoteRnn FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } mirror ? mirror : OriginalAddress, CacheFolder.Find());

    /// <summary>Fetches the file unless it is there already and whole. A download that is no Note RNN is not kept.</summary>
    /// <param name="report">Told now and then how many bytes have come, and of how many, if the server says so.</param>
    /// <param name="remark">Told that the file there is damaged and fetched anew; may be null.</param>
    /// <param name="stop">Gives up; nothing is left behind.</param>
    /// <returns><see cref="CachedPath"/>.</returns>
    /// <exception cref="DownloadException">It cannot be fetched, or is no Note RNN.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public async Task<string> FetchAsync(Action<long, long?>? report = null, Action<string>? remark = null, CancellationToken stop = default)
    {
        if (File.Exists(CachedPath))
        {
            try
            {
                NoteRnnCheckpoint.From(TensorFlowCheckpoint.Open(CachedPath));
                return CachedPath;
            }
            catch (CheckpointFormatException e)
            {
                remark?.Invoke($"{CachedPath}: expected the net fetched before, found it damaged ({e.Message}); it is fetched anew");
            }
        }

        byte[] bytes = await DownloadedAsync(report, stop).ConfigureAwait(false);
        OutputFolder.MakeFor(CachedPath);
        AtomicFile.Write(CachedPath, file => file.Write(bytes));
        return CachedPath;
    }

    private async Task<byte[]> DownloadedAsync(Action<long, long?>? report, CancellationToken stop)
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw Failed("an address that is neither http nor https", null);
        }

        try
        {
            byte[] bytes = await new Download(uri, MaxBytes, _patience, Failed).FetchAsync(report, stop).ConfigureAwait(false);
            NoteRnnCheckpoint.From(TensorFlowCheckpoint.FromBytes(FileName, bytes));
            return bytes;
        }
        catch (CheckpointFormatException e)
        {
            throw Failed($"a file that is none ({e.Message})", e);
        }
    }

    private DownloadException Failed(string found, Exception? inner) => new(
        Address,
        $"expected Magenta's Note RNN, found {found}.\n"
            + $"Without that address: put the file (a TensorFlow checkpoint) at {CachedPath},\nor name another address by {AddressVariable}.",
        inner);
}
