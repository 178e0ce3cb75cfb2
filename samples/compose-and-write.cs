#:project ../src/RLTuner/RLTuner.csproj
#:property PublishAot=false

// Every way to compose and to write: dotnet run -c Release samples/compose-and-write.cs
// Leaves free.abc, likely.musicxml, best.mid, best.wav, moved.mid and goes-on.musicxml.
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Scores;
using RLTuner.Scores.Writing;

NoteRnnModel net = ShippedNoteRnn.Load();
NoteRnnPolicy policy = new(net);

// Drawn at a temperature from what is likely together.
Composer composer = new(new NoteRnnPolicy(net), new NoPrimer());
IReadOnlyList<Composition> free = composer.Compose(count: 20, length: 64, seed: 1, new Sampling { Temperature = 0.9, TopP = 0.95 });
MelodyFormat.Of("free.abc")!.Write("free.abc", free[0].Melody, new MelodyWriterOptions { Name = "Free" });

// Likely as a whole: beam search, bar by bar.
Composition likely = composer.Compose(count: 1, length: 64, seed: 1, beam: new Beam(Size: 4, BranchFactor: 4, StepsPerIteration: 16))[0];
MelodyFormat.Of("likely.musicxml")!.Write("likely.musicxml", likely.Melody, new MelodyWriterOptions { Name = "Likely" });

// The best of twenty by the rules.
Reward rules = new(RulePresets.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, Key.CMajor));
BestMelody best = BestOf.Choose(free, each: 20, BestBy.Rules, rules, policy, TimeSignature.CommonTime)[0];
Console.WriteLine($"Number {best.Chosen + 1} of {best.Candidates.Length} is the best: {best.Best.Theory:F1} by the rules, log p {best.Best.LogProbability:F1}");

// As a MIDI file and as sound, by a flute and by the plain pluck.
MelodyWriterOptions sound = new() { Name = "Best", Tempo = 96, Program = 73, Velocity = 90 };
MelodyFormat.Of("best.mid")!.Write("best.mid", best.Best.Composition.Melody, sound);
MelodyFormat.Of("best.wav")!.Write("best.wav", best.Best.Composition.Melody, sound);

// In another key.
Key key = Key.Parse("D major");
Melody moved = best.Best.Composition.Melody.Transposed(KeySignature.SemitonesBetween(Key.CMajor, key));
MelodyFormat.Of("moved.mid")!.Write("moved.mid", moved, sound with { Key = key });

// After a primer as Magenta writes it, always the likeliest event.
MelodyPrimer primer = new([MagentaMelody.Parse("[60, -2, 62, -2, 64, -2, 65, -2, 67, -2, -2, -2, 67, -2, -2, -2]")], net.Encoding);
Composition after = new Composer(policy, primer).Compose(count: 1, length: 32, seed: 1, new Sampling { MostProbable = true })[0];
MelodyFormat.Of("goes-on.musicxml")!.Write("goes-on.musicxml", after.Melody);
