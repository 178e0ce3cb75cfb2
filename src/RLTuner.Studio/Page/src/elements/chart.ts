import { LitElement, css, html, nothing, unsafeCSS } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import uPlot from "uplot";
import plotStyle from "uplot/dist/uPlot.min.css?inline";
import { say } from "../texts";
import { base } from "./base";
import { colourOf, onTheme } from "./colours";
import { draw, forget } from "./frames";

/** A line of a chart: its values, one a step, its colour's token, and the band around it where that is known. */
export interface Line {
  name: string;
  colour: string;
  values: (number | null)[];
  low?: (number | null)[];
  high?: (number | null)[];
}

/** Lines over notes played, which grow as values come. Who gives it new values in the same arrays says so by `revision`. */
@customElement("studio-chart")
export class StudioChart extends LitElement {
  static override styles = [base, unsafeCSS(plotStyle), css`
    :host { min-inline-size: 0; container-type: inline-size; }
    figcaption { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 0.5em; margin-block-end: 0.25rem; }
    figcaption b { font-weight: 600; white-space: nowrap; }
    .unit { color: var(--quiet); font-size: var(--size-0); flex: 1 0 100%; line-height: 1.3; min-block-size: 1.3em; }
    .value { font-size: var(--size-2); font-weight: 600; white-space: nowrap; }
    .at { color: var(--quiet); font-size: var(--size-0); font-weight: 400; }
    .plot { block-size: var(--chart-height, 10rem); position: relative; }
    .u-cursor-x { border-color: var(--line-strong); border-style: solid; }
    .key { margin-inline-start: 1em; }
    .key::before { content: ""; display: inline-block; inline-size: 0.9em; block-size: 2px; margin-inline-end: 0.4em; vertical-align: 0.3em; background: var(--colour); }
    figure { position: relative; }
    .empty { position: absolute; inset-inline: 0; inset-block-start: 50%; text-align: center; color: var(--quiet); font-size: var(--size-0); }
    :host([small]) figcaption { position: absolute; clip-path: inset(50%); }
    :host([small]) .plot { block-size: 1.75rem; }
  `];

  @property() heading = "";
  @property() unit = "";
  @property({ attribute: false }) steps: number[] = [];
  @property({ attribute: false }) lines: Line[] = [];
  /** The last step there will be; the curve grows towards it. */
  @property({ type: Number }) end = 0;
  /** A value that the line is to come to. */
  @property({ type: Number }) target: number | null = null;
  @property() targetName = "";
  @property({ attribute: false }) range: [number | null, number | null] = [null, null];
  @property({ attribute: false }) say: (value: number | null) => string = say.number;
  @property() empty = "";
  /** Without axes and caption, a line high. */
  @property({ type: Boolean, reflect: true }) small = false;
  @property({ type: Number }) revision = 0;

  @state() private pointed: number | null = null;
  @query(".plot") private place!: HTMLElement;

  private plot: uPlot | null = null;
  private shape = "";
  private seen = false;
  private readonly sizes = new ResizeObserver(() => this.later());
  private readonly sight = new IntersectionObserver(entries => {
    this.seen = entries.at(-1)!.isIntersecting;
    if (this.seen) this.later();
  }, { rootMargin: "100px" });
  private endTheme: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.sight.observe(this);
    this.endTheme = onTheme(() => {
      this.shape = "";
      this.later();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.sight.disconnect();
    this.endTheme?.();
    forget(this);
    this.plot?.destroy();
    this.plot = null;
    this.shape = "";
  }

  private later(): void {
    if (this.seen && this.hasUpdated) draw(this, () => this.draw());
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.size > 1 || !changed.has("pointed")) this.later();
  }

  private draw(): void {
    const width = Math.floor(this.place.clientWidth), height = Math.floor(this.place.clientHeight);
    if (width === 0 || height === 0 || !this.isConnected) return;
    const shape = JSON.stringify([this.lines.map(line => [line.name, line.colour, !!line.low]), this.target, this.range]);
    if (this.shape !== shape) {
      this.plot?.destroy();
      this.plot = new uPlot(this.options(width, height), this.data(), this.place);
      this.shape = shape;
      return;
    }
    if (this.plot!.width !== width || this.plot!.height !== height) this.plot!.setSize({ width, height });
    this.plot!.setData(this.data());
  }

  private data(): uPlot.AlignedData {
    const columns = this.lines.flatMap(line => [line.values, ...(line.low && line.high ? [line.low, line.high] : [])]);
    return [this.steps, ...columns] as uPlot.AlignedData;
  }

  private options(width: number, height: number): uPlot.Options {
    const colour = (token: string) => () => colourOf(this, token);
    const series: uPlot.Series[] = [{}], bands: uPlot.Band[] = [];
    for (const line of this.lines) {
      series.push({ stroke: colour(line.colour), width: this.small ? 1.25 : 2, points: { show: (_, __, first, last) => first === last, size: 5, fill: colour(line.colour) } });
      if (line.low && line.high) {
        bands.push({ series: [series.length + 1, series.length], fill: () => faded(colourOf(this, line.colour)) });
        series.push({ width: 0, points: { show: false } }, { width: 0, points: { show: false } });
      }
    }
    const axis: uPlot.Axis = { stroke: colour("--quiet"), font: "12px system-ui, sans-serif", ticks: { show: false } };
    return {
      width, height, series, bands,
      padding: this.small ? [2, 2, 2, 2] : [8, 18, 0, 0],
      legend: { show: false },
      cursor: { show: !this.small, y: false, drag: { x: false, y: false }, sync: { key: "curves" }, points: { size: 7 } },
      scales: {
        x: { time: false, range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(this.end, high ?? 1)] },
        y: { range: (_, low, high) => this.scale(low, high) },
      },
      axes: this.small ? [{ show: false }, { show: false }] : [
        { ...axis, size: 24, space: 70, grid: { show: false }, values: (_, values) => values.map(value => value === 0 ? "0" : say.compact(value)) },
        { ...axis, size: 46, space: 34, grid: { stroke: colour("--line"), width: 1 }, values: (_, values) => values.map(value => this.range[1] === 1 ? this.say(value) : say.compact(value)) },
      ],
      hooks: {
        setCursor: [plot => { this.pointed = plot.cursor.idx ?? null; }],
        draw: [plot => this.drawTarget(plot)],
      },
    };
  }

  private scale(low: number | null, high: number | null): [number, number] {
    const values = [low, high, this.target, ...this.range].filter(value => value !== null);
    const least = Math.min(...values, Infinity), most = Math.max(...values, -Infinity);
    if (!Number.isFinite(least)) return [0, 1];
    const room = (most - least || Math.abs(most) || 1) * 0.06;
    // A target's name stands above it.
    if (this.target === most) return [this.range[0] ?? least - room, most + 4 * room];
    return [this.range[0] ?? least - room, this.range[1] !== null && most <= this.range[1] ? this.range[1] : most + room];
  }

  private drawTarget(plot: uPlot): void {
    if (this.target === null) return;
    const { ctx, bbox } = plot, y = Math.round(plot.valToPos(this.target, "y", true)) + 0.5;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colourOf(this, "--quiet");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillText(this.targetName, bbox.left + 4 * devicePixelRatio, y - 2 * devicePixelRatio);
    ctx.restore();
  }

  protected override render(): unknown {
    const first = this.lines[0]?.values ?? [], at = this.pointed !== null && this.pointed < first.length ? this.pointed : null;
    const value = this.say(first[at ?? first.length - 1] ?? null);
    return html`
      <figure aria-label="${this.heading}: ${value} ${this.unit}">
        <figcaption>
          <b>${this.heading}</b>
          <span class="value number">${at === null ? nothing : html`<span class="at">${say.compact(this.steps[at]!)} · </span>`}${value}</span>
          <span class="unit">${this.unit}${this.lines.length > 1 ? this.lines.map(line => html`<span class="key" .style=${`--colour: var(${line.colour})`}>${line.name}</span>`) : nothing}</span>
        </figcaption>
        ${this.steps.length === 0 && this.empty ? html`<p class="empty">${this.empty}</p>` : nothing}
        <div class="plot"></div>
      </figure>`;
  }
}

const faded = (colour: string): string => `color-mix(in srgb, ${colour} 16%, transparent)`;
