import { LitElement, html } from "lit";
import { customElement } from "lit/decorators.js";
import { base } from "../elements/base";
import { texts } from "../texts";

@customElement("studio-work")
export class StudioWork extends LitElement {
  static override styles = base;

  protected override render(): unknown {
    return html`<h2>${texts.tabs.work}</h2>`;
  }
}
