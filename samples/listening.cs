#:project ../src/RLTuner/RLTuner.csproj
#:project ../src/RLTuner.Reports/RLTuner.Reports.csproj
#:property PublishAot=false

// The melodies of docs/listening.md: dotnet run -c Release samples/listening.cs -- 5000000
// Tunes the net that comes with RLTuner by the paper's method, for a fifth of the notes, and as 'tune' does; then the net composes with seeds 1 to 30,
// before and after. Leaves a picture of all melodies in listening/, and a MIDI file for each of the three nets.
using System.Collections.Immutable;
using RLTuner.Composing;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Reports.Figures;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Scores.Midi;

const int Melodies = 30, Length = 32, Silence = 16;
const string Folder = "listening";
long notes = args.Length > 0 ? long.Parse(args[0]) : 5_000_000;
OutputFolder.Make(Folder);

NoteRnnModel shipped = ShippedNoteRnn.Load();
(string Name, NoteRnnModel Net)[] nets =
[
    ("before", shipped),
    ("paper", Tuned(RunPreset.Paper, notes / 5)),
    ("after", Tuned(RunPreset.Musical, notes)),
];

Melody[][] composed = [.. nets.Select(net => Compose(net.Net))];
ImmutableArray<Drawing> rolls =
[
    .. from seed in Enumerable.Range(1, Melodies)
       from column in nets.Index()
       select PianoRoll.Draw($"{seed}, {column.Item.Name}", composed[column.Index][seed - 1], Key.CMajor, TimeSignature.CommonTime),
];
SmallMultiples picture = new("listening", "Seeds 1 to 30", "Thirty melodies before tuning, by the paper's method, and after tuning.", rolls);
File.WriteAllText(Path.Combine(Folder, "listening.svg"), picture.Together().Standalone());
foreach (((string name, _), Melody[] melodies) in nets.Zip(composed))
{
    MidiWriter.Write(Path.Combine(Folder, $"{name}.mid"), InARow(melodies));
}

Console.WriteLine($"Look at {Folder}/listening.svg, listen to {string.Join(", ", nets.Select(net => $"{Folder}/{net.Name}.mid"))}");

NoteRnnModel Tuned(RunPreset preset, long steps)
{
    Theory theory = Theory.Of(RunPresets.RulesOf(preset), RewardMode.MusicTheoryAll, Key.CMajor, TimeSignature.CommonTime);
    RunRequest request = new(shipped, ShippedNoteRnn.Shipped, theory)
    {
        Preset = preset,
        Given = new Dictionary<string, object> { ["training-steps"] = steps, ["output-every-nth"] = steps, ["seed"] = 1UL },
    };
    using RunSession session = RunSession.Start(RunPlans.Create(request), shipped, path: null, new RunEnvironment());
    session.Run();
    Console.WriteLine($"{preset}: {steps:N0} notes, {session.Folder.GivenPath}");
    return NoteRnnFile.Load(session.Folder.LastCheckpointPath());
}

Melody[] Compose(NoteRnnModel net)
{
    Composer composer = new(new NoteRnnPolicy(net), new NoPrimer());
    return [.. from seed in Enumerable.Range(1, Melodies) select composer.Compose(count: 1, Length, (ulong)seed)[0].Melody];
}

// One after the other, with a bar of silence between them.
static Melody InARow(Melody[] melodies)
{
    MelodyEvent[] silence = [MelodyEvent.NoteOff, .. Enumerable.Repeat(MelodyEvent.Hold, Silence - 1)];
    return new Melody([.. melodies.SelectMany(melody => melody.Events.Concat(silence))]);
}
