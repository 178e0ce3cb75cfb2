import { LitElement, css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Playing, player } from "../player/player";
import type { Melody } from "../types";
import { base } from "./base";
import { icons } from "./icons";

/** A button that plays a melody, or stops it. */
@customElement("studio-play")
export class StudioPlay extends LitElement {
  static override styles = [base, css`
    :host { display: inline-block; }
    button { white-space: nowrap; }
    :host([small]) button { min-block-size: 2.25rem; padding: 0.2rem 0.8rem 0.2rem 0.6rem; font-size: var(--size-0); font-weight: 500; }
    svg { inline-size: 1rem; block-size: 1rem; flex: none; }
  `];

  @property({ attribute: false }) melody: Melody | null = null;
  @property() label = "";
  /** What a screen reader says, where the label alone is too little. */
  @property() about = "";

  constructor() {
    super();
    new Playing(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.melody && player.melody === this.melody) player.stop();
  }

  protected override render(): unknown {
    const { melody } = this, plays = melody !== null && player.melody === melody;
    return html`<button ?disabled=${!melody} aria-pressed=${plays} aria-label=${this.about || this.label} title=${this.about}
      @click=${() => melody && player.toggle(melody)}>${plays ? icons.stop : icons.play}${this.label}</button>`;
  }
}
