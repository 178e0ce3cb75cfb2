import { LitElement, css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { rateTexts as texts, say } from "../texts";
import type { Ratings } from "../types";

/** How often what was preferred, with 95 % intervals. */
@customElement("studio-rate-summary")
export class StudioRateSummary extends LitElement {
  static override styles = [base, css`
    h3 { margin-block-end: var(--space-2); }
    ul { list-style: none; display: grid; gap: var(--space-3); }
    .line { position: relative; block-size: 1.25rem; margin-block-start: 0.25rem; }
    .line i { position: absolute; border-radius: 99px; }
    .track { inset: 0.5rem 0; background: var(--line); }
    .interval { inset-block: 0.375rem; background: var(--accent); opacity: 0.35; }
    .half { inset-block: 0; inset-inline-start: 50%; inline-size: 1px; background: var(--quiet); }
    .rate { inset-block-start: 0.125rem; inline-size: 1rem; block-size: 1rem; margin-inline-start: -0.5rem; background: var(--accent); }
  `];

  @property({ attribute: false }) ratings: Ratings | null = null;

  protected override render(): unknown {
    const { ratings } = this;
    if (!ratings || ratings.comparisons.length === 0) return nothing;
    return html`
      <h3>${texts.soFar}</h3>
      <ul>
        ${ratings.comparisons.map(one => html`<li>
          <p>${texts.preferred(one.better, one.worse)} <strong class="number">${say.percent(one.rate)}</strong>
            <span class="quiet small">${texts.interval(one.low, one.high)} · ${texts.counts(one.wins, one.losses, one.ties)}</span></p>
          <div class="line" aria-hidden="true">
            <i class="track"></i><i class="half"></i>
            <i class="interval" .style=${`inset-inline-start:${one.low * 100}%;inline-size:${(one.high - one.low) * 100}%`}></i>
            <i class="rate" .style=${`inset-inline-start:${one.rate * 100}%`}></i>
          </div></li>`)}
      </ul>`;
  }
}
