import { LitElement, css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import { save } from "../elements/save";
import { example } from "../listen/example";
import { barCount, barSteps } from "../player/music";
import { player } from "../player/player";
import { voicePrograms } from "../player/voice-names";
import { store, Watching } from "../store";
import { workTexts as texts } from "../texts";
import { upload } from "../upload";
import type { ExportWish, Melody, Source } from "../types";
import { desk, type Piece } from "./desk";
import { History } from "./history";
import "../player/melody";
import "../player/transport";

/** A version of the melody and which of its bars are kept. */
interface Version {
  melody: Melody;
  keep: boolean[];
}

const allKept = (melody: Melody): boolean[] => Array.from({ length: barCount(melody) }, () => true);

/** One melody to work on: keep bars and let others be composed anew, go on, vary, take it away. */
@customElement("studio-work")
export class StudioWork extends LitElement {
  static override styles = [base, css`
    .hero { margin-block: var(--space-3) var(--space-4); }
    .hero p { margin-block-start: var(--space-1); max-inline-size: 42rem; }
    .bars { display: flex; padding-block: 0.375rem; }
    .bars button { flex: 1 1 0; min-inline-size: 2.25rem; margin-inline: 1px; border-radius: var(--round-1); min-block-size: 2.25rem; padding-inline: 0.25rem; font-size: var(--size-0); overflow: hidden; }
    .bars button[aria-pressed="false"] { border-style: dashed; color: var(--quiet); }
    .bars svg { inline-size: 1rem; block-size: 1rem; }
    .tools { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); margin-block-start: var(--space-4); }
    .tools .push { margin-inline-start: auto; }
    .word { min-block-size: 1.5rem; margin-block-start: var(--space-2); }
    .take { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: var(--space-3) var(--space-5); margin-block-start: var(--space-4); }
    .take h3 { margin-block-end: var(--space-2); }
    .take label { display: flex; align-items: center; gap: 0.6em; }
    .take input { flex: 1; }
    @media (max-width: 40rem) { .tools .push { margin-inline-start: 0; } .card { padding: var(--space-3); } .bars span { display: none; } }
  `];

  @state() private history: History<Version>;
  @state() private source: Source | null;
  @state() private heading: string;
  @state() private word = "";
  @state() private error = "";
  @state() private busy = false;
  private seed = 0;
  private readonly reasons: Piece["reasons"];

  constructor() {
    super();
    const { piece } = desk, melody = piece?.melody ?? example.after;
    this.history = History.of({ melody, keep: allKept(melody) });
    this.source = piece?.source ?? null;
    this.reasons = piece?.reasons ?? null;
    this.heading = piece ? piece.melody.title : texts.exampleTitle;
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.press);
    player.prepare();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.press);
  }

  private get now(): Version {
    return this.history.now;
  }

  /** Who composes: what was asked for, else the net that comes with the program. */
  private get composer(): Source | null {
    const net = store.nets.find(one => one.kind === "shipped") ?? store.nets[0];
    return this.source ?? (net ? { net: net.id } : null);
  }

  private readonly press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || (event.composedPath()[0] as HTMLElement).closest?.("input, textarea")) return;
    event.preventDefault();
    this.go(event.shiftKey ? this.history.redo() : this.history.undo());
  };

  private go(history: History<Version>): void {
    player.stop();
    this.history = history;
    this.word = "";
  }

  private readonly keepBar = (bar: number): void => {
    // What is kept belongs to a version, but to keep a bar makes no new one.
    this.now.keep = this.now.keep.map((kept, index) => index === bar ? !kept : kept);
    this.requestUpdate();
  };

  /** Asks for something; what it says of itself stands below, and so does an error. */
  private async attempt(work: (composer: Source) => Promise<{ melody: Melody; word: string; from: number }>): Promise<void> {
    const { composer } = this;
    if (!composer || this.busy) return;
    this.busy = true;
    this.seed++;
    try {
      const { melody, word, from } = await work(composer);
      const keep = [...this.now.keep, ...allKept(melody)].slice(0, barCount(melody));
      this.go(this.history.to({ melody, keep }));
      this.word = word;
      this.error = "";
      void player.play(melody, from);
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      this.busy = false;
    }
  }

  private recompose(keep: boolean[]): void {
    const { events, key, timeSignature } = this.now.melody;
    void this.attempt(async source => {
      const { melody, word, tries } = await api.recompose({ events, keep, source, seed: this.seed, key, timeSignature });
      return { melody, word: word ?? texts.recomposed(tries), from: keep.indexOf(false) * barSteps(timeSignature) };
    });
  }

  /** One of the bars that are not kept is composed anew, or one of all where all are kept; another one each time. */
  private vary(): void {
    const { keep } = this.now, free = keep.flatMap((kept, bar) => kept ? [] : [bar]);
    const bars = free.length > 0 ? free : keep.map((_, bar) => bar), chosen = bars[(this.seed * 7 + 1) % bars.length];
    this.recompose(keep.map((_, bar) => bar !== chosen));
  }

  private goOn(): void {
    const { events, key, timeSignature } = this.now.melody;
    void this.attempt(async source => ({
      melody: await api.continue({ events, bars: 2, source, seed: this.seed, key, timeSignature }), word: texts.continued, from: events.length,
    }));
  }

  private async take(format: ExportWish["format"]): Promise<void> {
    const { events, key, timeSignature } = this.now.melody;
    try {
      const { content, name } = await api.export({
        events, key, timeSignature, title: this.heading, format, tempo: player.tempo, instrument: voicePrograms[player.voiceName], transpose: player.transpose,
      });
      save(content, name);
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private async copy(): Promise<void> {
    const { events, key, timeSignature } = this.now.melody;
    try {
      const { content } = await api.export({ events, key, timeSignature, title: this.heading, format: "abc", tempo: player.tempo, transpose: player.transpose });
      await navigator.clipboard.writeText(await content.text());
      this.word = texts.copied;
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private readonly openFile = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement, [file] = input.files ?? [];
    if (!file) return;
    try {
      const { melodies, name } = await upload([{ file, path: file.name }], { asMelody: true });
      const [melody] = melodies ?? [];
      if (!melody) throw new Error(texts.noMelodyIn(file.name));
      this.heading = melody.title || name;
      this.go(this.history.to({ melody, keep: allKept(melody) }));
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      input.value = "";
    }
  };

  protected override render(): unknown {
    const { melody, keep } = this.now, free = keep.some(kept => !kept);
    return html`
      <div class="hero"><h2>${texts.title}</h2><p class="quiet">${texts.about}</p></div>
      <section class="card">
        <studio-melody .melody=${melody} .heading=${this.heading} .reasons=${this.reasonsNow} .keep=${keep}>
          <button class="plain" ?disabled=${!this.history.canUndo} @click=${() => this.go(this.history.undo())}>${icons.undo}${texts.undo}</button>
          <button class="plain" ?disabled=${!this.history.canRedo} @click=${() => this.go(this.history.redo())}>${icons.redo}${texts.redo}</button>
          <div slot="bars" class="bars" role="group" aria-label=${texts.bars}>
            ${keep.map((kept, bar) => html`<button aria-pressed=${kept ? "true" : "false"} aria-label=${texts.keepBar(bar + 1)} title=${kept ? texts.isKept : texts.isFree}
              @click=${() => this.keepBar(bar)}>${kept ? icons.lock : icons.again}<span>${kept ? texts.kept : texts.anew}</span></button>`)}
          </div>
        </studio-melody>
        <div class="tools">
          <button class="main" ?disabled=${this.busy || !free} @click=${() => this.recompose(keep)}>${icons.spark}${texts.recompose}</button>
          <button ?disabled=${this.busy} @click=${() => this.vary()}>${icons.again}${texts.vary}</button>
          <button ?disabled=${this.busy} @click=${() => this.goOn()}>${icons.play}${texts.goOn}</button>
          ${this.composers()}
        </div>
        <p class="word small quiet" role="status">${this.word || (free ? "" : texts.chooseBars)}</p>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      </section>
      <studio-transport .melodies=${[melody]}></studio-transport>
      <div class="take">
        <section>
          <h3>${texts.takeAway}</h3>
          <div class="row">
            ${(["midi", "musicxml", "abc", "wav"] as const).map(format => html`<button @click=${() => void this.take(format)}>${icons.down}${texts.formats[format]}</button>`)}
            <button @click=${() => void this.copy()}>${icons.copy}${texts.copy}</button>
          </div>
        </section>
        <section>
          <h3>${texts.ownMelody}</h3>
          <div class="row">
            <label>${texts.name}<input .value=${this.heading} maxlength="100" @input=${(event: Event) => { this.heading = (event.target as HTMLInputElement).value; }} /></label>
            <label class="button">${texts.openFile}<input class="hidden-label" type="file" accept=".mid,.midi,.kar,.musicxml,.xml,.mxl,.abc,.jsonl" @change=${this.openFile} /></label>
          </div>
        </section>
      </div>`;
  }

  /** By what the melody is explained: as where it came from, else by the rules that runs have by default. */
  private get reasonsNow(): Piece["reasons"] {
    const set = store.studio?.ruleSets[0], source = this.composer;
    return this.reasons ?? (set && source ? { ruleSet: set.name, source } : null);
  }

  private composers(): unknown {
    const chosen = JSON.stringify(this.composer);
    const choices: { name: string; source: Source }[] = [
      ...store.runs.filter(run => run.kind === "tune" && run.last !== null).map(run => ({ name: run.title, source: { run: run.id, at: "now" } as Source })),
      ...store.nets.filter(net => net.kind !== "run").map(net => ({ name: net.name, source: { net: net.id } })),
    ];
    if (this.source && !choices.some(choice => JSON.stringify(choice.source) === chosen)) choices.unshift({ name: texts.sameNet, source: this.source });
    return html`<label class="push row">${texts.composer}
      <select @change=${(event: Event) => { this.source = JSON.parse((event.target as HTMLSelectElement).value) as Source; }}>
        ${choices.map(choice => html`<option value=${JSON.stringify(choice.source)} ?selected=${JSON.stringify(choice.source) === chosen}>${choice.name}</option>`)}
      </select></label>`;
  }
}
