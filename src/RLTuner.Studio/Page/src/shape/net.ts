import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { api } from "../api";
import { base } from "../elements/base";
import "../elements/remove";
import { store, Watching } from "../store";
import { shapeTexts as texts } from "../texts";
import type { Net } from "../types";
import { filesOfInput, offer } from "./dropped";
import "./corpora";
import { DraftPart } from "./part";

/** Which net is tuned; one can be brought by files, too. */
@customElement("studio-net")
export class StudioNet extends DraftPart {
  static override styles = [base, css`
    h3 + p { margin-block: 0.25rem var(--space-2); }
    select { min-inline-size: min(100%, 18rem); }
    .about { margin-block-start: var(--space-1); }
  `];

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    const { nets } = store, chosen = nets.find(net => net.id === this.draft.net) ?? nets[0];
    const kinds = (Object.keys(texts.netKinds) as Net["kind"][]).filter(kind => nets.some(net => net.kind === kind));
    return html`
      <h3>${texts.net}</h3>
      <p class="quiet small">${texts.netHelp}</p>
      <div class="row">
        <select aria-label=${texts.netLabel} @change=${(event: Event) => this.change({ ...this.draft, net: (event.target as HTMLSelectElement).value })}>
          ${kinds.map(kind => html`<optgroup label=${texts.netKinds[kind]}>
            ${nets.filter(net => net.kind === kind).map(net => html`<option .value=${net.id} .selected=${net === chosen}>${net.name}</option>`)}
          </optgroup>`)}
        </select>
        ${this.chooser("files", texts.chooseFiles, false)}
        ${this.chooser("folder", texts.chooseFolder, true)}
      </div>
      ${chosen ? html`<div class="about row">
        <p class="quiet small">${texts.netAbout(chosen)}</p>
        ${chosen.kind === "uploaded" || chosen.kind === "trained"
          ? keyed(chosen.id, html`<studio-remove .name=${chosen.name} .warning=${texts.netWarning} .order=${() => this.removeNet(chosen.id)}></studio-remove>`) : nothing}
      </div>` : nothing}
      <studio-corpora></studio-corpora>`;
  }

  private chooser(id: string, label: string, folder: boolean): unknown {
    return html`
      <button @click=${() => this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!.click()}>${label}</button>
      <input id=${id} type="file" hidden multiple ?webkitdirectory=${folder} aria-label=${label} @change=${this.brought} />`;
  }

  private async removeNet(id: string): Promise<void> {
    await api.removeNet(id);
    await store.loadNets();
    this.change({ ...this.draft, net: store.nets[0]!.id });
  }

  private readonly brought = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    offer(filesOfInput(input));
    input.value = "";
  };
}
