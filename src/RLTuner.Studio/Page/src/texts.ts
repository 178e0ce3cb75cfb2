// Every word that people read, in one place; numbers and times are written as the browser's locale does.

const locale = navigator.languages as string[];
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
const fixed = [0, 1, 2, 3].map(digits => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" }));
const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: "exceptZero" });
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const share = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const seconds = new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay: "long", maximumFractionDigits: 0 });
const minutes = new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "long", maximumFractionDigits: 0 });
const hours = new Intl.NumberFormat(locale, { style: "unit", unit: "hour", unitDisplay: "long", maximumFractionDigits: 1 });

export const say = {
  whole: (value: number): string => whole.format(value),
  number: (value: number | null | undefined): string => value == null ? "–" : short.format(value),
  compact: (value: number | null | undefined): string => value == null ? "–" : compact.format(value),
  fixed: (value: number | null | undefined, digits: 0 | 1 | 2 | 3 = 2): string => value == null ? "–" : fixed[digits]!.format(value),
  signed: (value: number | null | undefined): string => value == null ? "–" : signed.format(value),
  percent: (value: number | null | undefined): string => value == null ? "–" : percent.format(value),
  share: (value: number): string => share.format(value),
  moment: (iso: string): string => moment.format(new Date(iso)),
  duration: (value: number): string => value < 90 ? seconds.format(value) : value < 5400 ? minutes.format(value / 60) : hours.format(value / 3600),
};

/** A rule's name as words. */
export const ruleName = (name: string): string => name.replaceAll("_", " ");

export const texts = {
  title: "RLTuner studio",
  tabs: { listen: "Listen", work: "Work", shape: "Shape", watch: "Watch", rate: "Rate", compare: "Compare" },
  sections: "Sections of the studio",
  skip: "Skip to the content",
  theme: { system: "Colours follow the system", light: "Light colours", dark: "Dark colours" },
  noServer: "The studio's server does not answer. Is the command still running?",
  refused: (status: number): string => `The server refused this (${status}).`,
  lost: "The studio is not running. Its runs go on when it is started again; this page looks for it by itself.",
  status: { waiting: "waiting", running: "running", pausing: "pausing", paused: "paused", done: "done", failed: "failed" },
  progress: (title: string, share: number): string => `${title}: ${say.percent(share)}`,
  place: (bar: number, beat: number, pitch: string | null, begins: boolean): string =>
    `Bar ${say.whole(bar)}, beat ${say.whole(beat)}: ${pitch === null ? "rest" : begins ? pitch : `${pitch} goes on`}`,
  staffOf: (title: string): string => `${title}, as notes on a staff`,
  play: "Play", stop: "Stop",
  playThis: (title: string): string => `Play ${title}`,
  stopThis: (title: string): string => `Stop ${title}`,
  tempo: "Tempo", tempoUnit: "quarter notes a minute",
  voice: "Instrument",
  voices: { piano: "Piano", guitar: "Guitar", bells: "Music box", flute: "Flute", strings: "Strings" },
  transpose: "Transpose", semitones: (value: number): string => value === 0 ? "as written" : `${say.signed(value)} semitones`,
  loop: "Loop", loopNothing: "nothing", loopBar: (bar: number): string => `bar ${say.whole(bar)}`, loopAll: "all of it",
  showStaff: "Staff",
  howItSounds: "How it sounds", lower: "A semitone lower", higher: "A semitone higher",
  pointAtAStep: "Point at a note to see what each rule says of it, and what else the net thought likely.",
  goesOn: "goes on", noteEnds: "note ends",
  rulesGive: (total: number): string => `the rules give ${say.signed(total)}`,
  netFinds: (p: number): string => `the net found it ${say.percent(p)} likely`,
  noRuleSpeaks: "No rule has a word on this step.",

  listenTitle: "Hear what tuning does",
  listenExample: "One net, one opening, the same throw of the dice: first as it learned from tunes, then after music theory taught it where a melody wants to go.",
  listenRun: (title: string): string => `${title}: the same opening and the same throw of the dice, before and after.`,
  before: "Before", beforeAbout: "The net as it learned from tunes",
  after: "After", afterAbout: (steps: number): string => `After ${say.whole(steps)} notes of tuning`,
  playBoth: "Play both", playAll: "Play all", tune: "Tune",
  whatIsHeard: "Heard", theExample: "The example", howFar: "How far tuned",
  notesPlayed: (steps: number): string => `${say.whole(steps)} notes`,
  anotherOpening: "Another opening",
  waitsForOthers: "Waits for the runs before it", isTuning: "It is learning", firstSoundSoon: "In a few seconds there is something to hear.",
  tenOfRun: (steps: number): string => `Ten melodies after ${say.whole(steps)} notes`, tenOfNet: "Ten melodies of the net, untuned", tenOthers: "Ten others",
  melodyNumber: (number: number): string => `Melody ${say.whole(number)}`,
  workOn: "Work on it", workOnThis: (title: string): string => `Work on it: ${title}`,
  timeLeft: (value: number): string => `${say.duration(value)} left`,
};

export const watchTexts = {
  queue: "Runs",
  none: "No run yet. Shape one, and watch it learn.",
  shape: "Shape a run",
  threads: "Threads",
  threadsHelp: (most: number): string => `How many of this machine's ${most} threads the studio may use.`,
  played: (run: { step: number; steps: number; kind: string }): string =>
    `${say.compact(run.step)} of ${say.compact(run.steps)} ${run.kind === "train" ? "epochs" : "notes"}`,
  speed: (notes: number): string => `${say.compact(notes)} notes a second`,
  pause: "Pause",
  resume: "Resume",
  pauseRun: (title: string): string => `Pause ${title}`,
  resumeRun: (title: string): string => `Resume ${title}`,
  goOn: "Go on",
  goOnLabel: "Notes to play in all",
  goOnCancel: "Leave it",
  again: "Again with changes",
  listen: "Listen",
  report: "Report",
  removeWarning: "Its nets and melodies are deleted.",
  training: "Training of a net",
  tuning: "Tuning",
  facts: (run: { key: string; timeSignature: string; length: number; algorithm: string; ruleSet: string; created: string }, bars: number): string =>
    [run.key, run.timeSignature, `${say.number(bars)} ${bars === 1 ? "bar" : "bars"}`, algorithmName(run.algorithm), `${run.ruleSet} rules`, say.moment(run.created)].join(" · "),
  curves: "How it goes",
  waiting: "nothing measured yet",
  chart: {
    theory: ["Theory", "points a melody"],
    noteRnn: ["Likelihood", "log p of a melody, nats"],
    kl: ["Distance", "KL, nats a note"],
    entropy: ["Entropy", "nats a note"],
    distinct: ["Variety", "different melodies, of all"],
    loss: ["Loss", "nats an event"],
  },
  target: "target",
  learnedFrom: "tunes learned from",
  heldOut: "tunes held out",
  rules: "What each rule gave",
  rulesHelp: "In the latest window, a note: the mean reward, and of how many notes in a hundred the rule had something to say, and something against.",
  ruleColumns: { rule: "rule", course: "so far", gave: "gave a note", fired: "fired", violated: "violated" },
  histograms: "Beside the tunes it learned",
  histogramsHelp: "Melodies of the net as it is now, and the corpus that it was trained on.",
  now: "now",
  corpus: "corpus",
  measureAgain: "Measure again",
  measuring: "measuring…",
  expects: "What it expects next",
  expectsHelp: "Each column is a sixteenth: the stronger its colour, the more likely the net finds that event. The ring is what was played.",
  expectsLabel: "Steps of the melody",
  another: "Another melody",
  play: "Play",
  playExpected: "Play this melody",
  expectsAt: (step: number, played: string, share: number, likely: string): string => `Step ${step}: played ${played} (${say.percent(share)}); it expected ${likely}`,
  goesOn: "goes on",
  ends: "ends",
  trained: "The net is ready.",
  tuneIt: "Tune it",
};

function algorithmName(name: string): string {
  const names: Record<string, string> = { pg: "policy gradient", q: "Q-learning", psi: "Ψ-learning", g: "G-learning", "pure-rl": "pure RL" };
  return names[name] ?? name;
}

const corpusSize = ({ melodies, notes }: { melodies: number; notes: number }): string =>
  `${melodies === 1 ? "1 melody" : `${say.whole(melodies)} melodies`}, ${say.whole(notes)} notes`;

export const shapeTexts = {
  distance: "How far from the tunes it learned",
  distanceHelp: "The rules pull the net away from the tunes it learned. How far may it go?",
  choices: [
    { share: 1 / 16, name: "Like the tunes it learned", meaning: "The rules nudge it, no more." },
    { share: 1 / 4, name: "In balance", meaning: "Lively tunes that come home. The default." },
    { share: 1 / 2, name: "Mostly by the rules", meaning: "Tidier, and further from what it heard." },
    { share: 1, name: "Strictly by the rules", meaning: "The rules have the last word." },
  ],
  distanceExact: "Or exactly",
  distanceValue: (nats: number): string => `${say.number(nats)} nats a melody`,
  distanceElsewhere: "Only the policy gradient holds a distance. For other ways to learn, the numbers below say how much rules count.",
  music: "The music",
  tonic: "Key",
  mode: "Mode",
  metre: "Metre",
  bars: "Bars",
  tempo: "Tempo",
  tempoHelp: "Quarters a minute, to listen by; the net itself knows no tempo.",
  net: "The net",
  netHelp: "What composes, before it is tuned. Drop a net, a run's folder or tunes anywhere on this page.",
  netLabel: "Net to tune",
  netAbout: (net: { layers: number[]; knowsBeginnings: boolean; lowest: number; classes: number }): string =>
    `${net.layers.map(units => say.whole(units)).join(" + ")} units, ${say.whole(net.classes - 2)} pitches; ${net.knowsBeginnings ? "begins melodies by itself" : "needs a first note"}`,
  netKinds: { shipped: "With the program", uploaded: "Brought here", trained: "Trained here", run: "Of a run" },
  netWarning: "Runs that began from it keep their own copy.",
  corpora: "Tunes brought here",
  corpusSize,
  corpusWarning: "Nets that learned from them stay.",
  train: "Train a net",
  trainFrom: (name: string): string => `Train a net from ${name}`,
  chooseFiles: "Choose files…",
  chooseFolder: "Choose a folder…",
  rules: "The rules",
  rulesHelp: "How much each rule counts. Listen to what it likes and what it does not.",
  rulesBusy: "Looking for examples of each rule…",
  likes: "likes",
  dislikes: "dislikes",
  hearLiked: (rule: string): string => `Play a melody that ${rule} likes`,
  hearDisliked: (rule: string): string => `Play a melody that ${rule} dislikes`,
  weightOf: (rule: string): string => `Weight of ${rule}`,
  reset: (name: string): string => `Set ${name} back`,
  again: "Try again",
  numbers: "Every number of the plan",
  numbersHelp: "What the command line can set. An empty field is the default.",
  search: "Find a number",
  nothingFound: "No number has this in its name or meaning.",
  preset: "Preset",
  algorithm: "Way to learn",
  ruleSet: "Rules",
  ofPreset: "as the preset has it",
  isDefault: (text: string): string => `default: ${text}`,
  plan: "Your run",
  name: "Name",
  namePlaceholder: "given by itself",
  changed: "Changed",
  weight: (rule: string, weight: number): string => `${rule} × ${say.number(weight)}`,
  defaults: "Everything else is the default.",
  allDefaults: "Everything is the default.",
  tune: "Tune",
  tuning: "Starting…",
  startOver: "Start over",
  mend: (count: number): string => count === 1 ? "One number needs another look." : `${say.whole(count)} numbers need another look.`,
  summary: (draft: { key: string; timeSignature: string }, bars: number): string => `${draft.key}, ${draft.timeSignature}, ${say.number(bars)} ${bars === 1 ? "bar" : "bars"}`,
};

export const removeTexts = {
  remove: "Remove",
  removeNamed: (name: string): string => `Remove ${name}`,
  yes: "Remove it",
  no: "Keep it",
};

export const dropTexts = {
  here: "Drop it anywhere",
  kinds: "A net (checkpoint folder, safetensors, .mag, ONNX), a run's folder, or tunes (MIDI, MusicXML, ABC)",
  reading: "Reading the folder…",
  sending: (name: string, share: number): string => share < 1 ? `Sending ${name}: ${say.percent(share)}` : `Reading ${name}…`,
  stop: "Stop",
  close: "Close",
  tooMuch: (files: number, bytes: number): string => `Expected at most ${say.whole(files)} files and ${say.whole(bytes / 2 ** 20)} MiB at once, found more. Choose a smaller folder, or part of it.`,
  empty: "There is no file in it.",
  net: "is a net.",
  tuneIt: "Tune it",
  run: "is a run; it is in the list now.",
  watchIt: "Watch it",
  corpus: "are tunes to learn from.",
  corpusSize,
  train: "Train a net from them",
  melody: "is a melody.",
};

export const compareTexts = {
  choose: "Runs to compare",
  chooseHelp: "Runs that were tuned to their end, or paused after an end.",
  none: "Nothing to compare yet: a run has figures when it is done.",
  shape: "Shape a run",
  open: "Open the comparison",
  download: "Download it",
  report: "Report",
  figure: "figure",
  untuned: "untuned",
  pick: "Choose two or more runs to see them side by side.",
  frontier: "By the rules, or like the tunes",
  frontierHelp: "What the rules give a melody, against the distance from the tunes the net learned. The ring is the net before it was tuned. Up and to the left is better.",
  frontierX: "distance, KL in nats a note",
  frontierY: "theory, points a melody",
  figures: "Side by side",
  figuresHelp: "Of a thousand melodies each, with the interval in which the figure of very many lies, in 95 of 100 cases. Bold where it does not touch that of the untuned net.",
  all: "All figures",
  interval: (low: string, high: string): string => `${low} to ${high}`,
  unknown: (title: string): string => `${title} has no figures yet.`,
  /** What a musician asks first; the figures' names, in docs/metrics.md. */
  first: {
    theory_reward: "Theory, points a melody",
    note_rnn_log_probability: "Likelihood, log p of a melody",
    kl_from_note_rnn: "Distance, KL in nats a note",
    policy_entropy: "Entropy, nats a note",
    different_melodies: "Different melodies",
    notes_not_in_key: "Notes outside the key",
    ending_on_tonic: "Melodies that end on the tonic",
    notes_per_bar: "Notes a bar",
    length_entropy: "Variety of lengths, bits",
    bar_copies: "Bars that copy another",
    motif_returns: "Bars that take up a motif",
    interval_distance: "Distance of intervals from the corpus",
    half_bar_distance: "Distance of rhythms from the corpus",
  } as Record<string, string>,
};

export const workTexts = {
  title: "Work on a melody",
  about: "Keep the bars you like and let the others be composed anew: the net hears what stands before and after them.",
  exampleTitle: "The example, tuned",
  undo: "Undo", redo: "Redo",
  bars: "Bars that are kept", keepBar: (bar: number): string => `Keep bar ${say.whole(bar)}`,
  kept: "keep", anew: "anew", isKept: "This bar stays as it is", isFree: "This bar will be composed anew",
  chooseBars: "Unlock the bars below the roll that shall change.",
  recompose: "Compose anew", vary: "Vary a bar", goOn: "Go on for two bars", composer: "Composed by", sameNet: "The net it came from",
  recomposed: (tries: number): string => `Composed anew; the best fit of ${say.whole(tries)} tries.`,
  continued: "Two bars more.",
  takeAway: "Take it away", formats: { midi: "MIDI", musicxml: "MusicXML", abc: "ABC", wav: "WAV" }, copy: "Copy ABC", copied: "The ABC text is on the clipboard.",
  ownMelody: "Or bring your own", name: "Title", openFile: "Open a file…", noMelodyIn: (file: string): string => `${file} holds no melody.`,
};

export const rateTexts = {
  title: "Which do you like better?",
  about: "Two melodies, in an order that nobody tells. Your ear decides, and the rules can follow it.",
  compare: "Compare", with: "with",
  tuned: (run: string): string => `${run}, tuned`, untuned: (run: string): string => `${run}, before`, net: (name: string): string => `The net ${name}`, realTune: "A real tune",
  first: "First", second: "Second",
  firstBetter: "First is better", secondBetter: "Second is better", same: "No difference",
  playBoth: "Play both", stop: "Stop", space: "space",
  rated: (count: number): string => count === 0 ? "Nothing rated yet" : count === 1 ? "One pair rated" : `${say.whole(count)} pairs rated`,
  revealed: (first: string, second: string): string => `The first was ${first}, the second ${second}.`,
  soFar: "What you preferred so far",
  preferred: (better: string, worse: string): string => `${better} over ${worse}:`,
  interval: (low: number, high: number): string => `likely ${say.percent(low)} to ${say.percent(high)}`,
  likelyWeight: (low: number, high: number): string => `likely ${say.fixed(low)} to ${say.fixed(high)}`,
  counts: (wins: number, losses: number, ties: number): string => `${say.whole(wins)} for, ${say.whole(losses)} against, ${say.whole(ties)} alike`,
  fitTitle: "Rules that follow your ear", fitAbout: "From your ratings: how much each rule should count, with the range that is likely.",
  fit: "Fit the rules", tuneFitted: "Tune with these rules", fittedRun: "By my ear",
  notTold: "no pair told it apart",
  tune: "Tune", nothingToCompare: "There is nothing to compare yet. Tune the net first; then your ear decides between what it was and what it became.",
  rule: "Rule", weightBefore: "Was", weightAfter: "Is", within: "Likely range",
};
