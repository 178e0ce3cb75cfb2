import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import type { Reasons } from "../player/melody";
import { player } from "../player/player";
import { store, Watching } from "../store";
import { texts } from "../texts";
import type { Events, Melody, RunDetail, RunSummary, Source } from "../types";
import { desk } from "../work/desk";
import { example } from "./example";
import { composeAfter, composeFirst } from "./pair";
import "../player/melody";
import "../player/transport";
import "./ten";

/** The first screen: a net before and after tuning, on the same opening, at any step that is kept. */
@customElement("studio-listen")
export class StudioListen extends LitElement {
  static override styles = [base, css`
    .hero { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-3) var(--space-5); margin-block: var(--space-3) var(--space-4); }
    .hero div:first-child { flex: 1 1 24rem; }
    .hero p { margin-block-start: var(--space-1); max-inline-size: 42rem; }
    .hero button { min-block-size: 3rem; padding-inline: 1.5rem; font-size: var(--size-2); }
    .choice { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); margin-block-end: var(--space-3); }
    .choice label { display: flex; align-items: center; gap: 0.6em; }
    .choice .along { flex: 1 1 16rem; }
    .along input { flex: 1; min-inline-size: 6rem; }
    .along output { color: var(--ink); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: var(--space-3); }
    .waiting { display: grid; place-items: center; place-content: center; text-align: center; gap: var(--space-3); min-block-size: 18rem; color: var(--quiet); }
    .waiting progress { inline-size: 16rem; max-inline-size: 100%; }
    @media (max-width: 30rem) { .work span { display: none; } .card { padding: var(--space-3); } .hero .row { inline-size: 100%; } .hero button { flex: 1; } }
    studio-ten { margin-block-start: var(--space-5); display: block; }
  `];

  /** The run whose net is heard; empty for the example or the newest. */
  @property() about = "";

  @state() private choice: string | null = null;
  @state() private detail: RunDetail | null = null;
  /** Which of the nets that are kept; null for the newest. */
  @state() private place: number | null = null;
  @state() private seed = 1;
  @state() private untuned: Melody | null = null;
  @state() private tuned: Melody | null = null;
  @state() private error = "";
  @state() private busy = false;
  private asked: AbortController | null = null;
  private opening: Events | undefined;
  /** What was composed last: the run, the seed, the step. */
  private begun = "";
  private composed = "";
  private loading = false;
  private stale = false;
  /** Of which net ten melodies are shown: while a run goes on, of the first that it had. */
  private tenRun = "";
  private tenStep: number | null = null;
  private round = 0;

  constructor() {
    super();
    new Watching(this, event => {
      // A window has a net of its own: there is something new to hear.
      if (event?.kind === "window" && event.data.id === this.run?.id) void this.load();
      if (event?.kind === "run" && event.data.id === this.run?.id && event.data.status === "done") void this.load();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    player.addEventListener("change", this.changed);
    player.prepare();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    player.removeEventListener("change", this.changed);
    this.asked?.abort();
    this.round++;
  }

  private readonly changed = (): void => {
    if (this.stale && !this.loading && !player.melody) void this.load();
    this.requestUpdate();
  };

  private get tunings(): RunSummary[] {
    return store.runs.filter(run => run.kind === "tune");
  }

  /** The run that is heard: the one asked for, else the newest that has something to hear. */
  private get run(): RunSummary | null {
    if (this.choice === "") return null;
    return this.tunings.find(run => run.id === (this.choice ?? this.about)) ?? this.tunings.find(run => run.last !== null) ?? null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("about") && this.about) this.choice = null;
    const { run } = this;
    if (!run) {
      if (this.detail || !this.untuned) {
        this.detail = null;
        this.asked?.abort();
        this.untuned = example.before;
        this.tuned = example.after;
      }
    } else if (this.detail?.id !== run.id) {
      this.detail = { ...run, settings: [], rules: {}, windows: [], nets: [], before: [], after: [], metrics: null, result: null };
      this.place = null;
      this.untuned = this.tuned = null;
      this.begun = this.composed = this.tenRun = "";
      void this.load();
    }
  }

  private get steps(): number[] {
    return this.detail?.nets.filter(step => step > 0) ?? [];
  }

  /** The step of the net that is heard now; null where none is there yet. */
  private get step(): number | null {
    const { steps } = this;
    return (this.place === null ? undefined : steps[this.place]) ?? steps[steps.length - 1] ?? null;
  }

  private get source(): Source | null {
    const { run, step } = this;
    return run ? step === null ? null : { run: run.id, at: step } : store.nets[0] ? { net: (store.nets.find(net => net.kind === "shipped") ?? store.nets[0]).id } : null;
  }

  private get reasons(): Reasons | null {
    const { detail } = this;
    if (detail) return Object.keys(detail.rules).length > 0 ? { ruleSet: detail.ruleSet, rules: detail.rules, source: { run: detail.id, at: "before" } } : null;
    const set = store.studio?.ruleSets[0], { source } = this;
    return set && source ? { ruleSet: set.name, source } : null;
  }

  /** Learns what the run has, and composes anew where that changes what is heard. What comes in between is looked at afterwards. */
  private async load(): Promise<void> {
    const { run } = this;
    if (!run) return;
    // What plays is heard to its end before a newer net takes its place.
    if (this.loading || (player.melody && player.melody === this.tuned)) {
      this.stale = true;
      return;
    }
    this.loading = true;
    try {
      do {
        this.stale = false;
        const detail = await api.run(run.id);
        if (this.run?.id !== run.id) break;
        this.detail = detail;
        if (run.id !== this.tenRun || this.tenStep === null || detail.status !== "running") {
          this.tenRun = run.id;
          this.tenStep = this.step;
        }
        await this.compose();
      } while (this.stale);
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      this.loading = false;
    }
    if (this.run && this.run.id !== run.id) void this.load();
  }

  /** Composes what the choice asks for and is not there yet. */
  private async compose(): Promise<void> {
    const { run, step, seed } = this;
    if (!run) return;
    const first = `${run.id} ${seed}`, second = `${first} ${step}`;
    if (second === this.composed) return;
    this.asked?.abort();
    const asked = this.asked = new AbortController();
    try {
      if (first !== this.begun || !this.untuned) {
        const { melody, opening } = await composeFirst({ run: run.id, at: "before" }, seed, asked.signal);
        if (this.asked !== asked) return;
        this.untuned = { ...melody, title: texts.before };
        this.opening = opening;
        this.begun = first;
      }
      const tuned = step === null ? null : await composeAfter({ run: run.id, at: step }, seed, this.opening, asked.signal);
      if (this.asked !== asked) return;
      // What plays goes on where the other net plays the same.
      if (JSON.stringify(tuned?.events) !== JSON.stringify(this.tuned?.events)) {
        if (player.melody && player.melody === this.tuned) player.stop();
        this.tuned = tuned && { ...tuned, title: texts.after };
      }
      this.composed = second;
      this.error = "";
    } catch (error) {
      if (!asked.signal.aborted) this.error = (error as Error).message;
    }
  }

  private async tune(): Promise<void> {
    this.busy = true;
    try {
      const run = await api.tune({});
      store.put(run);
      this.choice = run.id;
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      this.busy = false;
    }
  }

  private async playBoth(): Promise<void> {
    const round = ++this.round;
    for (const melody of [this.untuned, this.tuned]) {
      if (!melody || round !== this.round || !await player.play(melody)) return;
    }
  }

  private readonly take = (event: Event): void => {
    this.choice = (event.target as HTMLSelectElement).value;
  };

  private readonly slide = (event: Event): void => {
    const { steps } = this, place = Number((event.target as HTMLInputElement).value);
    this.place = place === steps.length - 1 ? null : place;
    this.tenStep = this.step;
    void this.compose();
  };

  private readonly another = (): void => {
    this.seed++;
    void this.compose();
  };

  protected override render(): unknown {
    const { run, untuned: before, tuned: after } = this, both = player.melody !== null && (player.melody === before || player.melody === after);
    const range = this.range();
    return html`
      <div class="hero">
        <div><h2>${texts.listenTitle}</h2><p class="quiet">${run ? texts.listenRun(run.title) : texts.listenExample}</p></div>
        <div class="row">
          <button @click=${() => both ? player.stop() : void this.playBoth()} ?disabled=${!before}>${both ? icons.stop : icons.play}${both ? texts.stop : texts.playBoth}</button>
          <button class="main" ?disabled=${this.busy} @click=${() => void this.tune()}>${icons.spark}${texts.tune}</button>
        </div>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${this.chooser()}
      <div class="pair">
        <section class="card">
          <studio-melody .melody=${before} .heading=${texts.before} .about=${texts.beforeAbout} .reasons=${this.reasons} .range=${range}>${this.actions(before, run ? { run: run.id, at: "before" } : this.source)}</studio-melody>
        </section>
        <section class="card">
          ${after ? html`<studio-melody .melody=${after} .heading=${texts.after} .about=${texts.afterAbout(run ? this.step ?? 0 : example.steps)} .reasons=${this.reasons} .range=${range}>${this.actions(after, this.source)}</studio-melody>`
            : run ? this.waiting(run) : nothing}
        </section>
      </div>
      <studio-transport .melodies=${[after, before].filter(melody => melody !== null)}></studio-transport>
      <studio-ten .source=${run ? this.tenStep === null ? null : { run: run.id, at: this.tenStep } : this.source} .reasons=${this.reasons}
        .heading=${run ? texts.tenOfRun(this.tenStep ?? 0) : texts.tenOfNet}></studio-ten>`;
  }

  private range(): [number, number] | null {
    const pitches = [this.untuned, this.tuned].flatMap(melody => melody?.notes.map(note => note.pitch) ?? []);
    return pitches.length > 0 ? [Math.min(...pitches), Math.max(...pitches)] : null;
  }

  private chooser(): unknown {
    const { run, steps, tunings } = this;
    if (tunings.length === 0) return nothing;
    const at = this.place ?? steps.length - 1;
    return html`
      <div class="choice">
        <label>${texts.whatIsHeard}
          <select @change=${this.take}>
            ${tunings.map(one => html`<option value=${one.id} ?selected=${one.id === run?.id}>${one.title}</option>`)}
            <option value="" ?selected=${!run}>${texts.theExample}</option>
          </select>
        </label>
        ${run && steps.length > 1 ? html`<label class="along">${texts.howFar}
          <input type="range" min="0" max=${steps.length - 1} .value=${String(at)} aria-valuetext=${texts.notesPlayed(steps[at]!)} @change=${this.slide} />
          <output>${texts.notesPlayed(steps[at]!)}</output></label>` : nothing}
        ${run ? html`<button class="plain" @click=${this.another}>${icons.again}${texts.anotherOpening}</button>` : nothing}
      </div>`;
  }

  private actions(melody: Melody | null, source: Source | null): unknown {
    if (!melody || !source) return nothing;
    return html`<button class="plain work" aria-label=${texts.workOnThis(melody.title)} @click=${() => desk.open({ melody, source, reasons: this.reasons })}>${icons.pencil}<span>${texts.workOn}</span></button>`;
  }

  private waiting(run: RunSummary): unknown {
    if (run.status === "failed") return html`<div class="waiting"><p class="error">${run.error ?? texts.status.failed}</p></div>`;
    return html`<div class="waiting" role="status">
      <h3>${run.status === "waiting" ? texts.waitsForOthers : texts.isTuning}</h3>
      <progress max="1" .value=${run.steps ? run.step / run.steps : 0} aria-label=${texts.progress(run.title, run.steps ? run.step / run.steps : 0)}></progress>
      <p class="small number">${run.secondsLeft === null ? nothing : texts.timeLeft(run.secondsLeft)}</p>
      <p class="small">${texts.firstSoundSoon}</p>
    </div>`;
  }
}
