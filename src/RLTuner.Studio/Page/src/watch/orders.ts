import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { api } from "../api";
import { base } from "../elements/base";
import "../elements/remove";
import { store } from "../store";
import { watchTexts as texts } from "../texts";
import type { RunSummary } from "../types";

/** What can be done with a run. */
@customElement("studio-orders")
export class StudioOrders extends LitElement {
  static override styles = [base, css`
    form { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); margin-block-start: var(--space-2); }
    input { inline-size: 9.5rem; }
    label { display: flex; align-items: center; gap: 0.6em; }
    @media print { :host { display: none; } }
  `];

  @property({ attribute: false }) run!: RunSummary;
  @state() private asks = false;
  @state() private error = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("run") && changed.get("run")?.id !== this.run.id) {
      this.asks = false;
      this.error = "";
    }
  }

  protected override render(): unknown {
    const { run } = this, isTuning = run.kind === "tune", isOver = run.status === "done" || run.status === "paused";
    return html`
      <div class="row">
        ${run.status === "running" || run.status === "waiting" ? html`<button @click=${() => this.order(api.pause(run.id))}>${texts.pause}</button>` : nothing}
        ${run.status === "paused" || run.status === "failed" ? html`<button @click=${() => this.order(api.resume(run.id))}>${texts.resume}</button>` : nothing}
        ${isTuning && isOver ? html`<button aria-expanded=${this.asks} @click=${this.ask}>${texts.goOn}…</button>` : nothing}
        ${isTuning && run.last ? html`<a class="button" href="#listen/${run.id}">${texts.listen}</a>` : nothing}
        ${isTuning ? html`<a class="button" href="#shape/run/${run.id}">${texts.again}</a>` : nothing}
        ${isTuning && run.last ? html`<a class="button" href=${api.reportAddress(run.id)} target="_blank" rel="noopener">${texts.report}</a>` : nothing}
        ${keyed(run.id, html`<studio-remove .name=${run.title} .warning=${texts.removeWarning} .order=${this.removeRun}></studio-remove>`)}
      </div>
      ${this.asks ? this.steps() : nothing}
      ${this.error ? html`<p class="error small" role="alert">${this.error}</p>` : nothing}`;
  }

  private steps(): unknown {
    return html`<form @submit=${this.goOn}>
      <label>${texts.goOnLabel} <input name="steps" type="number" required min=${this.run.steps} .value=${String(2 * this.run.steps)} /></label>
      <button class="main">${texts.goOn}</button>
      <button type="button" class="plain" @click=${this.ask}>${texts.goOnCancel}</button>
    </form>`;
  }

  private readonly ask = (): void => {
    this.asks = !this.asks;
    if (this.asks) void this.updateComplete.then(() => this.renderRoot.querySelector("input")?.focus());
  };

  private readonly goOn = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.order(api.goOn(this.run.id, Number(new FormData(event.target as HTMLFormElement).get("steps"))));
  };

  private readonly removeRun = async (): Promise<void> => {
    await api.remove(this.run.id);
    store.drop(this.run.id);
    location.hash = "#watch";
  };

  private async order(asked: Promise<RunSummary>): Promise<void> {
    this.error = "";
    try {
      store.put(await asked);
      this.asks = false;
    } catch (error) {
      this.error = (error as Error).message;
    }
  }
}
