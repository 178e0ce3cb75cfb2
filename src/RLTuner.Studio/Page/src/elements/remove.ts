import { LitElement, css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { removeTexts as texts } from "../texts";
import { base } from "./base";

/** Removes something for good: a button that asks before it does. */
@customElement("studio-remove")
export class StudioRemove extends LitElement {
  static override styles = [base, css`
    :host { display: contents; }
    .sure { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); flex-basis: 100%; }
    @media print { :host { display: none; } }
  `];

  /** What goes, for those who do not see beside what the button stands. */
  @property() name = "";
  /** What goes with it. */
  @property() warning = "";
  /** Removes it; what it throws is told. */
  @property({ attribute: false }) order: () => Promise<void> = () => Promise.resolve();
  @state() private asks = false;
  @state() private error = "";

  protected override render(): unknown {
    return html`
      <button class="plain" aria-label=${texts.removeNamed(this.name)} aria-expanded=${this.asks} @click=${() => this.ask(!this.asks)}>${texts.remove}…</button>
      ${this.asks ? html`<div class="sure" role="group" aria-label=${texts.removeNamed(this.name)}>
        <span>${this.warning}</span>
        <button @click=${this.carryOut}>${texts.yes}</button>
        <button class="plain" @click=${() => this.ask(false)}>${texts.no}</button>
      </div>` : nothing}
      ${this.error ? html`<p class="error small" role="alert">${this.error}</p>` : nothing}`;
  }

  private ask(asks: boolean): void {
    this.asks = asks;
    this.error = "";
    if (asks) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sure button")?.focus());
  }

  private readonly carryOut = async (): Promise<void> => {
    this.asks = false;
    try {
      await this.order();
    } catch (error) {
      this.error = (error as Error).message;
    }
  };
}
