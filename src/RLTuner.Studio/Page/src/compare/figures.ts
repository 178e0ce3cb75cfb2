import { say } from "../texts";
import type { RunDetail } from "../types";

/** Figures of a net as `metrics.json` has them; docs/metrics.md defines each. */
export interface NetFigures {
  figures: Record<string, number | null>;
  intervals: Record<string, [number, number] | null>;
}

/** A run that has figures. */
export interface Measured {
  run: RunDetail;
  before: NetFigures;
  after: NetFigures;
}

export function measured(run: RunDetail): Measured | null {
  const { before, after } = (run.metrics ?? {}) as Partial<Record<"before" | "after", Partial<NetFigures>>>;
  return before?.figures && after?.figures ? { run, before: { intervals: {}, ...before } as NetFigures, after: { intervals: {}, ...after } as NetFigures } : null;
}

const counts = new Set(["melodies", "steps", "notes", "longest_copied_passage"]);
const plain = new Set(["notes_per_bar", "note_length", "length_entropy", "theory_reward", "note_rnn_log_probability", "kl_from_note_rnn", "policy_entropy", "copied_passage"]);

/** A figure as a reader wants it: shares in per cent. */
export function written(name: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return counts.has(name) ? say.whole(value) : plain.has(name) || name.startsWith("autocorrelation") ? say.fixed(value) : say.share(value);
}

/** Whether both intervals are known and do not touch: the difference is not chance. */
export function areApart(name: string, one: NetFigures, other: NetFigures): boolean {
  const a = one.intervals[name], b = other.intervals[name];
  return !!a && !!b && (a[1] < b[0] || b[1] < a[0]);
}
