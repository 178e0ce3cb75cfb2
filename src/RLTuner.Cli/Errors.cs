using RLTuner.Corpus.Building;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Ratings;
using RLTuner.Scores;
using RLTuner.Sweeps;
using RLTuner.TensorFlow;

namespace RLTuner.Cli;

/// <summary>Turns exceptions into one to three lines on stderr and an exit code.</summary>
internal static class Errors
{
    public static int Guard(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is UsageException or ArgumentException { InnerException: null } or FormatException)
        {
            return Report(PlainText.WithoutParameter(error.Message), ExitCode.WrongUsage);
        }
        catch (Exception error) when (error is NoteRnnFormatException or CheckpointFormatException or ScoreFormatException
            or MelodyFormatException or LearningDivergedException or CorpusException or SweepFormatException or RatingFormatException)
        {
            return Report(error.Message, ExitCode.Failed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Report(FileProblem.Of(error), ExitCode.Failed);
        }
        catch (OutOfMemoryException)
        {
            return Report("out of memory: try less at once (fewer files or melodies; in tuning a smaller --max-experience or net)", ExitCode.Failed);
        }
        catch (Exception error)
        {
            return Report($"unexpected error, please report it: {error.GetType().Name}: {error.Message}", ExitCode.Failed);
        }
    }

    private static int Report(string message, int code)
    {
        Console.Error.WriteLine($"rltuner: {PlainText.Of(message, keepLines: true)}");
        return code;
    }
}
