// Which note sounds when. The loudspeaker, the silent renderer and the cursor all ask here, so that they cannot differ.
import type { Note } from "../types";

export interface Passage {
  notes: Note[];
  /** Sixteenth steps from which and up to which it plays. */
  from: number;
  to: number;
  loop: boolean;
}

/** A note to be heard, in seconds. */
export interface Sound {
  pitch: number;
  time: number;
  duration: number;
}

/** From this second on the cursor moves evenly from this step. */
interface Line {
  time: number;
  step: number;
  secondsPerStep: number;
}

export const secondsPerStep = (tempo: number): number => 15 / tempo;

export class Sequencer {
  private readonly lines: Line[];
  /** The step up to which all notes have been given. */
  private next: number;
  private over: number | null = null;

  /** Begins at a second with a step: by default the passage's first. */
  constructor(private readonly passage: Passage, start: number, pace: number, first = passage.from) {
    this.lines = [{ time: start, step: first, secondsPerStep: pace }];
    this.next = first;
  }

  /** The second at which the last step ends, once that is known. */
  get end(): number | null {
    return this.over;
  }

  /** The notes that begin before this second and were not given yet. */
  advance(until: number): Sound[] {
    const sounds: Sound[] = [];
    while (this.over === null) {
      const line = this.lines[this.lines.length - 1]!;
      const reach = Math.min(this.passage.to, line.step + (until - line.time) / line.secondsPerStep);
      for (const note of this.passage.notes) {
        // A note that began before the passage is heard from where that begins.
        const begin = Math.max(note.step, this.passage.from);
        const end = Math.min(note.step + note.steps, this.passage.to);
        if (begin < this.next || begin >= reach || end <= begin) continue;
        sounds.push({ pitch: note.pitch, time: this.at(line, begin), duration: (end - begin) * line.secondsPerStep });
      }
      this.next = Math.max(this.next, reach);
      if (reach < this.passage.to) break;
      const last = this.at(line, this.passage.to);
      if (this.passage.loop) {
        this.lines.push({ ...line, time: last, step: this.passage.from });
        this.next = this.passage.from;
      } else {
        this.over = last;
      }
    }
    return sounds;
  }

  /** Plays on at another pace, from where notes have not been given yet. */
  setPace(pace: number): void {
    const line = this.lines[this.lines.length - 1]!;
    if (this.over !== null || line.secondsPerStep === pace) return;
    this.lines.push({ time: this.at(line, this.next), step: this.next, secondsPerStep: pace });
  }

  /** Where the cursor stands at a second; null before the first step and after the last. */
  position(time: number): number | null {
    if (time < this.lines[0]!.time || (this.over !== null && time >= this.over)) return null;
    while (this.lines.length > 1 && this.lines[1]!.time <= time - 60) this.lines.shift();
    const line = this.lines.findLast(one => one.time <= time)!;
    return line.step + (time - line.time) / line.secondsPerStep;
  }

  private at(line: Line, step: number): number {
    return line.time + (step - line.step) * line.secondsPerStep;
  }
}
