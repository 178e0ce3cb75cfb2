using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Composing;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Reports.Pages;
using RLTuner.Reports.Runs;
using RLTuner.Scores;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>What a finished run leaves to look at.</summary>
internal static class RunPictures
{
    /// <summary>Writes what the nets expected in one melody, which a later report could not find out, then figures and page if they are wanted.</summary>
    public static void Write(
        RunFolder folder,
        (NoteRnnModel Net, IReadOnlyList<Composition> Melodies) before,
        (NoteRnnModel Net, IReadOnlyList<Composition> Melodies) after,
        bool figures)
    {
        // The same melody of both, one that sounds if there is one.
        int melody = Math.Max(0, before.Melodies.Zip(after.Melodies).ToList().FindIndex(pair => Sounds(pair.First) && Sounds(pair.Second)));
        JsonObject probabilities = new()
        {
            ["before"] = NoteProbabilities.Of(new NoteRnnPolicy(before.Net), before.Melodies[melody], melody + 1).ToJson(),
            ["after"] = NoteProbabilities.Of(new NoteRnnPolicy(after.Net), after.Melodies[melody], melody + 1).ToJson(),
        };
        AtomicFile.Write(Path.Combine(folder.FullPath, RunRecord.ProbabilitiesName), file =>
        {
            using Utf8JsonWriter json = new(file);
            probabilities.WriteTo(json);
        });
        if (figures)
        {
            RunReport.Write(folder.FullPath);
        }
    }

    private static bool Sounds(Composition composition) => composition.Melody.Notes().Any();
}
