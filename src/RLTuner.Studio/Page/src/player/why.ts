import { LitElement, css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { say, texts } from "../texts";
import type { Explanation, Melody } from "../types";
import { barSteps, beatSteps, noEvent, noteAt, noteOff, pitchName } from "./music";

/** What each rule gave for a step and why, and what else the net found likely there. */
@customElement("studio-why")
export class StudioWhy extends LitElement {
  static override styles = [base, css`
    :host { min-block-size: 4.75rem; font-size: var(--size-0); }
    .place { font-weight: 600; }
    .columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: var(--space-2) var(--space-4); margin-block-start: var(--space-1); }
    ul { list-style: none; display: grid; gap: 0.3rem; align-content: start; }
    .rules li { display: grid; grid-template-columns: 3.2em 1fr; gap: 0.5em; }
    .score { text-align: end; font-variant-numeric: tabular-nums; font-weight: 600; }
    .likely li { display: grid; grid-template-columns: 5em 1fr 3em; gap: 0.5em; align-items: center; }
    .likely .played { font-weight: 650; }
    .share { background: var(--roll-beat); border-radius: 3px; block-size: 6px; overflow: hidden; }
    .share i { display: block; block-size: 100%; background: var(--accent); }
    .percent { text-align: end; font-variant-numeric: tabular-nums; }
    @media (max-width: 40rem) { .columns { grid-template-columns: 1fr; } }
    @media print { :host { display: none; } }
  `];

  @property({ attribute: false }) melody: Melody | null = null;
  @property({ type: Number }) step: number | null = null;
  @property({ attribute: false }) explanation: Explanation | null = null;

  private event(event: number): string {
    return event === noEvent ? texts.goesOn : event === noteOff ? texts.noteEnds : pitchName(event, this.melody?.key ?? "C");
  }

  protected override render(): unknown {
    const { melody, step, explanation } = this;
    if (!melody || step === null) return html`<p class="quiet">${texts.pointAtAStep}</p>`;
    const bar = barSteps(melody.timeSignature), beat = beatSteps(melody.timeSignature), note = noteAt(melody.notes, step);
    const place = texts.place(Math.floor(step / bar) + 1, Math.floor(step % bar / beat) + 1, note ? pitchName(note.pitch, melody.key) : null, note?.step === step);
    const told = explanation?.steps[step];
    if (!told) return html`<p class="place">${place}</p>`;
    return html`
      <div aria-live="polite">
        <p><span class="place">${place}</span> <span class="quiet">· ${texts.rulesGive(told.total)}${told.p === null ? "" : ` · ${texts.netFinds(told.p)}`}</span></p>
        <div class="columns">
          <ul class="rules">
            ${told.rules.map(rule => html`<li><span class="score">${say.signed(rule.score)}</span><span>${rule.why}</span></li>`)}
            ${told.rules.length === 0 ? html`<li class="quiet"><span></span><span>${texts.noRuleSpeaks}</span></li>` : ""}
          </ul>
          <ul class="likely">
            ${told.likely.slice(0, 4).map(({ event, p }) => html`<li class=${event === melody.events[step] ? "played" : ""}>
              <span>${this.event(event)}</span><span class="share"><i .style=${`inline-size:${Math.round(p * 100)}%`}></i></span><span class="percent">${say.percent(p)}</span></li>`)}
          </ul>
        </div>
      </div>`;
  }
}
