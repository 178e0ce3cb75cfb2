import { LitElement, css, html, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { texts } from "../texts";
import type { Melody } from "../types";
import { player } from "./player";

/** Where the engraver has drawn what begins at a step. */
interface Place {
  step: number;
  left: number;
  top: number;
  height: number;
}

/** A melody as notes on a staff, with the moving cursor. The engraver is loaded when the first staff is shown. */
@customElement("studio-staff")
export class StudioStaff extends LitElement {
  static override styles = [base, css`
    .sheet { position: relative; overflow-x: auto; color: var(--ink); min-block-size: 5rem; }
    .paper svg { display: block; }
    .cursor { position: absolute; inset-block-start: 0; inset-inline-start: 0; inline-size: 2px; background: var(--warm); opacity: 0.75; visibility: hidden; border-radius: 1px; }
  `];

  @property({ attribute: false }) melody: Melody | null = null;

  private places: Place[] = [];
  private scale = 1;
  private width = 0;
  private readonly sizes = new ResizeObserver(() => void this.engrave());

  override connectedCallback(): void {
    super.connectedCallback();
    player.addEventListener("step", this.move);
    player.addEventListener("change", this.move);
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    player.removeEventListener("step", this.move);
    player.removeEventListener("change", this.move);
    this.sizes.disconnect();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("melody")) void this.engrave(true);
  }

  private async engrave(anew = false): Promise<void> {
    const { melody } = this, width = Math.floor(this.clientWidth);
    if (!melody || width === 0 || (!anew && width === this.width)) return;
    this.width = width;
    const { engrave } = await import("./engraver");
    const paper = this.renderRoot.querySelector<HTMLElement>(".paper");
    if (!paper || melody !== this.melody || width !== this.width) return;
    ({ places: this.places, scale: this.scale } = engrave(paper, melody, width));
    this.move();
  }

  private readonly move = (): void => {
    const cursor = this.renderRoot.querySelector<HTMLElement>(".cursor");
    if (!cursor) return;
    const at = this.melody ? player.position(this.melody) : null;
    const index = at === null ? -1 : this.places.findLastIndex(place => place.step <= at + 1e-6);
    const place = this.places[index];
    cursor.style.visibility = place ? "visible" : "hidden";
    if (!place || at === null) return;
    const next = this.places[index + 1];
    const glides = next && next.top === place.top && next.step > place.step && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const left = glides ? place.left + (next.left - place.left) * Math.min(1, (at - place.step) / (next.step - place.step)) : place.left;
    cursor.style.transform = `translate(${left * this.scale}px, ${place.top * this.scale}px)`;
    cursor.style.height = `${place.height * this.scale}px`;
  };

  protected override render(): unknown {
    return html`<div class="sheet"><div class="paper" role="img" aria-label=${texts.staffOf(this.melody?.title ?? "")}></div><div class="cursor"></div></div>`;
  }
}
