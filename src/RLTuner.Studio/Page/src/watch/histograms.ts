import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { say, watchTexts as texts } from "../texts";
import type { Histogram, Source } from "../types";

/** What a net's melodies are made of, beside the corpus that it learned from. */
@customElement("studio-histograms")
export class StudioHistograms extends LitElement {
  static override styles = [base, css`
    header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: var(--space-2); }
    header > :first-child { flex: 1 20rem; }
    header p { margin-block-start: 0.25rem; }
    .key { display: flex; gap: 1.25em; color: var(--quiet); font-size: var(--size-0); margin-block: var(--space-1) var(--space-3); }
    .key span::before { content: ""; display: inline-block; inline-size: 0.75em; block-size: 0.75em; border-radius: 2px; margin-inline-end: 0.45em; background: var(--accent); }
    .key .corpus::before { background: var(--line-strong); }
    .all { display: grid; gap: var(--space-4) var(--space-5); grid-template-columns: repeat(6, minmax(0, 1fr)); transition: opacity 200ms; }
    .all > * { grid-column: span 2; }
    .all > :nth-child(-n + 2) { grid-column: span 3; }
    @media (max-width: 56rem) { .all > * { grid-column: 1 / -1 !important; } }
    .all.old { opacity: 0.5; }
    figure { min-inline-size: 0; }
    figcaption { margin-block-end: var(--space-1); min-block-size: 2.75rem; display: flex; flex-direction: column; }
    figcaption b { display: inline-block; font-weight: 600; white-space: nowrap; }
    figcaption b::first-letter { text-transform: uppercase; }
    figcaption span { color: var(--quiet); font-size: var(--size-0); }
    .bars { display: flex; align-items: end; block-size: 7rem; gap: 2px; border-block-end: 1px solid var(--line-strong); }
    .bars div { flex: 1; position: relative; block-size: 100%; min-inline-size: 0; }
    .bars i { position: absolute; inset-block-end: 0; inset-inline: 0; block-size: calc(100% * var(--corpus)); background: var(--line-strong); border-radius: 2px 2px 0 0; }
    .bars b { position: absolute; inset-block-end: 0; inset-inline: 24%; block-size: calc(100% * var(--now)); background: var(--accent); border-radius: 2px 2px 0 0; transition: block-size 250ms; }
    .labels { display: flex; gap: 2px; color: var(--quiet); font-size: 0.6875rem; line-height: 1.6; }
    .labels span { flex: 1; text-align: center; min-inline-size: 0; white-space: nowrap; }
    .rhythm { display: flex; justify-content: center; gap: 1px; padding: 0.35rem 2px 0; }
    .rhythm i { flex: 0 1 3px; block-size: 3px; background: var(--line-strong); border-radius: 1px; }
    .rhythm i.x { block-size: 9px; margin-block-start: -3px; background: var(--quiet); }
  `];

  @property({ attribute: false }) source!: Source;
  /** What the measurement depends on: when it changes, the net is measured again. */
  @property() about = "";
  @state() private histograms: Histogram[] = [];
  @state() private busy = false;
  @state() private error = "";
  private asking: AbortController | null = null;
  private readonly sight = new IntersectionObserver(entries => {
    if (entries.at(-1)!.isIntersecting) {
      this.sight.disconnect();
      void this.measure();
    }
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("about")) return;
    if (changed.get("about")?.split(" ")[0] !== this.about.split(" ")[0]) this.histograms = [];
    // The net composes for this; nobody may ever look.
    this.sight.disconnect();
    this.sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    this.asking?.abort();
  }

  private readonly measure = async (): Promise<void> => {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    this.busy = true;
    this.error = "";
    try {
      this.histograms = await api.histograms(this.source, 200, asking.signal);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.error = (error as Error).message;
    }
    this.busy = false;
  };

  protected override render(): unknown {
    return html`
      <header>
        <div><h3>${texts.histograms}</h3><p class="quiet small">${texts.histogramsHelp}</p></div>
        <button ?disabled=${this.busy} @click=${this.measure}>${this.busy ? texts.measuring : texts.measureAgain}</button>
      </header>
      <p class="key"><span>${texts.now}</span><span class="corpus">${texts.corpus}</span></p>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="all ${this.busy ? "old" : ""}">${this.histograms.map(histogram => this.one(histogram))}</div>`;
  }

  private one({ name, meaning, labels, now, corpus }: Histogram): unknown {
    const shares = sharesOf(now), beside = corpus && sharesOf(corpus), most = Math.max(...shares, ...(beside ?? [])) || 1;
    const told = labels.map((label, index) => `${label}: ${say.percent(shares[index])}${beside ? `, ${texts.corpus} ${say.percent(beside[index])}` : ""}`);
    // Of many labels every second or fourth is written.
    const isRhythm = labels.every(label => /^[x.]+$/.test(label)), every = labels.length > 17 ? 4 : labels.length > 12 ? 2 : 1;
    return html`<figure>
      <figcaption><b>${name}</b><span>${meaning}</span></figcaption>
      <div class="bars" role="img" aria-label="${name}. ${told.join("; ")}">
        ${labels.map((_, index) => html`<div title=${told[index]!} .style=${`--now: ${shares[index]! / most}; --corpus: ${(beside?.[index] ?? 0) / most}`}><i></i><b></b></div>`)}
      </div>
      <div class="labels" aria-hidden="true">${labels.map((label, index) => isRhythm ? rhythm(label) : html`<span>${index % every === 0 ? label : ""}</span>`)}</div>
    </figure>`;
  }
}

/** Steps as marks, tall where a note begins: as words they would not stand side by side. */
function rhythm(label: string): unknown {
  return html`<span class="rhythm">${[...label].map(step => html`<i class=${step === "x" ? "x" : ""}></i>`)}</span>`;
}

function sharesOf(counts: number[]): number[] {
  const sum = counts.reduce((before, count) => before + count, 0) || 1;
  return counts.map(count => count / sum);
}
