import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import type { Reasons } from "../player/melody";
import { Playing, player } from "../player/player";
import { texts } from "../texts";
import type { Melody, Source } from "../types";
import { desk } from "../work/desk";
import "../player/roll";

/** Ten melodies of a net, to hear one by one or all in a row. */
@customElement("studio-ten")
export class StudioTen extends LitElement {
  static override styles = [base, css`
    .head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); margin-block-end: var(--space-3); }
    .head h3 { flex: 1; min-inline-size: 12rem; font-size: var(--size-3); }
    ol { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: var(--space-2); }
    li { display: flex; align-items: center; gap: var(--space-2); padding: var(--space-2); border: 1px solid var(--line); border-radius: var(--round-3); background: var(--surface); }
    li.plays { border-color: var(--accent); }
    studio-roll { flex: 1; min-inline-size: 0; }
    li button { min-block-size: 2.25rem; inline-size: 2.25rem; padding: 0; flex: none; }
  `];

  @property({ attribute: false, hasChanged: (one, other) => JSON.stringify(one) !== JSON.stringify(other) }) source: Source | null = null;
  @property({ attribute: false }) reasons: Reasons | null = null;
  @property() heading = "";

  @state() private melodies: Melody[] = [];
  @state() private seed = 1;
  @state() private error = "";
  private asked: AbortController | null = null;
  private round = 0;

  constructor() {
    super();
    new Playing(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asked?.abort();
    this.round++;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("seed") || changed.has("source")) void this.compose();
  }

  private async compose(): Promise<void> {
    this.asked?.abort();
    if (!this.source) return;
    const asked = this.asked = new AbortController();
    try {
      const melodies = await api.melodies({ source: this.source, count: 10, seed: this.seed }, asked.signal);
      if (this.asked !== asked) return;
      this.melodies = melodies;
      this.error = "";
    } catch (error) {
      if (!asked.signal.aborted) this.error = (error as Error).message;
    }
  }

  private async playAll(): Promise<void> {
    const round = ++this.round;
    for (const melody of this.melodies) {
      if (round !== this.round || !await player.play(melody)) return;
    }
  }

  protected override render(): unknown {
    if (!this.source) return nothing;
    const pitches = this.melodies.flatMap(melody => melody.notes.map(note => note.pitch));
    const range: [number, number] | null = pitches.length > 0 ? [Math.min(...pitches), Math.max(...pitches)] : null;
    const playing = this.melodies.some(melody => melody === player.melody);
    return html`
      <div class="head">
        <h3>${this.heading}</h3>
        <button ?disabled=${this.melodies.length === 0} @click=${() => playing ? player.stop() : void this.playAll()}>${playing ? icons.stop : icons.play}${playing ? texts.stop : texts.playAll}</button>
        <button class="plain" @click=${() => { this.seed += 1; }}>${icons.again}${texts.tenOthers}</button>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <ol>
        ${this.melodies.map((melody, index) => this.one(melody, texts.melodyNumber(index + 1), range))}
      </ol>`;
  }

  private one(melody: Melody, title: string, range: [number, number] | null): unknown {
    const plays = player.melody === melody;
    const work = (): void => desk.open({ melody: { ...melody, title }, source: this.source!, reasons: this.reasons });
    return html`<li class=${plays ? "plays" : ""}>
      <button aria-label=${plays ? texts.stopThis(title) : texts.playThis(title)} @click=${() => player.toggle(melody)}>${plays ? icons.stop : icons.play}</button>
      <studio-roll small .melody=${melody} .range=${range}></studio-roll>
      <button class="plain" title=${texts.workOn} aria-label=${texts.workOnThis(title)} @click=${work}>${icons.pencil}</button>
    </li>`;
  }
}
