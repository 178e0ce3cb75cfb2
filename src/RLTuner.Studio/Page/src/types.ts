// What page and server say to each other.

/** One a sixteenth step: -2 nothing new (a note or rest goes on), -1 the note ends, 0 to 127 a note begins. */
export type Events = number[];

export interface Note {
  step: number;
  steps: number;
  pitch: number;
}

export interface Melody {
  events: Events;
  key: string;
  timeSignature: string;
  title: string;
  abc: string;
  notes: Note[];
  /** How many first steps were given; the net composed the rest. */
  given: number;
}

export type Source = { net: string } | { run: string; at: "before" | "now" | number };

export interface Setting {
  name: string;
  meaning: string;
  unit: string;
  kind: "whole" | "number" | "switch" | "word";
  words: string[];
  min: number | null;
  max: number | null;
  /** Whether `min` itself is refused. */
  minIsOutside?: boolean;
  /** The values that it takes, for a message. */
  range?: string;
  default: string;
  optional: boolean;
  source: string;
}

export interface SettingGroup {
  name: string;
  settings: Setting[];
}

export type RunStatus = "waiting" | "running" | "pausing" | "paused" | "done" | "failed";

export interface RunSummary {
  id: string;
  title: string;
  kind: "tune" | "train";
  status: RunStatus;
  step: number;
  steps: number;
  notesPerSecond: number | null;
  secondsLeft: number | null;
  error: string | null;
  created: string;
  algorithm: string;
  ruleSet: string;
  key: string;
  timeSignature: string;
  length: number;
  targetKl: number | null;
  net: string;
  last: {
    total: number | null;
    theory: number | null;
    noteRnn: number | null;
    kl: number | null;
    entropy: number | null;
    distinct: number | null;
  } | null;
}

export interface Sums {
  total: number | null;
  theory: number | null;
  noteRnn: number | null;
}

/** A line of progress.jsonl. A training has only step, steps and the losses. */
export interface Window {
  step: number;
  steps: number;
  train: Partial<Sums> & {
    loss?: number | null;
    rules?: Record<string, { reward: number | null; fired: number; violated: number }>;
  };
  evaluation: Partial<Sums> & { loss?: number | null; melodies?: number; standardError?: Sums };
  learner?: Record<string, unknown>;
  policy?: { kl: number | null; entropy: number | null; distinct: number | null };
  music?: Record<string, number | null>;
}

export interface RunDetail extends RunSummary {
  settings: { name: string; value: string }[];
  rules: Record<string, number>;
  windows: Window[];
  /** Steps at which a net is kept. */
  nets: number[];
  before: Melody[];
  after: Melody[];
  metrics: { before: object; after: object } | null;
  /** The net that a training made. */
  result: string | null;
}

export interface Named {
  name: string;
  meaning: string;
}

export interface Studio {
  version: string;
  threads: number;
  maxThreads: number;
  folder: string;
  keys: string[];
  timeSignatures: string[];
  algorithms: Named[];
  presets: Named[];
  ruleSets: Named[];
  instruments: { number: number; name: string }[];
}

export interface Net {
  id: string;
  name: string;
  kind: "shipped" | "uploaded" | "trained" | "run";
  layers: number[];
  classes: number;
  lowest: number;
  knowsBeginnings: boolean;
}

export interface Corpus {
  id: string;
  name: string;
  melodies: number;
  notes: number;
  remarks: string[];
}

export interface Upload {
  kind: "net" | "run" | "corpus" | "melodies";
  id: string;
  name: string;
  remarks: string[];
  melodies?: Melody[];
}

export interface RunWish {
  title?: string;
  net?: string;
  preset?: string;
  algorithm?: string;
  ruleSet?: string;
  key?: string;
  timeSignature?: string;
  rules?: Record<string, number>;
  settings?: Record<string, string>;
}

export interface Rule {
  name: string;
  meaning: string;
  weight: number;
  liked: Melody;
  disliked: Melody;
}

export interface MelodiesWish {
  source: Source;
  count?: number;
  seed?: number;
  length?: number;
  key?: string;
  timeSignature?: string;
  temperature?: number;
  topP?: number;
  opening?: Events;
}

export interface ExplainWish {
  events: Events;
  key: string;
  timeSignature: string;
  ruleSet: string;
  rules?: Record<string, number>;
  source?: Source;
}

export interface ExplainedStep {
  total: number;
  rules: { name: string; score: number; why: string }[];
  /** How likely the net found what was played. */
  p: number | null;
  likely: { event: number; p: number }[];
}

export interface Explanation {
  sum: number;
  sums: Record<string, number>;
  steps: ExplainedStep[];
}

export interface Expectations {
  /** One a class. */
  events: number[];
  steps: { played: number; p: number[] }[];
}

export interface Histogram {
  name: string;
  meaning: string;
  labels: string[];
  now: number[];
  corpus: number[] | null;
}

export interface ExportWish {
  events: Events;
  key: string;
  timeSignature: string;
  title?: string;
  format: "midi" | "musicxml" | "abc" | "wav";
  tempo?: number;
  instrument?: number;
  transpose?: number;
}

export interface Pair {
  id: string;
  first: Melody;
  second: Melody;
}

export interface Comparison {
  better: string;
  worse: string;
  wins: number;
  losses: number;
  ties: number;
  rate: number;
  low: number;
  high: number;
}

export interface Ratings {
  rated: number;
  comparisons: Comparison[];
}

export interface FittedRule {
  name: string;
  before: number;
  after: number;
  /** Null where no pair told the rule apart. */
  low: number | null;
  high: number | null;
}

export interface Fit {
  rules: FittedRule[];
  ratings: number;
  word: string | null;
}
