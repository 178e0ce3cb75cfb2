// What the page itself must know of music: where bars and beats are, and what a pitch is called.
import type { Events, Melody, Note } from "../types";

export const noEvent = -2;
export const noteOff = -1;

/** Sixteenth steps in a bar. */
export function barSteps(timeSignature: string): number {
  const [beats = 4, unit = 4] = timeSignature.split("/").map(Number);
  return Math.max(1, Math.round(beats * 16 / unit));
}

/** Sixteenth steps in a beat: three eighths in 6/8, 9/8 and 12/8, else one unit of the metre. */
export function beatSteps(timeSignature: string): number {
  const [beats = 4, unit = 4] = timeSignature.split("/").map(Number);
  return unit === 8 && beats % 3 === 0 && beats > 3 ? 6 : Math.max(1, Math.round(16 / unit));
}

export function barCount(melody: Pick<Melody, "events" | "timeSignature">): number {
  return Math.max(1, Math.ceil(melody.events.length / barSteps(melody.timeSignature)));
}

export function notesOf(events: Events): Note[] {
  const notes: Note[] = [];
  let sounding: Note | null = null;
  events.forEach((event, step) => {
    if (event >= 0) notes.push(sounding = { step, steps: 1, pitch: event });
    else if (event === noteOff) sounding = null;
    else if (sounding) sounding.steps++;
  });
  return notes;
}

/** The note that sounds at a step, or none in a rest. */
export function noteAt(notes: Note[], step: number): Note | undefined {
  return notes.find(note => note.step <= step && step < note.step + note.steps);
}

const letters: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const sharps = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const flats = ["C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"];

/** The tonic of a key such as "Eb dorian", 0 for C to 11 for B. */
export function tonicOf(key: string): number {
  const [letter = "C", sign] = key;
  return ((letters[letter] ?? 0) + (sign === "#" ? 1 : sign === "b" ? -1 : 0) + 12) % 12;
}

/** A pitch's name, such as "F♯4"; with flats in keys that are written with them. */
export function pitchName(pitch: number, key: string): string {
  const names = key[1] === "b" || /^(F|[CDG] (minor|dorian|phrygian))/.test(key) ? flats : sharps;
  return `${names[((pitch % 12) + 12) % 12]}${Math.floor(pitch / 12) - 1}`;
}

/** Whether the key of a piano is black. */
export const isBlack = (pitch: number): boolean => [1, 3, 6, 8, 10].includes(pitch % 12);
