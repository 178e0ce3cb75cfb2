// The two places where notes become sound; loaded when sound is first wanted.
import { Context } from "tone/build/esm/core/context/Context";
import { setContext } from "tone/build/esm/core/Global";
import { OfflineContext } from "tone/build/esm/core/context/OfflineContext";
import { Sequencer, type Passage } from "./sequencer";
import { Voice } from "./voices";
import type { VoiceName } from "./voice-names";

let loudspeaker: Context | null = null;

/** The loudspeaker, woken; a browser allows that only after a click or a key. */
export async function wake(): Promise<Context> {
  // A ticker of its own would be a worker made of text, which the page's security policy refuses; the player keeps time itself.
  if (!loudspeaker) setContext(loudspeaker = new Context({ clockSource: "timeout", latencyHint: "interactive", lookAhead: 0, updateInterval: 0.5 }));
  if (loudspeaker.state !== "running") await loudspeaker.resume();
  return loudspeaker;
}

/** The seconds by which sound reaches the ear later than the clock says. */
export function latency(context: Context): number {
  const raw = context.rawContext as unknown as AudioContext;
  return raw.outputLatency || raw.baseLatency || 0;
}

/** What the loudspeaker would play, as samples, and when the cursor reaches each note. */
export async function render(passage: Passage, pace: number, voice: VoiceName): Promise<{ samples: Float32Array; rate: number; notes: { pitch: number; cursor: number }[] }> {
  const rate = 44_100, start = 0.1;
  const sequencer = new Sequencer({ ...passage, loop: false }, start, pace);
  const context = new OfflineContext(1, start + (passage.to - passage.from) * pace + 1, rate);
  // Tone makes a loudspeaker of its own where it has none to take defaults from.
  if (!loudspeaker) setContext(context);
  const player = new Voice(voice, context);
  for (const sound of sequencer.advance(Infinity)) player.play(sound);
  const buffer = await context.render();
  const notes = passage.notes.map(note => ({ pitch: note.pitch, cursor: reached(sequencer, note.step, start, pace) }));
  return { samples: buffer.toArray(0) as Float32Array, rate, notes };
}

/** The first moment, to a tenth of a millisecond, at which the cursor stands on a step. */
function reached(sequencer: Sequencer, step: number, start: number, pace: number): number {
  for (let time = start + Math.max(0, step - 1) * pace; ; time += 0.0001) {
    const at = sequencer.position(time);
    if (at === null || at >= step - 1e-6) return time;
  }
}
