import { LitElement, css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import { say, texts } from "../texts";
import type { Melody } from "../types";
import { barCount, barSteps } from "./music";
import { player } from "./player";
import { voiceNames, type VoiceName } from "./voice-names";

/** How everything on the page sounds: tempo, instrument, transposition, and what is repeated. Space plays and stops the melody of last time. */
@customElement("studio-transport")
export class StudioTransport extends LitElement {
  static override styles = [base, css`
    :host { position: sticky; inset-block-end: 0.75rem; z-index: 5; margin-block-start: var(--space-4); }
    .bar {
      display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: var(--space-2) var(--space-4); padding: var(--space-2) var(--space-4);
      background: color-mix(in srgb, var(--surface) 97%, transparent); backdrop-filter: blur(10px);
      border: 1px solid var(--line); border-radius: 1.5rem; box-shadow: var(--lift); inline-size: fit-content; max-inline-size: 100%; margin-inline: auto;
    }
    label { display: flex; align-items: center; gap: 0.6em; white-space: nowrap; }
    output { color: var(--ink); min-inline-size: 2ch; font-variant-numeric: tabular-nums; }
    input[type="range"] { inline-size: 8rem; }
    select { min-block-size: 2.25rem; padding-block: 0.15rem; }
    .stepper { display: inline-flex; align-items: center; }
    .stepper button { min-block-size: 2.25rem; min-inline-size: 2.25rem; padding: 0; font-size: var(--size-2); }
    .stepper output { min-inline-size: 2.5ch; text-align: center; }
    button.staff { min-block-size: 2.25rem; }
    @media (max-width: 62rem), (max-height: 40rem) { :host { position: static; } .bar { justify-content: start; padding: var(--space-3); } }
    @media print { :host { display: none; } }
  `];

  /** The melodies that are shown: space plays the one that was played last, else the first. */
  @property({ attribute: false }) melodies: Melody[] = [];
  /** Whether melodies are heard and not seen: then there is no staff to show and no bar to choose. */
  @property({ type: Boolean }) blind = false;

  private last: Melody | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    player.addEventListener("change", this.changed);
    document.addEventListener("keydown", this.press);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    player.removeEventListener("change", this.changed);
    document.removeEventListener("keydown", this.press);
    player.stop();
  }

  private get current(): Melody | null {
    return player.melody ?? this.melodies.find(melody => melody === this.last) ?? this.melodies[0] ?? null;
  }

  private readonly changed = (): void => {
    if (player.melody) this.last = player.melody;
    this.requestUpdate();
  };

  private readonly press = (event: KeyboardEvent): void => {
    if (event.key !== " " || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !this.current) return;
    const target = event.composedPath()[0] as HTMLElement;
    if (target.closest("button, a, input, select, textarea, summary, [role=slider], [contenteditable]")) return;
    event.preventDefault();
    player.toggle(this.current);
  };

  private readonly repeat = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement, melody = this.current;
    if (!melody || value === "") return player.repeat(null);
    if (value === "all") return player.repeat({ melody, from: 0, to: melody.events.length });
    const bar = barSteps(melody.timeSignature), from = Number(value) * bar;
    player.repeat({ melody, from, to: Math.min(melody.events.length, from + bar) });
  };

  private looped(melody: Melody): string {
    const { loop } = player;
    if (loop?.melody !== melody) return "";
    return loop.from === 0 && loop.to === melody.events.length ? "all" : String(loop.from / barSteps(melody.timeSignature));
  }

  protected override render(): unknown {
    const melody = this.current, looped = melody ? this.looped(melody) : "";
    return html`
      <div class="bar" role="group" aria-label=${texts.howItSounds}>
        <label>${texts.tempo}
          <input type="range" min="40" max="240" step="2" .value=${String(player.tempo)} aria-valuetext=${`${say.whole(player.tempo)} ${texts.tempoUnit}`}
            @input=${(event: Event) => { player.tempo = Number((event.target as HTMLInputElement).value); }} />
          <output>${say.whole(player.tempo)}</output>
        </label>
        <label>${texts.voice}
          <select @change=${(event: Event) => { player.voiceName = (event.target as HTMLSelectElement).value as VoiceName; }}>
            ${voiceNames.map(name => html`<option value=${name} ?selected=${name === player.voiceName}>${texts.voices[name]}</option>`)}
          </select>
        </label>
        <span class="row" role="group" aria-label=${texts.transpose}>
          <label>${texts.transpose}</label>
          <span class="stepper">
            <button class="plain" aria-label=${texts.lower} @click=${() => { player.transpose--; }}>−</button>
            <output title=${texts.semitones(player.transpose)}>${player.transpose === 0 ? "0" : say.signed(player.transpose)}</output>
            <button class="plain" aria-label=${texts.higher} @click=${() => { player.transpose++; }}>+</button>
          </span>
        </span>
        ${melody && !this.blind ? html`<label>${texts.loop}
          <select @change=${this.repeat}>
            <option value="" ?selected=${looped === ""}>${texts.loopNothing}</option>
            <option value="all" ?selected=${looped === "all"}>${texts.loopAll}</option>
            ${Array.from({ length: barCount(melody) }, (_, bar) => html`<option value=${bar} ?selected=${looped === String(bar)}>${texts.loopBar(bar + 1)}</option>`)}
          </select>
        </label>` : nothing}
        ${this.blind ? nothing : html`<button class="staff" aria-pressed=${player.staff ? "true" : "false"} @click=${() => { player.staff = !player.staff; }}>${icons.staff}${texts.showStaff}</button>`}
      </div>`;
  }
}
