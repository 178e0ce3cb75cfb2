import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { texts } from "../texts";

@customElement("studio-watch")
export class StudioWatch extends LitElement {
  static override styles = base;

  /** What stands after `#watch/` in the address. */
  @property() about = "";

  protected override render(): unknown {
    return html`<h2>${texts.tabs.watch}</h2>`;
  }
}
