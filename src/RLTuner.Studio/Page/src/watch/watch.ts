import { LitElement, css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { store, Watching } from "../store";
import { watchTexts as texts } from "../texts";
import "./queue";
import "./run";

/** The queue of runs, and how one of them goes. */
@customElement("studio-watch")
export class StudioWatch extends LitElement {
  static override styles = [base, css`
    .halves { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); align-items: start; }
    @media (min-width: 62rem) {
      .halves { grid-template-columns: 20rem minmax(0, 1fr); gap: var(--space-5); }
      studio-queue { position: sticky; inset-block-start: var(--space-3); }
    }
    .none { padding: var(--space-6) var(--space-3); text-align: center; display: grid; gap: var(--space-3); justify-items: center; }
    @media print { studio-queue { display: none; } }
  `];

  /** The run that is shown: what stands after `#watch/` in the address. */
  @property() about = "";

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    const { runs } = store;
    if (store.known && runs.length === 0) {
      return html`<div class="none"><p class="quiet">${texts.none}</p><a class="button" href="#shape">${texts.shape}</a></div>`;
    }
    const shown = store.run(this.about) ?? runs.find(run => run.status === "running") ?? runs[0];
    return html`<div class="halves">
      <studio-queue .chosen=${shown?.id ?? ""}></studio-queue>
      ${shown ? html`<studio-run .run=${shown}></studio-run>` : nothing}
    </div>`;
  }
}
