import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { api } from "../api";
import { base } from "../elements/base";
import "../elements/chart";
import { draw, forget } from "../elements/frames";
import { barSteps } from "../player/music";
import { store } from "../store";
import { say, texts, watchTexts } from "../texts";
import type { RunDetail, RunSummary, Window } from "../types";
import { Curves } from "./curves";
import "./expectations";
import "./histograms";
import "./ledger";
import "./orders";

/** How one run goes: curves that grow, what each rule gave, and what the net plays and expects. */
@customElement("studio-run")
export class StudioRun extends LitElement {
  static override styles = [base, css`
    :host { min-inline-size: 0; }
    h2 { overflow-wrap: anywhere; }
    .facts { margin-block: 0.35rem var(--space-3); }
    .progress { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25em 1.25em; margin-block: var(--space-3) var(--space-2); }
    .progress b { font-weight: 600; }
    .bar { block-size: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
    .bar::before { content: ""; display: block; block-size: 100%; inline-size: calc(100% * var(--share)); background: var(--accent); border-radius: 3px; }
    .failed { background: var(--surface); border-inline-start: 4px solid var(--bad); border-radius: var(--round-1); padding: var(--space-2) var(--space-3); margin-block: var(--space-3); overflow-wrap: anywhere; }
    .charts { display: grid; gap: var(--space-4) var(--space-5); grid-template-columns: repeat(6, minmax(0, 1fr)); margin-block-start: var(--space-4); }
    .charts > * { grid-column: span 2; }
    .charts > :nth-child(-n + 2) { grid-column: span 3; }
    @media (max-width: 48rem) { .charts > * { grid-column: 1 / -1 !important; } }
    .ready { margin-block-start: var(--space-3); }
    section { margin-block-start: var(--space-5); }
  `];

  @property({ attribute: false }) run!: RunSummary;
  @state() private detail: RunDetail | null = null;
  @state() private error = "";
  @state() private revision = 0;

  private curves = new Curves();
  /** Windows that came while the run was being asked for. */
  private early: Window[] = [];
  private end: (() => void) | null = null;
  private asking: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.end = store.subscribe(event => {
      if (event?.kind === "window" && event.data.id === this.run.id) this.add(event.data.window);
      // The server is heard again: what came in between was missed.
      if (event?.kind === "runs") void this.load();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end?.();
    this.asking?.abort();
    forget(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("run");
    if (!changed.has("run")) return;
    if (before?.id !== this.run.id) {
      this.detail = null;
      this.curves = new Curves();
      void this.load();
    } else if (before.status !== this.run.status && (this.run.status === "done" || this.run.status === "paused")) {
      void this.load();
    }
  }

  private add(window: Window): void {
    if (this.asking) this.early.push(window);
    this.curves.add(window);
    draw(this, () => this.revision++);
  }

  private async load(): Promise<void> {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    this.early = [];
    this.error = "";
    try {
      const detail = await api.run(this.run.id, asking.signal);
      this.curves = new Curves([...detail.windows, ...this.early]);
      this.detail = detail;
      this.revision++;
    } catch (error) {
      if (!asking.signal.aborted) this.error = (error as Error).message;
    }
    if (this.asking === asking) this.asking = null;
  }

  /** Of the progress that is told many times a second only a line depends. */
  protected override render(): unknown {
    const { run } = this;
    return html`
      <h2>${run.title}</h2>
      <p class="facts quiet small">${run.kind === "train" ? watchTexts.training : watchTexts.facts(run, run.length / barSteps(run.timeSignature))}</p>
      <studio-orders .run=${run}></studio-orders>
      ${run.error ? html`<p class="failed">${run.error}</p>` : nothing}
      ${this.progress()}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${guard([run.id, run.status, run.steps, this.revision, this.detail], () => run.kind === "train" ? this.training() : this.tuning())}`;
  }

  private progress(): unknown {
    const { run } = this, share = run.steps > 0 ? Math.min(1, run.step / run.steps) : 0;
    return html`
      <p class="progress"><b>${texts.status[run.status]}</b>
        <span class="number">${watchTexts.played(run)}</span>
        ${run.notesPerSecond !== null ? html`<span class="number quiet">${watchTexts.speed(run.notesPerSecond)}</span>` : nothing}
        ${run.secondsLeft !== null ? html`<span class="number quiet">${texts.timeLeft(run.secondsLeft)}</span>` : nothing}
      </p>
      <div class="bar" role="progressbar" aria-label=${run.title} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)} .style=${`--share: ${share}`}></div>`;
  }

  private training(): unknown {
    const { curves } = this;
    return html`
    ${this.detail?.result ? html`<p class="row ready">${watchTexts.trained} <a class="button" href="#shape/net/${this.detail.result}">${watchTexts.tuneIt}</a></p>` : nothing}
    <section>
      ${this.chart("loss", [{ name: watchTexts.learnedFrom, colour: "--curve-1", values: curves.column("loss/train") }, { name: watchTexts.heldOut, colour: "--curve-2", values: curves.column("loss/evaluation") }])}
    </section>`;
  }

  private tuning(): unknown {
    const { run, curves, detail } = this, target = run.targetKl !== null ? run.targetKl / run.length : null;
    const banded = (name: string, colour: string) => [{ name, colour, values: curves.column(name), low: curves.column(`${name}/low`), high: curves.column(`${name}/high`) }];
    const plain = (name: string, colour: string) => [{ name, colour, values: curves.column(name) }];
    return html`
      <section class="charts" aria-label=${watchTexts.curves}>
        ${this.chart("theory", banded("theory", "--curve-1"))}
        ${this.chart("noteRnn", banded("noteRnn", "--curve-2"))}
        ${this.chart("kl", plain("kl", "--curve-3"), { target, range: [0, null] })}
        ${this.chart("entropy", plain("entropy", "--curve-4"), { range: [0, null] })}
        ${this.chart("distinct", plain("distinct", "--curve-5"), { range: [0, 1], say: say.percent })}
      </section>
      <section>
        <studio-ledger .curves=${curves} .revision=${this.revision} .end=${run.steps}></studio-ledger>
      </section>
      ${detail && (detail.nets.length > 0 || curves.steps.length > 0) ? html`
        <section><studio-histograms .source=${{ run: run.id, at: "now" as const }} .about=${`${run.id} ${run.status === "done"}`}></studio-histograms></section>
        <section><studio-expectations .run=${run} .about=${`${run.id} ${run.status === "done"}`}></studio-expectations></section>` : nothing}`;
  }

  private chart(name: keyof typeof watchTexts.chart, lines: unknown[], more: { target?: number | null; range?: [number | null, number | null]; say?: (value: number | null) => string } = {}): unknown {
    const [heading, unit] = watchTexts.chart[name];
    return html`<studio-chart .heading=${heading!} .unit=${unit!} .steps=${this.curves.steps} .lines=${lines} .end=${this.run.steps} .revision=${this.revision}
      .target=${more.target ?? null} .targetName=${watchTexts.target} .range=${more.range ?? openRange} .say=${more.say ?? say.number} .empty=${watchTexts.waiting}></studio-chart>`;
  }
}

const openRange: [null, null] = [null, null];
