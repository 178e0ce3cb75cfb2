import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { shapeTexts as texts } from "../texts";
import type { Setting } from "../types";
import { DISTANCE, distanceOf, lengthOf, withDistance } from "./draft";
import { DraftPart } from "./part";

/** How far the tuned net may be from what it learned: a few choices, and a slider between them. */
@customElement("studio-distance")
export class StudioDistance extends DraftPart {
  static override styles = [base, css`
    :host { container-type: inline-size; }
    h2 + p { margin-block: 0.35rem var(--space-3); }
    .choices { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: var(--space-2); }
    @container (max-width: 42rem) { .choices { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    .choice { position: relative; display: grid; align-content: start; gap: 0.25rem; padding: var(--space-3); background: var(--surface); border: 1px solid var(--line); border-radius: var(--round-2); cursor: pointer; color: var(--ink); font-size: inherit; }
    .choice:hover { border-color: var(--line-strong); }
    .choice b { font-weight: 600; line-height: 1.3; }
    .choice span { color: var(--quiet); font-size: var(--size-0); line-height: 1.4; }
    .choice input { position: absolute; opacity: 0; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; cursor: pointer; }
    .choice:has(:checked) { background: var(--accent-soft); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
    .choice:has(:checked) span { color: var(--accent-ink); }
    .choice:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
    .exact { display: flex; align-items: center; gap: var(--space-3); margin-block-start: var(--space-3); }
    .exact input { flex: 1; min-inline-size: 6rem; }
    .exact label { white-space: nowrap; }
    @container (max-width: 27rem) {
      .exact { flex-wrap: wrap; justify-content: space-between; gap: 0 var(--space-3); }
      .exact input { order: 3; flex-basis: 100%; }
    }
    output { font-size: var(--size-0); color: var(--quiet); min-inline-size: 9rem; text-align: end; }
  `];

  @property({ attribute: false }) settings: Setting[] = [];

  protected override render(): unknown {
    const share = distanceOf(this.draft, this.settings), isHeld = this.settings.length === 0 || this.settings.some(setting => setting.name === DISTANCE);
    return html`
      <h2 id="heading">${texts.distance}</h2>
      <p class="quiet">${isHeld ? texts.distanceHelp : texts.distanceElsewhere}</p>
      ${isHeld ? html`
        <div class="choices" role="radiogroup" aria-labelledby="heading">
          ${texts.choices.map(choice => html`<label class="choice">
            <input type="radio" name="distance" .checked=${Math.abs(choice.share - share) < 1e-6} @change=${() => this.choose(choice.share)} />
            <b>${choice.name}</b><span>${choice.meaning}</span>
          </label>`)}
        </div>
        <div class="exact">
          <label for="exact">${texts.distanceExact}</label>
          <input id="exact" type="range" min="-5" max="1" step="0.25" .value=${String(Math.log2(share))} aria-valuetext=${texts.distanceValue(this.nats(share))}
            @input=${(event: Event) => this.choose(2 ** Number((event.target as HTMLInputElement).value))} />
          <output for="exact" class="number">${texts.distanceValue(this.nats(share))}</output>
        </div>` : ""}`;
  }

  private nats(share: number): number {
    return share * lengthOf(this.draft, this.settings);
  }

  private choose(share: number): void {
    this.change(withDistance(this.draft, share, this.settings));
  }
}
