import { api } from "../api";
import { barSteps } from "../player/music";
import type { Events, Melody, Source } from "../types";

/** The first bar that has a note, for both to begin with; nothing where there is none. */
function openingOf(melody: Melody): Events[] {
  const bar = barSteps(melody.timeSignature), first = melody.notes[0];
  if (!first) return [];
  const from = Math.floor(first.step / bar) * bar, opening = melody.events.slice(from, from + bar);
  return opening.length < melody.events.length ? [opening] : [];
}

/** What a net composes when it begins with the liveliest bar of a few of its melodies, and that bar, for another net to begin with too. */
export async function composeFirst(source: Source, seed: number, signal: AbortSignal): Promise<{ melody: Melody; opening: Events | undefined }> {
  const openings = (await api.melodies({ source, seed, count: 6 }, signal)).flatMap(openingOf);
  const noteCount = (opening: Events): number => opening.filter(event => event >= 0).length;
  const opening = openings.find(one => noteCount(one) >= 4) ?? openings.toSorted((one, other) => noteCount(other) - noteCount(one))[0];
  return { melody: await composeAfter(source, seed, opening, signal), opening };
}

/** What a net makes of an opening. */
export async function composeAfter(source: Source, seed: number, opening: Events | undefined, signal: AbortSignal): Promise<Melody> {
  const [melody] = await api.melodies({ source, seed, opening }, signal);
  return melody!;
}
