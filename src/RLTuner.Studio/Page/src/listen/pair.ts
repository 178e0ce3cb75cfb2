import { api } from "../api";
import { barSteps, noEvent } from "../player/music";
import type { Events, Melody, Source } from "../types";

/** The first bar that has a note, for both to begin with; nothing where there is none. */
function openingOf(melody: Melody): Events | undefined {
  const bar = barSteps(melody.timeSignature), first = melody.notes[0];
  if (!first) return undefined;
  const from = Math.floor(first.step / bar) * bar, opening = melody.events.slice(from, from + bar);
  return opening.some(event => event !== noEvent) && opening.length < melody.events.length ? opening : undefined;
}

/** The two nets on the same opening and the same seed. What a net composes it composes again, so the first of the two may be kept. */
export async function composePair(before: Source, after: Source | null, seed: number, signal: AbortSignal): Promise<{ before: Melody; after: Melody | null }> {
  const [first] = await api.melodies({ source: before, seed }, signal);
  const opening = first && openingOf(first);
  const [one, other] = await Promise.all([before, after].map(source => source && api.melodies({ source, seed, opening }, signal)));
  return { before: one![0]!, after: other?.[0] ?? null };
}
