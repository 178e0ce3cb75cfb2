using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;

namespace RLTuner.Cli.Display;

/// <summary>What a corpus holds and what was left out of it, for programs.</summary>
internal static class CorpusJson
{
    public static JsonObject Of(MelodyCorpus corpus, CorpusFigures figures, CorpusReport report) => new()
    {
        ["settings"] = Counts(corpus.Settings.Select(setting => (setting.Key, (JsonNode?)setting.Value))),
        ["files"] = Counts(report.FilesByFormat.Select(format => (format.Key, (JsonNode?)format.Value))),
        ["files_of_other_kinds"] = Counts(report.FilesNotMusic.Select(ending => (ending.Key, (JsonNode?)ending.Value))),
        ["pieces"] = report.Pieces,
        ["truncated"] = report.Truncated,
        ["train"] = Set(figures.TrainingPieces, figures.TrainingMelodies, figures.TrainingEvents),
        ["validation"] = Set(figures.ValidationPieces, figures.ValidationMelodies, figures.ValidationEvents),
        ["notes_per_step"] = figures.NotesPerStep,
        ["bars"] = Of(figures.Bars),
        ["metres"] = Of(figures.Metres),
        ["key_signatures"] = Of(figures.KeySignatures),
        ["events"] = Of(figures.Classes),
        ["left_out"] = new JsonArray([.. report.Rejections.Select(rejection => new JsonObject
        {
            ["name"] = rejection.Name,
            ["reason"] = rejection.Reason.Text(),
            ["detail"] = rejection.Detail,
            ["count"] = rejection.Count,
            ["remedy"] = rejection.Reason.Remedy(),
        })]),
        ["passed_over"] = new JsonArray([.. report.Remarks.Select(passed => new JsonObject
        {
            ["name"] = passed.File,
            ["place"] = passed.Remark.Place,
            ["problem"] = passed.Remark.Problem,
            ["action"] = passed.Remark.Action,
            ["count"] = passed.Remark.Count,
        })]),
    };

    private static JsonObject Set(int pieces, int melodies, long events) => new() { ["pieces"] = pieces, ["melodies"] = melodies, ["events"] = events };

    private static JsonObject Of(Histogram histogram) => Counts(histogram.Bars.Select(bar => (bar.Label, (JsonNode?)bar.Count)));

    private static JsonObject Counts(IEnumerable<(string Name, JsonNode? Value)> entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
}
