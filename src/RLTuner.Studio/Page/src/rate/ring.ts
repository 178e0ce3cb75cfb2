import { LitElement, css, html, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import { player } from "../player/player";
import { texts } from "../texts";
import type { Melody } from "../types";

const radius = 54, around = 2 * Math.PI * radius;

/** A melody to hear and not to see: a round button, around which time goes. */
@customElement("studio-ring")
export class StudioRing extends LitElement {
  static override styles = [base, css`
    button { position: relative; inline-size: clamp(6.5rem, 30vw, 8.5rem); block-size: auto; aspect-ratio: 1; border-radius: 50%; padding: 0; border: 0; background: var(--accent-soft); color: var(--accent-ink); }
    button:hover:not(:disabled) { background: color-mix(in srgb, var(--accent-soft) 80%, var(--accent)); }
    button > svg:not(.time) { inline-size: 2.5rem; block-size: 2.5rem; }
    .time { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; transform: rotate(-90deg); fill: none; stroke-width: 4; stroke-linecap: round; }
    .whole { stroke: none; }
    .passed { stroke: var(--warm); }
  `];

  @property({ attribute: false }) melody: Melody | null = null;
  @property() label = "";

  override connectedCallback(): void {
    super.connectedCallback();
    player.addEventListener("change", this.changed);
    player.addEventListener("step", this.move);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    player.removeEventListener("change", this.changed);
    player.removeEventListener("step", this.move);
  }

  private readonly changed = (): void => this.requestUpdate();

  private readonly move = (): void => {
    const circle = this.renderRoot.querySelector<SVGCircleElement>(".passed");
    if (!circle || !this.melody) return;
    const at = player.position(this.melody);
    circle.style.strokeDashoffset = String(around * (1 - (at ?? 0) / this.melody.events.length));
    circle.style.visibility = at === null ? "hidden" : "visible";
  };

  protected override updated(): void {
    this.move();
  }

  protected override render(): unknown {
    const { melody } = this, plays = melody !== null && player.melody === melody;
    return html`<button ?disabled=${!melody} aria-label=${plays ? texts.stopThis(this.label) : texts.playThis(this.label)} @click=${() => melody && player.toggle(melody)}>
      ${plays ? icons.stop : icons.play}
      <svg class="time" viewBox="0 0 120 120" aria-hidden="true">${svg`<circle class="whole" cx="60" cy="60" r=${radius}/><circle class="passed" cx="60" cy="60" r=${radius} stroke-dasharray=${around}/>`}</svg>
    </button>`;
  }
}
