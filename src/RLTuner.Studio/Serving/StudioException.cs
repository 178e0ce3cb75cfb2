namespace RLTuner.Studio.Serving;

/// <summary>A call that is refused, with what the page is told.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One clear sentence.</param>
internal sealed class StudioException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>There is nothing of that id.</summary>
    public static StudioException NotFound(string what, string id) => new(404, $"expected a {what} of the studio, found none called '{id}' (reload the page)");
}
