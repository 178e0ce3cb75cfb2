import { LitElement, css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { api } from "../api";
import { base } from "../elements/base";
import "../elements/remove";
import { store, Watching } from "../store";
import { shapeTexts as texts } from "../texts";
import type { Corpus } from "../types";

/** Tunes that were brought here, to train nets from. */
@customElement("studio-corpora")
export class StudioCorpora extends LitElement {
  static override styles = [base, css`
    h4 { margin: var(--space-3) 0 var(--space-1); font-size: var(--size-1); font-weight: 600; }
    ul { list-style: none; display: grid; gap: var(--space-1); }
    li > :first-child { flex: 1 12rem; min-inline-size: 0; overflow-wrap: anywhere; }
  `];

  @state() private error = "";

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    if (store.corpora.length === 0) return nothing;
    return html`
      <h4>${texts.corpora}</h4>
      <ul>${repeat(store.corpora, corpus => corpus.id, corpus => html`<li class="row">
        <span>${corpus.name} <span class="quiet small number">${texts.corpusSize(corpus)}</span></span>
        <button aria-label=${texts.trainFrom(corpus.name)} @click=${() => this.train(corpus)}>${texts.train}</button>
        <studio-remove .name=${corpus.name} .warning=${texts.corpusWarning} .order=${() => this.removeCorpus(corpus)}></studio-remove>
      </li>`)}</ul>
      ${this.error ? html`<p class="error small" role="alert">${this.error}</p>` : nothing}`;
  }

  private async train({ id }: Corpus): Promise<void> {
    this.error = "";
    try {
      const run = await api.train(id);
      store.put(run);
      location.hash = `#watch/${run.id}`;
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private async removeCorpus({ id }: Corpus): Promise<void> {
    await api.removeCorpus(id);
    await store.loadCorpora();
  }
}
