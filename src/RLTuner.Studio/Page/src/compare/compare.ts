import { LitElement, css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { store, Watching } from "../store";
import { compareTexts as texts } from "../texts";
import type { RunDetail } from "../types";
import { areApart, measured, written, type Measured, type NetFigures } from "./figures";
import "./frontier";

/** Runs side by side: what the rules give against the distance, and each figure with its interval. */
@customElement("studio-compare")
export class StudioCompare extends LitElement {
  static override styles = [base, css`
    h2 + p { margin-block: 0.35rem var(--space-3); }
    .choices { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    .choices label { display: flex; align-items: center; gap: 0.55em; padding: 0.45rem 0.95rem 0.45rem 0.75rem; border: 1px solid var(--line-strong); border-radius: 999px; background: var(--raised); color: var(--ink); font-size: 0.9375rem; cursor: pointer; overflow-wrap: anywhere; }
    .choices label:hover { background: var(--hover); }
    .choices label:has(:checked) { background: var(--accent-soft); border-color: var(--accent); color: var(--accent-ink); }
    .choices label:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
    .choices input:focus-visible { outline: none; }
    .links { margin-block: var(--space-3); }
    section { margin-block-start: var(--space-5); }
    h3 + p { margin-block: 0.25rem var(--space-3); max-inline-size: 46rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.9375rem; min-inline-size: min(100%, 40rem); }
    th { font-weight: 400; text-align: start; }
    thead th { font-weight: 600; vertical-align: bottom; max-inline-size: 14rem; overflow-wrap: anywhere; }
    thead th.number::before { content: ""; display: inline-block; inline-size: 0.7em; block-size: 0.7em; border-radius: 50%; background: var(--colour); margin-inline-end: 0.4em; }
    th, td { padding: 0.4rem 1.5rem 0.4rem 0; border-block-end: 1px solid var(--line); vertical-align: baseline; }
    th:last-child, td:last-child { padding-inline-end: 0; }
    .number { text-align: end; white-space: nowrap; }
    thead .number { white-space: normal; }
    td small { display: block; color: var(--quiet); font-size: 0.75rem; }
    .apart { font-weight: 650; }
    .apart small { font-weight: 400; }
    @media (max-width: 44rem) {
      th, td { padding-inline-end: 0.75rem; }
      tbody th { min-inline-size: 7rem; line-height: 1.35; }
      thead th { max-inline-size: 7.5rem; }
    }
    summary { cursor: pointer; margin-block: var(--space-3) var(--space-2); font-weight: 600; border-radius: var(--round-1); }
    .none { padding: var(--space-6) var(--space-3); text-align: center; display: grid; gap: var(--space-3); justify-items: center; }
  `];

  /** The runs that are compared: what stands after `#compare/` in the address, with commas between. */
  @property() about = "";
  @state() private details = new Map<string, RunDetail>();
  @state() private error = "";

  constructor() {
    super();
    new Watching(this);
  }

  private get chosen(): string[] {
    return this.about ? this.about.split(",").filter(id => store.run(id)) : [];
  }

  protected override willUpdate(): void {
    for (const id of this.chosen) {
      const known = this.details.get(id);
      // A run that went on since has other figures.
      if (!known || known.status !== store.run(id)!.status || known.steps !== store.run(id)!.steps) void this.load(id);
    }
  }

  private readonly asked = new Set<string>();

  private async load(id: string): Promise<void> {
    const run = store.run(id)!, asked = `${id} ${run.status} ${run.steps}`;
    if (this.asked.has(asked)) return;
    this.asked.add(asked);
    try {
      const detail = await api.run(id);
      this.details = new Map(this.details).set(id, detail);
      this.error = "";
    } catch (error) {
      this.asked.delete(asked);
      this.error = (error as Error).message;
    }
  }

  private toggle(id: string): void {
    const chosen = this.chosen.includes(id) ? this.chosen.filter(other => other !== id) : [...this.chosen, id];
    location.replace(`#compare/${chosen.join(",")}`);
  }

  protected override render(): unknown {
    const runs = store.runs.filter(run => run.kind === "tune" && (run.status === "done" || this.chosen.includes(run.id)));
    if (store.known && runs.length === 0) {
      return html`<div class="none"><p class="quiet">${texts.none}</p><a class="button" href="#shape">${texts.shape}</a></div>`;
    }
    const { chosen } = this, details = chosen.map(id => this.details.get(id)).filter(run => run !== undefined);
    const all = details.map(measured).filter(run => run !== null);
    return html`
      <h2 id="choose">${texts.choose}</h2>
      <p class="quiet">${texts.chooseHelp}</p>
      <div class="choices" role="group" aria-labelledby="choose">
        ${runs.map(run => html`<label><input type="checkbox" .checked=${chosen.includes(run.id)} @change=${() => this.toggle(run.id)} />${run.title}</label>`)}
      </div>
      ${chosen.length > 0 ? html`<p class="row links">
        ${chosen.length > 1 ? html`
          <a class="button" href=${api.compareAddress(chosen)} target="_blank" rel="noopener">${texts.open}</a>
          <a class="button" href=${api.compareAddress(chosen, true)} download>${texts.download}</a>`
        : html`<a class="button" href=${api.reportAddress(chosen[0]!)} target="_blank" rel="noopener">${texts.report}</a>
          <a class="button" href=${api.reportAddress(chosen[0]!, true)} download>${texts.download}</a>`}
      </p>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${details.filter(run => !measured(run)).map(run => html`<p class="quiet">${texts.unknown(run.title)}</p>`)}
      ${all.length > 0 ? this.sideBySide(all) : chosen.length === 0 ? html`<p class="quiet links">${texts.pick}</p>` : nothing}`;
  }

  private sideBySide(runs: Measured[]): unknown {
    const first = Object.keys(texts.first).filter(name => runs.some(({ after }) => typeof after.figures[name] === "number"));
    const others = [...new Set(runs.flatMap(({ after }) => Object.keys(after.figures)))].filter(name => !first.includes(name));
    return html`
      <section>
        <h3>${texts.frontier}</h3>
        <p class="quiet small">${texts.frontierHelp}</p>
        <studio-frontier .runs=${runs}></studio-frontier>
      </section>
      <section>
        <h3>${texts.figures}</h3>
        <p class="quiet small">${texts.figuresHelp}</p>
        ${this.table(runs, first, texts.figures)}
        <details><summary>${texts.all}</summary>${this.table(runs, others, texts.all)}</details>
      </section>`;
  }

  private table(runs: Measured[], names: string[], label: string): unknown {
    const { before } = runs[0]!;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}><table>
      <thead><tr><th scope="col">${texts.figure}</th><th scope="col" class="number" .style=${"--colour: transparent"}>${texts.untuned}</th>
        ${runs.map(({ run }, index) => html`<th scope="col" class="number" .style=${`--colour: var(--curve-${(index % 6) + 1})`}>${run.title}</th>`)}</tr></thead>
      <tbody>${names.map(name => html`<tr>
        <th scope="row">${texts.first[name] ?? name.replaceAll("_", " ")}</th>
        <td class="number">${written(name, before.figures[name])}${interval(name, before)}</td>
        ${runs.map(run => html`<td class="number ${areApart(name, run.before, run.after) ? "apart" : ""}">${written(name, run.after.figures[name])}${interval(name, run.after)}</td>`)}
      </tr>`)}</tbody>
    </table></div>`;
  }
}

function interval(name: string, net: NetFigures): unknown {
  const known = net.intervals[name];
  return known ? html`<small>${texts.interval(written(name, known[0]).replace(/\s?%$/, ""), written(name, known[1]))}</small>` : nothing;
}
