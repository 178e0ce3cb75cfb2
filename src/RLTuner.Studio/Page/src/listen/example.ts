import { notesOf } from "../player/music";
import { texts } from "../texts";
import type { Melody } from "../types";
import made from "./example.json";

function melody(part: typeof made.before, title: string): Melody {
  return { ...part, title, key: made.key, timeSignature: made.timeSignature, notes: notesOf(part.events) };
}

/** What a first visitor hears: the shipped net and what a tuning with defaults made of it, on the same opening and the same random stream. */
export const example = { before: melody(made.before, texts.before), after: melody(made.after, texts.after), steps: made.steps };
