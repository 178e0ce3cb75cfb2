import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Melody } from "../types";
import { noteAt } from "./music";
import { Sequencer, secondsPerStep, type Passage } from "./sequencer";
import { voiceNames, type VoiceName } from "./voice-names";
import type { Voice } from "./voices";

type Sounds = typeof import("./sound");
type Voices = typeof import("./voices");

/** How far ahead notes are handed to the sound card, in seconds; a page in the background is called seldom. */
const ahead = 0.15, aheadHidden = 2.5;

/**
 * What plays on this page: one melody at a time. "change" tells that something else plays or that a setting changed; "step" comes with each frame
 * while the cursor moves.
 */
class Player extends EventTarget {
  melody: Melody | null = null;
  /** The first and last step of what is repeated; null for nothing. */
  loop: { melody: Melody; from: number; to: number } | null = null;

  private pace = secondsPerStep(kept("tempo", 40, 240, 112));
  private instrument: VoiceName = voiceNames.find(name => name === localStorage.getItem("voice")) ?? "piano";
  private semitones = kept("transpose", -24, 24, 0);
  private staffShown = localStorage.getItem("staff") !== "no";
  private sequencer: Sequencer | null = null;
  private voice: Voice | null = null;
  private now: () => number = () => 0;
  private timer = 0;
  private frame = 0;
  private wish = 0;
  private finish: ((whole: boolean) => void) | null = null;

  get tempo(): number { return Math.round(15 / this.pace); }
  set tempo(value: number) {
    this.pace = secondsPerStep(Math.min(240, Math.max(40, value)));
    this.sequencer?.setPace(this.pace);
    this.keep("tempo", this.tempo);
  }

  get voiceName(): VoiceName { return this.instrument; }
  set voiceName(value: VoiceName) {
    this.instrument = value;
    this.keep("voice", value);
    if (this.melody) void this.restart();
  }

  /** Semitones by which all sounds higher. */
  get transpose(): number { return this.semitones; }
  set transpose(value: number) {
    this.semitones = Math.min(24, Math.max(-24, value));
    this.keep("transpose", this.semitones);
  }

  /** Whether melodies show their staff too. */
  get staff(): boolean { return this.staffShown; }
  set staff(value: boolean) {
    this.staffShown = value;
    this.keep("staff", value ? "yes" : "no");
  }

  /** The step at which the cursor stands, or null where it is not in this melody. */
  position(melody: Melody): number | null {
    return this.melody === melody && this.sequencer ? this.sequencer.position(this.now()) : null;
  }

  /** Plays a melody from a step; what played before ends. Fulfilled with true when it has come to its end, with false when something ended it. */
  async play(melody: Melody, from = 0): Promise<boolean> {
    this.silence();
    this.melody = melody;
    this.changed();
    const wish = this.wish;
    const [sounds, voices] = await load();
    const context = await sounds.wake();
    if (wish !== this.wish) return false;
    const loop = this.loop?.melody === melody ? this.loop : null;
    const passage: Passage = { notes: melody.notes, from: loop?.from ?? 0, to: loop?.to ?? melody.events.length, loop: loop !== null };
    this.now = () => context.currentTime - sounds.latency(context);
    this.voice = new voices.Voice(this.instrument, context);
    // In the midst of a note that note is heard from its beginning.
    const first = noteAt(melody.notes, from)?.step ?? from;
    this.sequencer = new Sequencer(passage, context.currentTime + 0.06, this.pace, first >= passage.from && first < passage.to ? first : passage.from);
    const whole = new Promise<boolean>(resolve => { this.finish = resolve; });
    this.feed(() => context.currentTime);
    this.draw();
    return await whole;
  }

  stop(): void {
    this.silence();
    this.melody = null;
    this.changed();
  }

  toggle(melody: Melody, from = 0): void {
    if (this.melody === melody) this.stop();
    else void this.play(melody, from);
  }

  /** Repeats these steps of a melody, or nothing. */
  repeat(loop: { melody: Melody; from: number; to: number } | null): void {
    const before = this.loop;
    this.loop = loop;
    if (this.melody && (loop?.melody === this.melody || before?.melody === this.melody)) void this.restart();
    else this.changed();
  }

  /** What would sound, without sound: for tests, and for who wants to look at it. */
  async render(melody: Melody): Promise<Awaited<ReturnType<Sounds["render"]>>> {
    const [sounds] = await load();
    return await sounds.render({ notes: melody.notes, from: 0, to: melody.events.length, loop: false }, this.pace, this.instrument);
  }

  /** Loads what sound needs, so that the first tone comes at once. */
  prepare(): void {
    void load();
  }

  private async restart(): Promise<void> {
    const { melody } = this;
    if (melody) await this.play(melody, Math.floor(this.position(melody) ?? 0));
  }

  private silence(): void {
    this.wish++;
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.voice?.end();
    this.voice = null;
    this.sequencer = null;
    this.finish?.(false);
    this.finish = null;
  }

  private feed(clock: () => number): void {
    const { sequencer, voice } = this;
    if (!sequencer || !voice) return;
    for (const sound of sequencer.advance(clock() + (document.hidden ? aheadHidden : ahead))) voice.play({ ...sound, pitch: sound.pitch + this.semitones });
    if (sequencer.end !== null && this.now() >= sequencer.end) {
      const { finish } = this;
      this.finish = null;
      this.voice = null;
      // The last tone may ring.
      setTimeout(() => voice.end(), 1500);
      this.stop();
      finish?.(true);
      return;
    }
    this.timer = window.setTimeout(() => this.feed(clock), 25);
  }

  private draw(): void {
    this.dispatchEvent(new Event("step"));
    if (this.sequencer) this.frame = requestAnimationFrame(() => this.draw());
  }

  private keep(name: string, value: string | number): void {
    localStorage.setItem(name, String(value));
    this.changed();
  }

  private changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

async function load(): Promise<[Sounds, Voices]> {
  // Tone greets on the console else.
  (window as { TONE_SILENCE_LOGGING?: boolean }).TONE_SILENCE_LOGGING = true;
  return await Promise.all([import("./sound"), import("./voices")]);
}

function kept(name: string, min: number, max: number, otherwise: number): number {
  const text = localStorage.getItem(name);
  const value = text === null ? NaN : Number(text);
  return value >= min && value <= max ? value : otherwise;
}

export const player = new Player();

/** Has an element drawn anew when something begins or ceases to play, or is to sound otherwise. */
export class Playing implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    player.addEventListener("change", this.changed);
  }

  hostDisconnected(): void {
    player.removeEventListener("change", this.changed);
  }

  private readonly changed = (): void => this.host.requestUpdate();
}
