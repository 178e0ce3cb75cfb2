import { LitElement, css, html, nothing, svg, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "../elements/base";
import { texts } from "../texts";
import type { Melody } from "../types";
import { barCount, barSteps, beatSteps, isBlack, noteAt, pitchName, tonicOf } from "./music";
import { player } from "./player";

/** Below this width of a step, in pixels, the roll scrolls. */
const leastStep = 4.8;

/**
 * A melody as a piano roll with the moving cursor. With the keyboard it is a slider over the steps. "choose" tells the step that someone points at
 * or goes to, null when they leave.
 */
@customElement("studio-roll")
export class StudioRoll extends LitElement {
  static override styles = [base, css`
    .scroll { overflow-x: auto; overflow-y: hidden; border-radius: var(--round-2); background: var(--roll); scrollbar-width: thin; }
    svg { display: block; touch-action: pan-x pan-y; border-radius: var(--round-2); }
    svg:focus-visible { outline-offset: -3px; }
    .black { fill: var(--roll-black); }
    .tonic { stroke: var(--accent); stroke-opacity: 0.35; }
    .bar { stroke: var(--roll-bar); }
    .beat { stroke: var(--roll-beat); }
    .name, .count { font-size: 10px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
    .note { fill: var(--note); }
    .note.given { fill: var(--note-given); }
    .note.sounds { fill: var(--warm); }
    .chosen { fill: var(--warm); fill-opacity: 0.14; }
    .free { fill: var(--surface); fill-opacity: 0.55; }
    .loop { fill: var(--accent); fill-opacity: 0.1; }
    .cursor { stroke: var(--warm); stroke-width: 2; visibility: hidden; }
    @media print { .cursor, .chosen { display: none; } .scroll { overflow: visible; } }
  `];

  @property({ attribute: false }) melody: Melody | null = null;
  /** What the roll is called by screen readers. */
  @property() label = "";
  /** Low and without names or pointing: one of many. */
  @property({ type: Boolean, reflect: true }) small = false;
  /** Pitches that it shows at least, so that two rolls beside each other have the same height. */
  @property({ attribute: false }) range: [number, number] | null = null;
  /** Which bars are kept, where others are to be composed anew: those are faint. */
  @property({ attribute: false }) keep: boolean[] | null = null;
  /** The step that others point at. */
  @property({ type: Number }) chosen: number | null = null;

  @state() private inline = 0;
  private sounding: Element | null = null;
  private readonly sizes = new ResizeObserver(entries => { this.inline = Math.floor(entries[0]!.contentRect.width); });

  override connectedCallback(): void {
    super.connectedCallback();
    player.addEventListener("step", this.move);
    player.addEventListener("change", this.changed);
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    player.removeEventListener("step", this.move);
    player.removeEventListener("change", this.changed);
    this.sizes.disconnect();
  }

  private get edge(): number { return this.small ? 0 : 30; }
  private get top(): number { return this.small ? 2 : 18; }
  private get row(): number { return this.small ? 3 : 11; }

  private readonly changed = (): void => {
    this.move();
    if (!this.small) this.requestUpdate();
  };

  /** Moves the cursor without rendering anew. */
  private readonly move = (): void => {
    const { melody } = this;
    const cursor = this.renderRoot.querySelector<SVGLineElement>(".cursor");
    if (!melody || !cursor) return;
    const at = player.position(melody);
    const note = at === null ? undefined : noteAt(melody.notes, Math.floor(at));
    const element = note ? this.renderRoot.querySelector(`[data-step="${note.step}"]`) : null;
    if (element !== this.sounding) {
      this.sounding?.classList.remove("sounds");
      element?.classList.add("sounds");
      this.sounding = element;
    }
    cursor.style.visibility = at === null ? "hidden" : "visible";
    if (at === null) return;
    // Who wants little motion gets a cursor that goes from note to note.
    const x = this.edge + (matchMedia("(prefers-reduced-motion: reduce)").matches ? note?.step ?? Math.floor(at) : at) * this.step;
    cursor.style.transform = `translateX(${x}px)`;
    const scroll = this.renderRoot.querySelector<HTMLElement>(".scroll")!;
    if (scroll.scrollWidth > scroll.clientWidth && (x < scroll.scrollLeft + this.edge || x > scroll.scrollLeft + scroll.clientWidth - 24)) scroll.scrollLeft = x - this.edge - 24;
  };

  private get step(): number {
    const steps = Math.max(1, this.melody?.events.length ?? 1);
    return Math.max(this.small ? 1.5 : leastStep, (this.inline - this.edge - 2) / steps);
  }

  private choose(step: number | null): void {
    this.dispatchEvent(new CustomEvent<number | null>("choose", { detail: step, bubbles: true, composed: true }));
  }

  /** Over a note it is the step where that begins, else the one below the pointer. */
  private readonly point = (event: PointerEvent): void => {
    const { melody } = this;
    if (!melody) return;
    const begins = (event.composedPath()[0] as Element).getAttribute("data-step");
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const step = begins === null ? Math.floor((event.clientX - box.left - this.edge) / this.step) : Number(begins);
    this.choose(step >= 0 && step < melody.events.length ? step : null);
  };

  /** A finger that is lifted leaves its step chosen. */
  private readonly leave = (event: PointerEvent): void => {
    if (event.pointerType === "mouse") this.choose(null);
  };

  private readonly press = (event: KeyboardEvent): void => {
    const { melody } = this;
    if (!melody || event.ctrlKey || event.metaKey || event.altKey) return;
    const bar = barSteps(melody.timeSignature), last = melody.events.length - 1, at = this.chosen;
    const places: Record<string, () => number> = {
      ArrowRight: () => (at ?? -1) + 1, ArrowLeft: () => (at ?? 1) - 1, PageDown: () => (at ?? -bar) + bar, PageUp: () => (at ?? bar) - bar,
      ArrowUp: () => (at ?? -bar) + bar, ArrowDown: () => (at ?? bar) - bar, Home: () => 0, End: () => last,
    };
    const place = places[event.key];
    if (place) this.choose(Math.min(last, Math.max(0, place())));
    else if (event.key === " ") player.toggle(melody, at ?? 0);
    else if (event.key === "Enter") void player.play(melody, at ?? 0);
    else if (event.key === "Escape") this.choose(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly start = (): void => {
    if (this.melody) void player.play(this.melody, this.chosen ?? 0);
  };

  protected override updated(_: PropertyValues): void {
    this.sounding?.classList.remove("sounds");
    this.sounding = null;
    this.move();
  }

  protected override render(): unknown {
    const { melody, step, edge, top, row } = this;
    if (!melody || this.inline === 0) return html`<div class="scroll"></div>`;
    const pitches = melody.notes.map(note => note.pitch);
    const low = Math.min(this.range?.[0] ?? 127, ...pitches, this.range || pitches.length > 0 ? 127 : 60) - (this.small ? 1 : 2);
    const high = Math.max(this.range?.[1] ?? 0, ...pitches, this.range || pitches.length > 0 ? 0 : 72) + (this.small ? 1 : 2);
    const steps = melody.events.length, bar = barSteps(melody.timeSignature), beat = beatSteps(melody.timeSignature), tonic = tonicOf(melody.key);
    const width = Math.ceil(edge + steps * step + 2), height = top + (high - low + 1) * row + 2;
    const y = (pitch: number): number => top + (high - pitch) * row;
    const x = (at: number): number => edge + at * step;
    const rows = Array.from({ length: high - low + 1 }, (_, index) => low + index);
    const lines = Array.from({ length: Math.floor(steps / beat) + 1 }, (_, index) => index * beat).filter(at => at % bar !== 0);
    const bars = Array.from({ length: barCount(melody) + 1 }, (_, index) => Math.min(steps, index * bar));
    const loop = player.loop?.melody === melody ? player.loop : null;
    const drawing = svg`
      ${rows.filter(isBlack).map(pitch => svg`<rect class="black" x=${edge} y=${y(pitch)} width=${steps * step} height=${row} />`)}
      ${this.small ? nothing : lines.map(at => svg`<line class="beat" x1=${x(at)} x2=${x(at)} y1=${top} y2=${height} />`)}
      ${bars.map(at => svg`<line class="bar" x1=${x(at)} x2=${x(at)} y1=${this.small ? 0 : top - 4} y2=${height} />`)}
      ${this.small ? nothing : rows.filter(pitch => pitch % 12 === tonic).map(pitch => svg`
        <line class="tonic" x1=${edge} x2=${x(steps)} y1=${y(pitch) + row / 2} y2=${y(pitch) + row / 2} />
        <text class="name" x=${edge - 6} y=${y(pitch) + row / 2 + 3.5} text-anchor="end">${pitchName(pitch, melody.key)}</text>`)}
      ${this.small ? nothing : bars.slice(0, -1).map((at, index) => svg`<text class="count" x=${x(at) + 5} y=${top - 6}>${index + 1}</text>`)}
      ${loop ? svg`<rect class="loop" x=${x(loop.from)} y=${top} width=${(loop.to - loop.from) * step} height=${height - top} />` : nothing}
      ${this.chosen === null ? nothing : svg`<rect class="chosen" x=${x(this.chosen)} y=${top} width=${step} height=${height - top} />`}
      ${melody.notes.map(note => svg`<rect class="note ${note.step < melody.given ? "given" : ""}" data-step=${note.step} rx=${Math.min(row / 2 - 0.5, 4)}
        x=${x(note.step) + 0.75} y=${y(note.pitch) + 0.5} width=${Math.max(2, note.steps * step - 1.5)} height=${row - 1} />`)}
      ${this.keep?.map((kept, index) => kept || index * bar >= steps ? nothing : svg`<rect class="free" x=${x(index * bar)} y=${top} width=${(Math.min(steps, index * bar + bar) - index * bar) * step} height=${height - top} />`)}
      <line class="cursor" x1="0" x2="0" y1=${this.small ? 0 : top - 4} y2=${height} />`;
    if (this.small) return html`<div class="scroll"><svg width=${width} height=${height} aria-hidden="true">${drawing}</svg></div>`;
    return html`
      <div class="scroll">
        <svg width=${width} height=${height} tabindex="0" role="slider" aria-label=${this.label || melody.title} aria-valuemin="1" aria-valuemax=${steps}
          aria-valuenow=${(this.chosen ?? 0) + 1} aria-valuetext=${this.spoken(melody, this.chosen ?? 0)} aria-orientation="horizontal"
          @keydown=${this.press} @pointermove=${this.point} @pointerdown=${this.point} @pointerleave=${this.leave} @dblclick=${this.start}>${drawing}</svg>
        <div class="under" .style=${`inline-size:${steps * step}px;margin-inline-start:${edge}px`}><slot></slot></div>
      </div>`;
  }

  private spoken(melody: Melody, step: number): string {
    const bar = barSteps(melody.timeSignature), beat = beatSteps(melody.timeSignature), note = noteAt(melody.notes, step);
    return texts.place(Math.floor(step / bar) + 1, Math.floor(step % bar / beat) + 1, note ? pitchName(note.pitch, melody.key) : null, note?.step === step);
  }
}
