import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { barSteps } from "../player/music";
import { player } from "../player/player";
import { store, Watching } from "../store";
import { shapeTexts as texts } from "../texts";
import type { Setting } from "../types";
import { lengthOf, withBars, withMetre } from "./draft";
import { DraftPart } from "./part";

/** Key, metre and length of the melodies. */
@customElement("studio-music")
export class StudioMusic extends DraftPart {
  static override styles = [base, css`
    h3 { margin-block-end: var(--space-2); }
    .fields { display: flex; flex-wrap: wrap; gap: var(--space-3); }
    label { display: grid; gap: 0.25rem; }
    select { min-inline-size: 5.5rem; }
    input { inline-size: 5.5rem; }
  `];

  @property({ attribute: false }) settings: Setting[] = [];

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    const { draft, settings } = this, keys = store.studio?.keys ?? [draft.key], metres = store.studio?.timeSignatures ?? [draft.timeSignature];
    const [tonic = "C", mode = "major"] = draft.key.split(" ");
    const tonics = [...new Set(keys.map(key => key.split(" ")[0]!))];
    const modesOf = (wanted: string) => keys.filter(key => key.split(" ")[0] === wanted).map(key => key.split(" ").slice(1).join(" "));
    const bars = lengthOf(draft, settings) / barSteps(draft.timeSignature);
    return html`
      <h3>${texts.music}</h3>
      <div class="fields">
        ${select(texts.tonic, tonics, tonic, name => this.key(name, modesOf(name).includes(mode) ? mode : modesOf(name)[0] ?? "major"), spelled)}
        ${select(texts.mode, modesOf(tonic), mode, name => this.key(tonic, name))}
        ${select(texts.metre, metres, draft.timeSignature, name => this.change(withMetre(draft, name, settings)))}
        <label>${texts.bars}
          <input type="number" min="1" max="64" step="1" .value=${String(Number(bars.toFixed(2)))}
            @change=${(event: Event) => this.bars(event.target as HTMLInputElement, bars)} /></label>
        <label title=${texts.tempoHelp}>${texts.tempo}
          <input type="number" min="40" max="240" step="1" .value=${String(player.tempo)} @change=${(event: Event) => this.tempo(event.target as HTMLInputElement)} /></label>
      </div>`;
  }

  private key(tonic: string, mode: string): void {
    this.change({ ...this.draft, key: `${tonic} ${mode}` });
  }

  /** How fast examples play; the net knows no tempo. */
  private tempo(input: HTMLInputElement): void {
    player.tempo = Number(input.value) || player.tempo;
    input.value = String(player.tempo);
  }

  private bars(input: HTMLInputElement, before: number): void {
    const bars = Math.round(Number(input.value));
    if (bars >= 1 && bars <= 64) this.change(withBars(this.draft, bars, this.settings));
    else input.value = String(before);
  }
}

const spelled = (tonic: string): string => tonic.replace("b", "♭").replace("#", "♯");

function select(label: string, choices: string[], chosen: string, choose: (choice: string) => void, say: (choice: string) => string = choice => choice): unknown {
  return html`<label>${label}
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${choices.map(choice => html`<option .value=${choice} .selected=${choice === chosen}>${say(choice)}</option>`)}
    </select></label>`;
}
