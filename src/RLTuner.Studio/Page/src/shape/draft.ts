import { barSteps } from "../player/music";
import type { RunDetail, Setting } from "../types";

/** What the form holds: only what the user chose. All else is the server's default. */
export interface Draft {
  title: string;
  net: string;
  preset: string;
  algorithm: string;
  ruleSet: string;
  key: string;
  timeSignature: string;
  /** Weights that are not the rule set's own, by the rule's name. */
  rules: Record<string, number>;
  /** Numbers of the plan that are not the default, as text, by the setting's name. */
  settings: Record<string, string>;
}

export const LENGTH = "num-notes-in-melody";
export const DISTANCE = "target-kl";
const PLACE = "rltuner-studio-draft";

/** Where nothing is known yet: the defaults of the command line. */
export const emptyDraft = (): Draft => ({
  title: "", net: "", preset: "musical", algorithm: "", ruleSet: "", key: "C major", timeSignature: "4/4", rules: {}, settings: {},
});

/** The draft of this window, as it was before a reload. */
export function storedDraft(): Draft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    return stored !== null && typeof stored === "object" ? { ...emptyDraft(), ...stored } : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

/** Keeps the draft over a reload; where the browser keeps nothing, it is lost with the page. */
export function store(draft: Draft): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(draft));
  } catch {
    // Nothing depends on it.
  }
}

/** A run's plan as a draft, "again with changes". */
export function draftOf(run: RunDetail, settings: Setting[]): Draft {
  const defaults = new Map(settings.map(setting => [setting.name, setting.default]));
  return {
    ...emptyDraft(),
    net: run.net,
    preset: presetOf(run),
    algorithm: run.algorithm,
    ruleSet: run.ruleSet,
    key: run.key,
    timeSignature: run.timeSignature,
    rules: { ...run.rules },
    settings: Object.fromEntries(run.settings
      .filter(({ name, value }) => defaults.has(name) && defaults.get(name) !== value)
      .map(({ name, value }) => [name, value])),
  };
}

/** The preset whose defaults a run is nearest to; a run does not keep its name. */
export const presetOf = (run: { ruleSet: string; algorithm: string }) =>
  run.ruleSet === "magenta" ? "magenta" : run.algorithm === "pg" ? "musical" : "paper";

/** Events in a melody. */
export const lengthOf = (draft: Draft, settings: Setting[]) =>
  Number(draft.settings[LENGTH] || settings.find(setting => setting.name === LENGTH)?.default) || 32;

/** The rules that the draft is judged by: its own, or those of the preset. */
export const ruleSetOf = (draft: Draft): string => draft.ruleSet || ({ paper: "theory", magenta: "magenta" }[draft.preset] ?? "musical");

/** Melodies of so many bars; a chosen distance stays the same a note. */
export function withBars(draft: Draft, bars: number, settings: Setting[]): Draft {
  const before = lengthOf(draft, settings), steps = Math.max(2, Math.round(bars * barSteps(draft.timeSignature)));
  const changed: Record<string, string> = { ...draft.settings, [LENGTH]: String(steps) };
  if (changed[DISTANCE]) {
    changed[DISTANCE] = text((Number(changed[DISTANCE]) * steps) / before);
  }
  return { ...draft, settings: withoutDefaults(changed, settings) };
}

/** Another metre, with as many bars. */
export function withMetre(draft: Draft, timeSignature: string, settings: Setting[]): Draft {
  const bars = lengthOf(draft, settings) / barSteps(draft.timeSignature);
  return withBars({ ...draft, timeSignature }, bars, settings);
}

/** What a nat a note is by default: docs/options.md. */
export const USUAL_DISTANCE = 0.25;

/** How far from the tunes it learned, in nats a note. */
export const distanceOf = (draft: Draft, settings: Setting[]) =>
  draft.settings[DISTANCE] ? Number(draft.settings[DISTANCE]) / lengthOf(draft, settings) : USUAL_DISTANCE;

/** Another distance, in nats a note. */
export function withDistance(draft: Draft, share: number, settings: Setting[]): Draft {
  const { [DISTANCE]: _, ...others } = draft.settings;
  return { ...draft, settings: share === USUAL_DISTANCE ? others : { ...others, [DISTANCE]: text(share * lengthOf(draft, settings)) } };
}

/** A number of the plan; one that is the default, or empty, is none. */
export const withSetting = (draft: Draft, name: string, value: string, settings: Setting[]): Draft =>
  ({ ...draft, settings: withoutDefaults({ ...draft.settings, [name]: value.trim() }, settings) });

/** A rule's weight; the set's own is none. */
export function withWeight(draft: Draft, name: string, weight: number, usual: number): Draft {
  const { [name]: _, ...others } = draft.rules;
  return { ...draft, rules: weight === usual ? others : { ...others, [name]: weight } };
}

/** What POST /api/runs takes. */
export function requestOf(draft: Draft): Record<string, unknown> {
  const filled = Object.entries(draft).filter(([, value]) => (typeof value === "string" ? value.trim() !== "" : Object.keys(value).length > 0));
  return Object.fromEntries(filled);
}

function withoutDefaults(values: Record<string, string>, settings: Setting[]): Record<string, string> {
  const defaults = new Map(settings.map(setting => [setting.name, setting.default]));
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== "" && value !== defaults.get(name)));
}

const text = (value: number) => String(Number(value.toPrecision(6)));
