using System.Globalization;

namespace RLTuner.Studio;

/// <summary>How the studio is started.</summary>
/// <param name="Folder">Where everything is kept.</param>
/// <param name="Port">The port on the loopback address; 0 for a free one.</param>
/// <param name="Threads">Threads that all runs together may take, 1 or more.</param>
/// <param name="OpensBrowser">Whether the page is opened at once.</param>
internal sealed record StudioOptions(string Folder, int Port, int Threads, bool OpensBrowser)
{
    /// <summary>Where the built page lies.</summary>
    public string Page { get; init; } = Path.Combine(AppContext.BaseDirectory, "page");

    /// <summary>The most bytes that a request may bring as files.</summary>
    public long MostUploadBytes { get; init; } = 256L << 20;

    /// <summary>How long a request may come slower than a kibibyte a second.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the words that <c>rltuner studio</c> passes, which has checked them.</summary>
    public static StudioOptions Parse(string[] words) => words is [var folder, var port, var threads, var browser]
        ? new StudioOptions(folder, int.Parse(port, CultureInfo.InvariantCulture), int.Parse(threads, CultureInfo.InvariantCulture), browser == "browser")
        : throw new ArgumentException("expected FOLDER PORT THREADS browser|quiet as 'rltuner studio' passes them, found something else (start it by 'rltuner studio')");
}
