import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { base } from "../elements/base";
import { colourOf, onTheme } from "../elements/colours";
import { draw, forget } from "../elements/frames";
import { pitchName } from "../player/music";
import { say, watchTexts as texts } from "../texts";
import type { Expectations } from "../types";

const ROW = 12, LEFT = 62, GAP = 6;

/** How likely each event was at each step of a melody. The step that is looked at moves by the pointer, the arrow keys, or the melody as it plays. */
@customElement("studio-heat-map")
export class StudioHeatMap extends LitElement {
  static override styles = [base, css`
    .map { overflow-x: auto; border-radius: var(--round-1); position: relative; }
    canvas { display: block; cursor: crosshair; }
    .told { min-block-size: 3em; margin-block-start: var(--space-1); }
  `];

  @property({ attribute: false }) expectations: Expectations | null = null;
  @property() key = "C major";
  @property({ type: Number }) stepsPerBar = 16;
  /** The step that sounds, while the melody plays. */
  @property({ type: Number }) playing: number | null = null;
  @state() private looked = 0;
  @query("canvas") private canvas!: HTMLCanvasElement;
  @query(".map") private map!: HTMLElement;
  private readonly sizes = new ResizeObserver(() => draw(this, () => this.draw()));
  private endTheme: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.endTheme = onTheme(() => draw(this, () => this.draw()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.endTheme?.();
    forget(this);
  }

  private get step(): number {
    return Math.min(this.playing ?? this.looked, (this.expectations?.steps.length ?? 1) - 1);
  }

  /** The classes that are drawn, the highest pitch first: those that were ever likely or played, and all between. */
  private get rows(): number[] {
    const { events, steps } = this.expectations!;
    const pitched = events.map((event, index) => ({ event, index })).filter(({ event }) => event >= 0);
    const seen = pitched.filter(({ index }) => steps.some(({ played, p }) => played === index || p[index]! >= 0.02)).map(({ event }) => event);
    const low = Math.min(...seen) - 1, high = Math.max(...seen) + 1;
    const pitches = pitched.filter(({ event }) => event >= low && event <= high).sort((a, b) => b.event - a.event).map(({ index }) => index);
    return [...pitches, ...[-2, -1].map(event => events.indexOf(event)).filter(index => index >= 0)];
  }

  private get cell(): number {
    return Math.max(12, Math.min(26, Math.floor((this.map.clientWidth - LEFT) / (this.expectations?.steps.length || 1))));
  }

  protected override updated(changed: PropertyValues): void {
    draw(this, () => this.draw());
    if (changed.has("playing") && this.playing !== null && this.map.scrollWidth > this.map.clientWidth) {
      const x = LEFT + this.playing * this.cell;
      if (x < this.map.scrollLeft + LEFT || x > this.map.scrollLeft + this.map.clientWidth - this.cell) this.map.scrollLeft = x - LEFT;
    }
  }

  private draw(): void {
    if (!this.expectations || !this.canvas || this.map.clientWidth === 0) return;
    const { events, steps } = this.expectations, { rows, cell, canvas } = this, notes = rows.filter(index => events[index]! >= 0).length;
    const yOf = (row: number) => row * ROW + (row >= notes ? GAP : 0), width = LEFT + steps.length * cell, height = yOf(rows.length);
    const scale = devicePixelRatio, pen = canvas.getContext("2d")!;
    canvas.width = width * scale;
    canvas.height = (height + 2) * scale;
    canvas.style.inlineSize = `${width}px`;
    canvas.style.blockSize = `${height + 2}px`;
    pen.scale(scale, scale);
    pen.fillStyle = colourOf(this, "--hover");
    pen.fillRect(LEFT, 0, steps.length * cell, height);
    pen.font = "11px system-ui, sans-serif";
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillStyle = colourOf(this, "--quiet");
    rows.forEach((index, row) => {
      // Every row has a name where there is room, each C in any case.
      if (events[index]! < 0 || notes <= 20 || [0, 4, 7].includes(events[index]! % 12)) pen.fillText(nameOf(events[index]!, this.key), LEFT - 8, yOf(row) + ROW / 2 + 0.5);
    });
    pen.fillStyle = colourOf(this, "--accent");
    steps.forEach(({ p }, step) => rows.forEach((index, row) => {
      pen.globalAlpha = Math.sqrt(p[index]!);
      if (p[index]! >= 0.002) pen.fillRect(LEFT + step * cell, yOf(row), cell - 1, ROW - 1);
    }));
    pen.globalAlpha = 1;
    pen.strokeStyle = colourOf(this, "--line-strong");
    for (let step = this.stepsPerBar; step < steps.length; step += this.stepsPerBar) {
      pen.beginPath();
      pen.moveTo(LEFT + step * cell - 0.5, 0);
      pen.lineTo(LEFT + step * cell - 0.5, height);
      pen.stroke();
    }
    pen.strokeStyle = colourOf(this, "--warm");
    pen.lineWidth = 2;
    steps.forEach(({ played }, step) => {
      const row = rows.indexOf(played);
      if (row >= 0) pen.strokeRect(LEFT + step * cell, yOf(row), cell - 1, ROW - 1);
    });
    pen.strokeStyle = colourOf(this, "--ink");
    pen.lineWidth = this.playing === null ? 1 : 2;
    pen.strokeRect(LEFT + this.step * cell - 0.5, 0.5, cell, height);
  }

  private readonly point = (event: PointerEvent): void => {
    const step = Math.floor((event.clientX - this.canvas.getBoundingClientRect().left - LEFT) / this.cell);
    if (step >= 0 && step < this.expectations!.steps.length) this.looked = step;
  };

  private readonly press = (event: KeyboardEvent): void => {
    const last = this.expectations!.steps.length - 1;
    const to = { ArrowRight: this.step + 1, ArrowLeft: this.step - 1, Home: 0, End: last, PageDown: this.step + this.stepsPerBar, PageUp: this.step - this.stepsPerBar }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.looked = Math.max(0, Math.min(last, to));
  };

  private told(): string {
    const { events, steps } = this.expectations!, { played, p } = steps[this.step]!;
    const likely = p.map((share, index) => ({ share, index })).filter(({ share }) => share >= 0.005).sort((a, b) => b.share - a.share).slice(0, 3);
    return texts.expectsAt(this.step + 1, nameOf(events[played]!, this.key), p[played]!, likely.map(({ share, index }) => `${nameOf(events[index]!, this.key)} ${say.percent(share)}`).join(", "));
  }

  protected override render(): unknown {
    if (!this.expectations || this.expectations.steps.length === 0) return nothing;
    const told = this.told();
    return html`
      <div class="map" role="slider" tabindex="0" aria-label=${texts.expectsLabel} aria-valuemin="1" aria-valuemax=${this.expectations.steps.length}
        aria-valuenow=${this.step + 1} aria-valuetext=${told} @keydown=${this.press} @pointermove=${this.point} @pointerdown=${this.point}>
        <canvas></canvas>
      </div>
      <p class="told quiet small number">${told}</p>`;
  }
}

function nameOf(event: number, key: string): string {
  return event === -2 ? texts.goesOn : event === -1 ? texts.ends : pitchName(event, key);
}
