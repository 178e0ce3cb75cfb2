import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import { texts } from "../texts";
import type { Explanation, ExplainWish, Melody } from "../types";
import { Playing, player } from "./player";
import "./roll";
import "./staff";
import "./why";

/** By which rules a melody is explained, and whose probabilities are told. */
export type Reasons = Pick<ExplainWish, "ruleSet" | "rules" | "source">;

/**
 * A melody to hear and see: a button, the piano roll, the staff, and what the rules say of the step that someone points at. Actions go into its slot, what
 * stands below the bars into its slot "bars".
 */
@customElement("studio-melody")
export class StudioMelody extends LitElement {
  static override styles = [base, css`
    .head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); margin-block-end: var(--space-3); }
    .words { flex: 1; min-inline-size: 8rem; }
    .play { inline-size: 3.25rem; block-size: 3.25rem; padding: 0; flex: none; }
    .play svg { inline-size: 1.5rem; block-size: 1.5rem; }
    studio-staff { margin-block-start: var(--space-3); }
    studio-why { margin-block-start: var(--space-3); }
  `];

  @property({ attribute: false }) melody: Melody | null = null;
  @property() heading = "";
  @property() about = "";
  /** Without it nothing is explained. */
  @property({ attribute: false, hasChanged: (one, other) => JSON.stringify(one) !== JSON.stringify(other) }) reasons: Reasons | null = null;
  /** Which bars are kept, where others are to be composed anew. */
  @property({ attribute: false }) keep: boolean[] | null = null;
  @property({ attribute: false }) range: [number, number] | null = null;

  @state() private chosen: number | null = null;
  @state() private explanation: Explanation | null = null;
  private asked: AbortController | null = null;

  constructor() {
    super();
    new Playing(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asked?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("melody") && !changed.has("reasons")) return;
    this.asked?.abort();
    this.asked = null;
    this.explanation = null;
    // Who points at a step goes on pointing at it where another melody comes.
    if (this.chosen !== null && this.chosen >= (this.melody?.events.length ?? 0)) this.chosen = null;
    if (this.chosen !== null) void this.explain();
  }

  private readonly choose = (event: CustomEvent<number | null>): void => {
    event.stopPropagation();
    this.chosen = event.detail;
    if (event.detail !== null) void this.explain();
  };

  /** Asks once a melody, when someone first points at it. */
  private async explain(): Promise<void> {
    const { melody, reasons } = this;
    if (!melody || !reasons || this.asked) return;
    const asked = this.asked = new AbortController();
    try {
      const { events, key, timeSignature } = melody;
      const explanation = await api.explain({ events, key, timeSignature, ...reasons }, asked.signal);
      if (this.asked === asked) this.explanation = explanation;
    } catch {
      // An explanation that does not come leaves the melody as it is; the next one who points asks again.
      if (this.asked === asked) this.asked = null;
    }
  }

  protected override render(): unknown {
    const { melody, heading } = this;
    if (!melody) return nothing;
    const plays = player.melody === melody, title = heading || melody.title;
    return html`
      <div class="head">
        <button class="main play" aria-label=${plays ? texts.stopThis(title) : texts.playThis(title)} @click=${() => player.toggle(melody)}>${plays ? icons.stop : icons.play}</button>
        <div class="words"><h3>${title}</h3>${this.about ? html`<p class="quiet small">${this.about}</p>` : nothing}</div>
        <slot></slot>
      </div>
      <studio-roll .melody=${melody} .label=${title} .chosen=${this.chosen} .range=${this.range} .keep=${this.keep} @choose=${this.choose}>
        <slot name="bars"></slot>
      </studio-roll>
      ${player.staff ? html`<studio-staff .melody=${melody}></studio-staff>` : nothing}
      ${this.reasons ? html`<studio-why .melody=${melody} .step=${this.chosen} .explanation=${this.explanation}></studio-why>` : nothing}`;
  }
}
