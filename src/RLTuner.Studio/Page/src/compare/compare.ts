import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { texts } from "../texts";

@customElement("studio-compare")
export class StudioCompare extends LitElement {
  static override styles = base;

  /** What stands after `#compare/` in the address. */
  @property() about = "";

  protected override render(): unknown {
    return html`<h2>${texts.tabs.compare}</h2>`;
  }
}
