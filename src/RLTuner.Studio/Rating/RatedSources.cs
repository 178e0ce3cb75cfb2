using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RLTuner.Composing;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Ratings;
using RLTuner.Scores;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Nets;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Rating;

/// <summary>Makes melodies that are to be rated, from nets, runs and real tunes.</summary>
internal sealed class RatedSources(Studio studio)
{
    private const string Tune = "tune";

    /// <summary>The source that a page names; null for a real tune.</summary>
    public static Source? Parse(JsonElement? json, string name)
    {
        try
        {
            return json switch
            {
                { ValueKind: JsonValueKind.String } word when word.ValueEquals(Tune) => null,
                { ValueKind: JsonValueKind.Object } source => source.Deserialize<Source>(StudioJson.Options),
                _ => throw new JsonException(),
            };
        }
        catch (JsonException)
        {
            throw new StudioException(400, $"{name}: expected a net, a run or \"{Tune}\", found something else");
        }
    }

    /// <summary>A melody of a net, as long as asked for.</summary>
    public RatedMelody Composed(Source source, HeardNet net, int length)
    {
        Melody melody = net.Compose(1, length, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), new Sampling()).Melodies[0];
        return source.Run is { } id ? Of(id, source.At, melody) : new RatedMelody(RatedKind.Net, source.Net ?? "", 0, melody);
    }

    /// <summary>A window of a real tune of the studio's corpora, from a bar line on.</summary>
    public RatedMelody RealTune(Key key, TimeSignature metre, int length)
    {
        string folder = studio.PathTo("corpora");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + CorpusFile.Extension, SearchOption.AllDirectories) : [];
        RandomNumberGenerator.Shuffle(files.AsSpan());
        foreach (string file in files)
        {
            MelodyCorpus corpus = CorpusFile.Load(file);
            Melody[] windows = [.. BarWindows.Of(corpus.Training.Concat(corpus.Validation), metre, length)];
            if (windows.Length > 0 && corpus.StepsPerQuarter == Melody.StepsPerQuarter)
            {
                Melody chosen = windows[RandomNumberGenerator.GetInt32(windows.Length)];
                return new RatedMelody(
                    RatedKind.Tune, Path.GetFileNameWithoutExtension(file), 0, chosen.Transposed(KeySignature.SemitonesBetween(Key.CMajor, key)));
            }
        }

        throw new StudioException(409, files.Length == 0
            ? "expected a corpus to take a real tune from, found none (drop a folder of tunes first)"
            : string.Create(CultureInfo.InvariantCulture, $"expected a tune of at least {length} steps in {metre} in the studio's corpora, found none (choose another metre or length)"));
    }

    private RatedMelody Of(string id, JsonElement? at, Melody melody)
    {
        TuneJob run = studio.Queue.Find(id) as TuneJob ?? throw StudioException.NotFound("run", id);
        long step = at is { ValueKind: JsonValueKind.Number } number ? number.GetInt64()
            : at is { ValueKind: JsonValueKind.String } word && word.ValueEquals("before") ? 0
            : run.Folder.NetSteps().LastOrDefault();
        return new RatedMelody(step == 0 ? RatedKind.Before : step >= run.Plan.TrainingSteps ? RatedKind.After : RatedKind.Run, id, step, melody);
    }
}
