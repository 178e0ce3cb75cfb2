using System.Collections.Concurrent;
using System.Collections.Immutable;
using RLTuner.Composing;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Rules.Musical;
using RLTuner.Scores;

namespace RLTuner.Studio.Melodies;

/// <summary>A rule, what it wants, and melodies to hear it by.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it wants, in a sentence.</param>
/// <param name="Weight">Its usual weight.</param>
/// <param name="Liked">Of two hundred melodies that the shipped net composed, the one it gives most.</param>
/// <param name="Disliked">The one it gives least.</param>
internal sealed record RuleAnswer(string Name, string Meaning, double Weight, MelodyView Liked, MelodyView Disliked);

/// <summary>Finds examples of rules among melodies of the shipped net, once for each set, key and metre.</summary>
internal sealed class RuleExamples
{
    private const int Melodies = 200, Bars = 4, MostKept = 256;

    private readonly ConcurrentDictionary<(RuleSetName Set, string Key, TimeSignature Metre), ImmutableArray<RuleAnswer>> _known = new();

    private static readonly Dictionary<string, string> Meanings = new()
    {
        [RuleNames.Key] = "Stay in the key.",
        [RuleNames.Tonic] = "Begin and end on the tonic.",
        [RuleNames.Repeating] = "Don't repeat a note too often.",
        [RuleNames.Autocorrelation] = "Vary: don't resemble what came one to three notes before.",
        [RuleNames.Motif] = "Make figures of several pitches.",
        [RuleNames.RepeatedMotif] = "Take figures up again.",
        [RuleNames.PreferredIntervals] = "Move by good intervals.",
        [RuleNames.Leap] = "Turn back after a leap.",
        [RuleNames.HighLowUnique] = "Reach the highest and the lowest pitch once.",
        [MusicalNames.Opening] = "Begin on the first beat, in the tonic triad.",
        [MusicalNames.Cadence] = "End on the tonic.",
        [MusicalNames.Breath] = "Neither stop nor rush.",
        [MusicalNames.Metre] = "Keep the metre: longer notes on stronger beats.",
        [MusicalNames.Lengths] = "Vary the lengths of notes.",
        [MusicalNames.Rhythm] = "Take rhythms up again.",
        [MusicalNames.Motion] = "Move in the proportions of tunes: mostly steps, few leaps.",
        [MusicalNames.Line] = "Lead the line by steps.",
        [MusicalNames.Arch] = "Rise to one peak.",
        [MusicalNames.MotifReturns] = "Take beginnings of bars up again, at any pitch.",
        [MusicalNames.Loop] = "Don't run on the spot.",
    };

    /// <summary>The rules of a set with their examples.</summary>
    public ImmutableArray<RuleAnswer> Of(string? set, string? key, string? timeSignature)
    {
        Key home = Key.Parse(key ?? "C major");
        TimeSignature metre = TimeSignature.Parse(timeSignature ?? "4/4");
        (RuleSetName name, RuleSet rules) = Given.Rules(set, null, home);
        Given.Number(metre.StepsPerBar(), "timeSignature: steps in a bar", 1, Given.MostSteps / Bars);
        if (_known.Count > MostKept)
        {
            _known.Clear();
        }

        return _known.GetOrAdd((name, home.ToString(), metre), _ => Find(name, rules, home, metre));
    }

    private static ImmutableArray<RuleAnswer> Find(RuleSetName set, RuleSet rules, Key key, TimeSignature metre)
    {
        int length = Bars * metre.StepsPerBar(), up = set == RuleSetName.Magenta ? 0 : KeySignature.SemitonesBetween(Key.CMajor, key);
        Melody[] melodies =
        [
            .. new Composer(new NoteRnnPolicy(ShippedNoteRnn.Load(), metre), new NoPrimer()).Compose(Melodies, length, 1)
                .Select(composition => composition.Melody.Transposed(up)),
        ];
        MelodyJudge judge = new(rules, RulePresets.EncodingOf(set), metre, length);
        double[][] scores = [.. melodies.Select(melody => judge.ScoresByRule(melody.Events.AsSpan()))];
        int[] all = [.. Enumerable.Range(0, Melodies)];
        return
        [
            .. rules.Rules.Select((entry, rule) => new RuleAnswer(
                entry.Rule.Name,
                Meanings[entry.Rule.Name],
                entry.Weight,
                Example(melodies[all.MaxBy(melody => scores[melody][rule])], "Liked"),
                Example(melodies[all.MinBy(melody => scores[melody][rule])], "Disliked"))),
        ];

        MelodyView Example(Melody melody, string title) => MelodyView.Of(melody, set == RuleSetName.Magenta ? Key.CMajor : key, metre, title);
    }
}
