using System.Text;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Published;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests.Published;

/// <summary>Fetching the published net: it is kept only when it is whole and one, and fetched only once.</summary>
public sealed class PublishedNoteRnnTests : IDisposable
{
    private static readonly byte[] Net = CheckpointWriter.V1(
        [.. MadeNet.Tensors(MadeNet.Weights(new NoteRnnShape(38, [8]), 3), MadeNet.Modern), .. MadeNet.BookKeeping(42)], new TableWriter())[0];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_fetched_once_and_kept()
    {
        List<(long Bytes, long? Total)> reports = [];
        using (LoopbackServer server = LoopbackServer.Of(Net))
        {
            PublishedNoteRnn source = Source(server.Address);
            Assert.Equal(Path.Combine(_folder.Path, "cache", "rltuner", "rl_tuner_note_rnn.ckpt"), await Fetch(source, reports));
            Assert.Equal(source.CachedPath, await Fetch(source, reports));
            Assert.Equal(1, server.Requests);
        }

        Assert.Equal((Net.Length, Net.Length), reports[^1]);
        PublishedNoteRnn later = Source("http://127.0.0.1:1/gone");
        Assert.Equal(Net, await File.ReadAllBytesAsync(await Fetch(later, reports), TestContext.Current.CancellationToken));
        Assert.Equal(42, NoteRnnCheckpoint.Load(later.CachedPath).Step);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(later.CachedPath)!));
    }

    [Fact]
    public async Task The_2016_checkpoint_is_taken()
    {
        byte[] real = await File.ReadAllBytesAsync(
            SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994"), TestContext.Current.CancellationToken);
        using LoopbackServer server = LoopbackServer.Of(real);
        Assert.Equal(100, NoteRnnCheckpoint.Load(await Fetch(Source(server.Address), [])).Weights.Shape.LayerSizes[0]);
    }

    [Fact]
    public async Task A_server_need_not_tell_the_length()
    {
        using LoopbackServer server = new(LoopbackServer.Answer("200 OK", Net, length: null));
        List<(long Bytes, long? Total)> reports = [];
        await Fetch(Source(server.Address), reports);
        Assert.Equal((Net.Length, null), reports[^1]);
    }

    [Fact]
    public async Task Redirections_are_followed()
    {
        using LoopbackServer server = LoopbackServer.Of(Net);
        using LoopbackServer first = new(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 302 Found\r\nLocation: {server.Address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await Fetch(Source(first.Address), []);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task What_is_not_a_whole_net_is_not_kept()
    {
        byte[] page = "<html><body>Sign in to this network</body></html>"u8.ToArray();
        NoteRnnWeights weights = MadeNet.Weights(new NoteRnnShape(38, [8]), 3);
        byte[] half = CheckpointWriter.V1(MadeNet.Tensors(weights, MadeNet.Modern)[..3], new TableWriter())[0];
        byte[] damaged = [.. Net];
        damaged[1000] ^= 1;
        await Refused("found status 404 (Not Found)", "404 Not Found", page);
        await Refused("found status 204", "204 No Content", [], 0);
        await Refused("found a file that is none (rl_tuner_note_rnn.ckpt: expected a sorted table", "200 OK", page);
        await Refused("found a file that is none (rl_tuner_note_rnn.ckpt: expected a Note RNN", "200 OK", half);
        await Refused("damaged", "200 OK", damaged);
        await Refused("found a file that is none", "200 OK", []);
        await Refused("found the download cut short", "200 OK", Net[..^50], Net.Length);
        await Refused("found a file that is none", "200 OK", Net[..^50], null);
        await Refused("found a file of more than 67108864 bytes", "200 OK", Net, 1L << 40);
        await Refused("found a file of more than 67108864 bytes", "200 OK", new byte[PublishedNoteRnn.MaxBytes + 1], null);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        using LoopbackServer mute = new([], thenSilence: true);
        await Refused("found no answer for 0.5 seconds", mute.Address, seconds: 0.5);
        using LoopbackServer stuck = new(LoopbackServer.Answer("200 OK", Net[..100], Net.Length), thenSilence: true);
        await Refused("found no answer for 0.5 seconds", stuck.Address, seconds: 0.5);
    }

    [Fact]
    public async Task A_server_that_sends_a_byte_now_and_then_is_given_up()
    {
        byte[] header = LoopbackServer.Answer("200 OK", [], Net.Length);
        using LoopbackServer trickling = new([.. header, .. Net], pause: TimeSpan.FromMilliseconds(20));
        await Refused("found no end after 8 seconds", trickling.Address, seconds: 0.4);
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_is_refused()
    {
        using LoopbackServer server = new("SSH-2.0-OpenSSH\r\n"u8.ToArray());
        await Refused("found no answer (", server.Address);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/net.ckpt", "found no answer (")]
    [InlineData("file:///etc/passwd", "neither http nor https")]
    [InlineData("net.ckpt", "neither http nor https")]
    public async Task Without_a_server_the_message_says_what_to_do(string address, string words) => await Refused(words, address);

    [Fact]
    public async Task Giving_up_leaves_nothing()
    {
        using LoopbackServer stuck = new(LoopbackServer.Answer("200 OK", Net[..100], Net.Length), thenSilence: true);
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Source(stuck.Address).FetchAsync((_, _) => stop.Cancel(), stop: stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        using LoopbackServer server = LoopbackServer.Of(Net);
        _folder.Write("cache", [1]);
        IOException error = await Assert.ThrowsAsync<IOException>(() => Fetch(Source(server.Address), []));
        Assert.Contains("in the way", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/net.ckpt")]
    [InlineData("file:///etc/passwd")]
    public async Task Redirections_to_other_schemes_are_named(string elsewhere)
    {
        using LoopbackServer server = new(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 302 Found\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await Refused($"a redirect to {elsewhere}, which is not followed", server.Address);
    }

    [Fact]
    public async Task Reasons_of_servers_are_shown_escaped() => await Refused("(Gone\\u001B[2J)", "410 Gone\u001B[2J", []);

    [Fact]
    public async Task A_damaged_copy_is_named_and_fetched_anew()
    {
        using LoopbackServer server = LoopbackServer.Of(Net);
        PublishedNoteRnn source = Source(server.Address);
        await Fetch(source, []);
        await File.WriteAllBytesAsync(source.CachedPath, Net[..^100], TestContext.Current.CancellationToken);
        List<string> remarks = [];
        await source.FetchAsync(remark: remarks.Add, stop: TestContext.Current.CancellationToken);

        Assert.StartsWith($"{source.CachedPath}: expected the net fetched before, found it damaged", Assert.Single(remarks), StringComparison.Ordinal);
        Assert.Equal(Net, await File.ReadAllBytesAsync(source.CachedPath, TestContext.Current.CancellationToken));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public void The_cache_is_where_the_environment_says()
    {
        Assert.Equal("/a/b", Find(true, (PublishedNoteRnn.CacheVariable, "/a/b"), ("XDG_CACHE_HOME", "/x")));
        Assert.Equal("/x/rltuner", Find(true, ("XDG_CACHE_HOME", "/x")));
        string usual = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "rltuner");
        Assert.Equal(usual, Find(true));
        Assert.Equal(usual, Find(true, ("XDG_CACHE_HOME", "relative"), (PublishedNoteRnn.CacheVariable, "")));
        Assert.NotEqual("/x/rltuner", Find(false, ("XDG_CACHE_HOME", "/x")));
    }

    private static string Find(bool linux, params (string Name, string Value)[] variables)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of Unix");
        return CacheFolder.Find(name => variables.FirstOrDefault(variable => variable.Name == name).Value, linux);
    }

    private static Task<string> Fetch(PublishedNoteRnn source, List<(long, long?)> reports) =>
        source.FetchAsync((bytes, total) => reports.Add((bytes, total)), stop: TestContext.Current.CancellationToken);

    private Task Refused(string words, string status, byte[] body) => Refused(words, status, body, body.Length);

    private async Task Refused(string words, string status, byte[] body, long? length)
    {
        using LoopbackServer server = new(LoopbackServer.Answer(status, body, length));
        await Refused(words, server.Address);
    }

    private async Task Refused(string words, string address, double seconds = 60)
    {
        PublishedNoteRnn source = Source(address, seconds);
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Fetch(source, []));
        Assert.StartsWith($"{address}: expected Magenta's Note RNN, found ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains(source.CachedPath, error.Message, StringComparison.Ordinal);
        Assert.Contains(PublishedNoteRnn.AddressVariable, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Message.Split('\n').Length);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private PublishedNoteRnn Source(string address, double seconds = 60) =>
        new(address, Path.Combine(_folder["cache"], "rltuner"), TimeSpan.FromSeconds(seconds));
}
