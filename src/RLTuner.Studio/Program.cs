using RLTuner.Files;
using RLTuner.Studio;
using RLTuner.Studio.Serving;

try
{
    StudioOptions options = StudioOptions.Parse(args);
    using Studio studio = Studio.Open(options);
    await using StudioServer server = await StudioServer.StartAsync(studio, options);
    Console.WriteLine(server.Address);
    if (server.Lack is { } lack)
    {
        Console.Error.WriteLine($"rltuner: {lack}");
    }

    if (options.OpensBrowser && server.Lack is null)
    {
        Browser.Open(server.Address);
    }

    // The command that started this holds the other end: when it is gone, in whatever way, there is nobody to serve.
    _ = Console.OpenStandardInput().CopyToAsync(Stream.Null).ContinueWith(_ => server.Stop(), TaskScheduler.Default);
    await server.WaitForShutdownAsync();
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException)
{
    Console.Error.WriteLine($"rltuner: {PlainText.Of(error is ArgumentException or InvalidDataException ? error.Message : FileProblem.Of(error))}");
    return 1;
}
