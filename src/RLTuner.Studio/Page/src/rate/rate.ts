import { LitElement, css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import { Playing, player } from "../player/player";
import { store, Watching } from "../store";
import { rateTexts as texts } from "../texts";
import type { Pair, Ratings, Source } from "../types";
import "../player/transport";
import "./fit";
import "./ring";
import "./summary";

type Side = Source | "tune";

/** After so many ratings they say something. */
const enough = 20;

/** Two melodies, which is which unknown: the listener says which is better, and rules follow. */
@customElement("studio-rate")
export class StudioRate extends LitElement {
  static override styles = [base, css`
    .hero { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-3) var(--space-5); margin-block: var(--space-3) var(--space-4); }
    .hero > div:first-child { flex: 1 1 20rem; }
    .hero p { margin-block-start: var(--space-1); max-inline-size: 42rem; }
    .sides { display: flex; gap: var(--space-2) var(--space-3); }
    .sides label { display: grid; gap: 0.25rem; min-inline-size: 0; }
    .sides select { max-inline-size: 15rem; }
    .stage { text-align: center; padding-block: var(--space-5) var(--space-4); }
    .stage > p + p { margin-block-start: var(--space-3); }
    .two { display: flex; justify-content: center; gap: clamp(1.5rem, 10vw, 8rem); }
    .two div { display: grid; justify-items: center; gap: var(--space-2); }
    .two kbd, .choices kbd { font: inherit; font-size: var(--size-0); color: inherit; opacity: 0.75; border: 1px solid currentColor; border-radius: 5px; padding: 0 0.4em; margin-inline-start: 0.35em; }
    .choices { display: flex; flex-wrap: wrap; justify-content: center; gap: var(--space-2); margin-block: var(--space-4) var(--space-3); }
    .choices button { min-block-size: 3rem; padding-inline: 1.4rem; }
    .dots { display: flex; flex-wrap: wrap; justify-content: center; gap: 5px; margin-block: var(--space-3) var(--space-1); }
    .dots i { inline-size: 0.5rem; block-size: 0.5rem; border-radius: 50%; background: var(--line-strong); }
    .dots i.done { background: var(--accent); }
    .revealed { min-block-size: 1.5rem; }
    .results { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: var(--space-3); align-items: start; margin-block-start: var(--space-4); }
    @media (max-width: 30rem) { .sides { inline-size: 100%; } .sides label { flex: 1 1 0; } .sides select { inline-size: 100%; } .card { padding: var(--space-3); } .choices button { inline-size: 100%; } }
  `];

  @property() about = "";

  @state() private a: Side | null = null;
  @state() private b: Side | null = null;
  @state() private pair: Pair | null = null;
  @state() private ratings: Ratings | null = null;
  @state() private revealed = "";
  @state() private error = "";
  @state() private busy = false;
  @state() private hasTunes = false;
  /** Whether it is known what can be compared. */
  @state() private ready = false;
  private round = 0;
  private played = false;

  constructor() {
    super();
    new Playing(this);
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.press, true);
    player.prepare();
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.press, true);
    this.round++;
  }

  private get sides(): { name: string; side: Side }[] {
    const runs = store.runs.filter(run => run.kind === "tune" && run.last !== null);
    return [
      ...runs.flatMap(run => [
        { name: texts.tuned(run.title), side: { run: run.id, at: "now" } as Side }, { name: texts.untuned(run.title), side: { run: run.id, at: "before" } as Side },
      ]),
      ...store.nets.filter(net => net.kind !== "run").map(net => ({ name: texts.net(net.name), side: { net: net.id } as Side })),
      ...(this.hasTunes ? [{ name: texts.realTune, side: "tune" as Side }] : []),
    ];
  }

  /** What is compared: what was chosen, else the newest run with what it was before, else the net with real tunes. */
  private get compared(): [Side, Side] | null {
    const [first, second] = this.sides;
    return first && second ? [this.a ?? first.side, this.b ?? second.side] : null;
  }

  private async begin(): Promise<void> {
    try {
      const [ratings, corpora] = await Promise.all([api.ratings(), api.corpora(), store.ready()]);
      this.ratings = ratings;
      this.hasTunes = corpora.length > 0;
      this.ready = true;
      await this.next();
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private async next(): Promise<void> {
    const { compared } = this;
    if (!compared) return;
    player.stop();
    this.pair = null;
    try {
      this.pair = await api.pair(...compared);
      this.error = "";
      if (this.played) void this.playBoth();
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private async playBoth(): Promise<void> {
    const round = ++this.round, { pair } = this;
    if (!pair) return;
    this.played = true;
    if (await player.play(pair.first) && round === this.round && this.pair === pair) await player.play(pair.second);
  }

  private async rate(choice: "first" | "second" | "same"): Promise<void> {
    const { pair } = this;
    if (!pair || this.busy) return;
    this.busy = true;
    this.round++;
    try {
      const { first, second } = await api.rate(pair.id, choice);
      this.revealed = texts.revealed(first, second);
      [this.ratings] = await Promise.all([api.ratings(), this.next()]);
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      this.busy = false;
    }
  }

  private readonly press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0] as HTMLElement;
    if (target.closest?.("input, select, textarea")) return;
    if (event.key === " " && !target.closest?.("button, a, summary")) {
      if (player.melody) {
        this.round++;
        player.stop();
      } else {
        void this.playBoth();
      }
    } else if (event.key === "1") {
      void this.rate("first");
    } else if (event.key === "2") {
      void this.rate("second");
    } else if (event.key === "0") {
      void this.rate("same");
    } else {
      return;
    }
    event.preventDefault();
  };

  protected override render(): unknown {
    const { pair, ratings } = this, rated = ratings?.rated ?? 0, plays = player.melody !== null;
    return html`
      <div class="hero"><div><h2>${texts.title}</h2><p class="quiet">${texts.about}</p></div>${this.chooser()}</div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${this.ready && !this.compared ? html`<section class="card stage"><p>${texts.nothingToCompare}</p><p><a class="button" href="#listen">${icons.spark}${texts.tune}</a></p></section>` : this.stage(pair, rated, plays)}
      <studio-transport blind></studio-transport>
      <div class="results">
        <section class="card" ?hidden=${!ratings || ratings.comparisons.length === 0}><studio-rate-summary .ratings=${ratings}></studio-rate-summary></section>
        <section class="card" ?hidden=${rated === 0}><studio-rate-fit .rated=${rated}></studio-rate-fit></section>
      </div>`;
  }

  private stage(pair: Pair | null, rated: number, plays: boolean): unknown {
    return html`
      <section class="card stage">
        <div class="two">
          <div><studio-ring .melody=${pair?.first ?? null} .label=${texts.first}></studio-ring><h3>${texts.first}</h3></div>
          <div><studio-ring .melody=${pair?.second ?? null} .label=${texts.second}></studio-ring><h3>${texts.second}</h3></div>
        </div>
        <div class="choices">
          <button ?disabled=${!pair || this.busy} @click=${() => void this.rate("first")}>${texts.firstBetter}<kbd>1</kbd></button>
          <button ?disabled=${!pair || this.busy} @click=${() => void this.rate("same")}>${texts.same}<kbd>0</kbd></button>
          <button ?disabled=${!pair || this.busy} @click=${() => void this.rate("second")}>${texts.secondBetter}<kbd>2</kbd></button>
        </div>
        <button class="plain" ?disabled=${!pair} @click=${() => plays ? player.stop() : void this.playBoth()}>${plays ? icons.stop : icons.play}${plays ? texts.stop : texts.playBoth}<span class="quiet small">${texts.space}</span></button>
        <div class="dots" role="img" aria-label=${texts.rated(rated)}>${Array.from({ length: enough }, (_, index) => html`<i class=${index < rated ? "done" : ""}></i>`)}</div>
        <p class="small quiet number">${texts.rated(rated)}</p>
        <p class="revealed small" role="status">${this.revealed}</p>
      </section>`;
  }

  private chooser(): unknown {
    const { sides, compared } = this;
    if (!compared) return nothing;
    const select = (label: string, side: Side, take: (side: Side) => void): unknown => html`<label>${label}
      <select @change=${(event: Event) => { take(JSON.parse((event.target as HTMLSelectElement).value) as Side); void this.next(); }}>
        ${sides.map(one => html`<option value=${JSON.stringify(one.side)} ?selected=${JSON.stringify(one.side) === JSON.stringify(side)}>${one.name}</option>`)}
      </select></label>`;
    return html`<div class="sides">
      ${select(texts.compare, compared[0], side => { this.a = side; })}
      ${select(texts.with, compared[1], side => { this.b = side; })}
    </div>`;
  }
}
