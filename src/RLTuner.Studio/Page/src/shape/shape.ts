import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { texts } from "../texts";

@customElement("studio-shape")
export class StudioShape extends LitElement {
  static override styles = base;

  /** What stands after `#shape/` in the address. */
  @property() about = "";

  protected override render(): unknown {
    return html`<h2>${texts.tabs.shape}</h2>`;
  }
}
