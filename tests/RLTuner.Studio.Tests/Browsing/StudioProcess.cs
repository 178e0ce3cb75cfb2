using System.Diagnostics;
using System.Globalization;

namespace RLTuner.Studio.Tests.Browsing;

/// <summary>The studio as a process of its own, in a folder: it can be killed at any moment and started again.</summary>
internal sealed class StudioProcess : IDisposable
{
    private readonly string _folder;
    private Process _process;

    private StudioProcess(string folder) => (_folder, _process, Address) = (folder, null!, null!);

    /// <summary>The address that it printed, token included.</summary>
    public Uri Address { get; private set; }

    /// <summary>A part of the page, such as <c>#watch</c>, as an address.</summary>
    public string At(string hash) => Address.AbsoluteUri + hash;

    /// <summary>The folder of a run.</summary>
    public string Run(string id) => Path.Combine(_folder, "runs", id);

    public static async Task<StudioProcess> StartAsync(string folder)
    {
        StudioProcess studio = new(folder);
        await studio.StartAsync(port: 0);
        return studio;
    }

    /// <summary>Ends it as a crash would, without a word to it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again in its folder, on its port.</summary>
    public Task StartAgainAsync() => StartAsync(Address.Port);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private async Task StartAsync(int port)
    {
        _process?.Dispose();
        string[] words = [Path.Combine(AppContext.BaseDirectory, "RLTuner.Studio.dll"), _folder, port.ToString(CultureInfo.InvariantCulture), "1", "quiet"];
        _process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? "";
        Assert.True(Uri.TryCreate(line, UriKind.Absolute, out Uri? address), $"expected the studio's address, found '{line}'");
        Address = address;
    }
}
