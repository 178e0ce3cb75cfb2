import { LitElement, css, html, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "../elements/base";
import { compareTexts as texts, say } from "../texts";
import type { Measured, NetFigures } from "./figures";

const X = "kl_from_note_rnn", Y = "theory_reward";
const LEFT = 48, BOTTOM = 44, TOP = 12, RIGHT = 16, HEIGHT = 320;

/** What the rules give against the distance from what was learned: a point a run, with both intervals, and the way from where it began. */
@customElement("studio-frontier")
export class StudioFrontier extends LitElement {
  static override styles = [base, css`
    svg { display: block; inline-size: 100%; block-size: ${HEIGHT}px; font-size: 12px; overflow: visible; }
    text { fill: var(--quiet); }
    .name { fill: var(--ink); font-weight: 600; font-size: 13px; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; }
    .grid { stroke: var(--line); }
    .mark { fill: var(--colour); }
    .whisker { stroke: var(--colour); stroke-width: 1.5; }
    .way { stroke: var(--colour); stroke-width: 1.5; stroke-dasharray: 2 4; opacity: 0.7; }
    .before { fill: var(--ground); stroke: var(--quiet); stroke-width: 2; }
  `];

  @property({ attribute: false }) runs: Measured[] = [];
  @state() private width = 640;
  private readonly sizes = new ResizeObserver(entries => { this.width = Math.max(280, entries.at(-1)!.contentRect.width); });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override render(): unknown {
    const shown = this.runs.filter(({ after }) => place(after) !== null);
    if (shown.length === 0) return nothing;
    const nets = shown.flatMap(({ before, after }) => [before, after]).filter(net => place(net) !== null);
    const across = scale(nets.flatMap(net => [net.figures[X]!, ...(net.intervals[X] ?? [])]).concat(0), LEFT, this.width - RIGHT);
    const up = scale(nets.flatMap(net => [net.figures[Y]!, ...(net.intervals[Y] ?? [])]), HEIGHT - BOTTOM, TOP);
    return html`<svg role="img" aria-label=${texts.frontier + ". " + shown.map(({ run, after }) => `${run.title}: ${say.fixed(after.figures[Y])}, ${say.fixed(after.figures[X])}`).join("; ")}>
      ${up.ticks.map(tick => svg`<line class="grid" x1=${LEFT} x2=${this.width - RIGHT} y1=${up.at(tick)} y2=${up.at(tick)} /><text x=${LEFT - 8} y=${up.at(tick) + 4} text-anchor="end">${say.number(tick)}</text>`)}
      ${across.ticks.map(tick => svg`<text x=${across.at(tick)} y=${HEIGHT - BOTTOM + 18} text-anchor="middle">${say.number(tick)}</text>`)}
      <text x=${this.width - RIGHT} y=${HEIGHT - 6} text-anchor="end">${texts.frontierX} →</text>
      <text x=${LEFT} y="0" text-anchor="start">↑ ${texts.frontierY}</text>
      ${shown.map(({ run, before, after }, index) => {
        const [x, y] = place(after)!, from = place(before), [left, right] = after.intervals[X] ?? [x, x], [low, high] = after.intervals[Y] ?? [y, y];
        // The name stands where there is room for it.
        const most = Math.floor(this.width / 16), name = run.title.length > most ? `${run.title.slice(0, most - 1)}…` : run.title;
        const isRight = across.at(x) + 12 + 7 * name.length > this.width - RIGHT;
        return svg`<g .style=${`--colour: var(--curve-${(index % 6) + 1})`}>
          ${from ? svg`<line class="way" x1=${across.at(from[0])} y1=${up.at(from[1])} x2=${across.at(x)} y2=${up.at(y)} /><circle class="before" cx=${across.at(from[0])} cy=${up.at(from[1])} r="5" />` : nothing}
          <line class="whisker" x1=${across.at(left)} x2=${across.at(right)} y1=${up.at(y)} y2=${up.at(y)} />
          <line class="whisker" x1=${across.at(x)} x2=${across.at(x)} y1=${up.at(low)} y2=${up.at(high)} />
          <circle class="mark" cx=${across.at(x)} cy=${up.at(y)} r="6" />
          <text class="name" x=${across.at(x) + (isRight ? -12 : 12)} y=${up.at(y) - 8} text-anchor=${isRight ? "end" : "start"}>${name}</text>
        </g>`;
      })}
    </svg>`;
  }
}

function place({ figures }: NetFigures): [number, number] | null {
  const x = figures[X], y = figures[Y];
  return typeof x === "number" && typeof y === "number" ? [x, y] : null;
}

function scale(values: number[], from: number, to: number): { at: (value: number) => number; ticks: number[] } {
  const low = Math.min(...values), high = Math.max(...values), room = (high - low || 1) * 0.08, least = low === 0 ? 0 : low - room, most = high + room;
  const step = [1, 2, 5, 10].map(factor => factor * 10 ** Math.floor(Math.log10((most - least) / 5))).find(each => (most - least) / each <= 6)!;
  const ticks = [];
  for (let tick = Math.ceil(least / step); tick * step <= most; tick++) ticks.push(tick * step);
  return { at: value => from + ((value - least) / (most - least)) * (to - from), ticks };
}
