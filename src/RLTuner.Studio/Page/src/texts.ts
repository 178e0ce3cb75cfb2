// Every word that people read, in one place; numbers and times are written as the browser's locale does.

const locale = navigator.languages as string[];
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
const fixed = [0, 1, 2, 3].map(digits => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" }));
const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: "exceptZero" });
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
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
  moment: (iso: string): string => moment.format(new Date(iso)),
  duration: (value: number): string => value < 90 ? seconds.format(value) : value < 5400 ? minutes.format(value / 60) : hours.format(value / 3600),
};

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
  listenExample: "One net, one opening, the same throw of the dice: first as it learned from folk tunes, then after music theory taught it where a melody wants to go.",
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
  workOn: "Work on it", workOnThis: (title: string): string => `Work on ${title}`,
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
  remove: "Remove",
  removeSure: "Its nets and melodies are deleted.",
  removeYes: "Remove it",
  removeNo: "Keep it",
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
    entropy: ["Freedom", "entropy, nats a note"],
    distinct: ["Different melodies", "of all"],
    loss: ["Loss", "nats an event"],
  },
  target: "target",
  heldOut: "held out",
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
  expectsHelp: "Each column is a sixteenth: the darker, the more likely the net finds that event. The ring is what was played.",
  expectsLabel: "Steps of the melody",
  another: "Another melody",
  noNet: "The first net is there as soon as a window is done.",
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
