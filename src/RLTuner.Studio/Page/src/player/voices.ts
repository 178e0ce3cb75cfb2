// The instruments: each a few partials and an envelope. Their numbers are those of General MIDI, which downloads bear.
import { Gain } from "tone/build/esm/core/context/Gain";
import type { BaseContext } from "tone/build/esm/core/context/BaseContext";
import { Synth } from "tone/build/esm/instrument/Synth";
import type { Sound } from "./sequencer";
import type { VoiceName } from "./voice-names";

interface Recipe {
  partials: number[];
  attack: number;
  decay: number;
  sustain: number;
  release: number;
  gain: number;
}

const recipes: Record<VoiceName, Recipe> = {
  piano: { partials: [1, 0.42, 0.2, 0.12, 0.06, 0.03, 0.015], attack: 0.003, decay: 1.1, sustain: 0.08, release: 0.25, gain: 0.55 },
  guitar: { partials: [1, 0, 0.16, 0, 0.06, 0, 0.02], attack: 0.002, decay: 0.55, sustain: 0.05, release: 0.3, gain: 0.75 },
  bells: { partials: [1, 0, 0, 0.3, 0, 0, 0, 0, 0, 0.06], attack: 0.002, decay: 1.8, sustain: 0, release: 1.2, gain: 0.5 },
  flute: { partials: [1, 0.16, 0.05, 0.015], attack: 0.012, decay: 0.1, sustain: 0.85, release: 0.06, gain: 0.5 },
  strings: { partials: [1, 0.5, 0.33, 0.25, 0.18, 0.12, 0.08, 0.05], attack: 0.016, decay: 0.15, sustain: 0.8, release: 0.12, gain: 0.32 },
};

/** An instrument in a context, loud or silent. Tones overlap a little, as on a real one; that is why there are several synthesisers. */
export class Voice {
  private readonly output: Gain;
  private readonly synths: Synth[];
  private turn = 0;
  /** A soft tone is heard to begin in the middle of its attack: so many seconds after it does. */
  private readonly softness: number;

  constructor(name: VoiceName, private readonly context: BaseContext) {
    const { partials, gain, ...envelope } = recipes[name];
    this.softness = envelope.attack / 2;
    this.output = new Gain({ context, gain }).connect(context.destination);
    this.synths = [0, 1, 2].map(() => new Synth({
      context, oscillator: { type: "custom", partials }, envelope: { ...envelope, decayCurve: "exponential", releaseCurve: "exponential" },
    }).connect(this.output));
  }

  play({ pitch, time, duration }: Sound): void {
    const hertz = 440 * 2 ** ((pitch - 69) / 12);
    // High tones sound louder than low ones of the same height.
    const velocity = Math.min(1, Math.max(0.45, 0.85 - (pitch - 60) * 0.008));
    this.synths[this.turn++ % this.synths.length]!.triggerAttackRelease(hertz, Math.max(0.03, duration * 0.94), Math.max(this.context.currentTime, time - this.softness), velocity);
  }

  /** Falls silent without a click. */
  end(): void {
    const now = this.context.currentTime;
    this.output.gain.setTargetAtTime(0, now, 0.015);
    setTimeout(() => {
      for (const synth of this.synths) synth.dispose();
      this.output.dispose();
    }, 200);
  }
}
