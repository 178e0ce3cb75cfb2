using RLTuner.Files;
using RLTuner.Studio;
using RLTuner.Studio.Serving;

try
{
    StudioOptions options = StudioOptions.Parse(args);
    using Studio studio = Studio.Open(options);
    await using StudioServer server = await StudioServer.StartAsync(studio, options);
    Console.WriteLine(server.Address);
    if (options.OpensBrowser)
    {
        Browser.Open(server.Address);
    }

    await server.WaitForShutdownAsync();
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine($"rltuner: {PlainText.Of(error is ArgumentException ? error.Message : FileProblem.Of(error))}");
    return 1;
}
