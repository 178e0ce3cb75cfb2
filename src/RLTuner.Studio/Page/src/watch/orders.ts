import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { store } from "../store";
import { watchTexts as texts } from "../texts";
import type { RunDetail, RunSummary } from "../types";

/** What can be done with a run. What cannot be undone is asked twice. */
@customElement("studio-orders")
export class StudioOrders extends LitElement {
  static override styles = [base, css`
    form, .sure { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); margin-block-start: var(--space-2); }
    input { inline-size: 9.5rem; }
    label { display: flex; align-items: center; gap: 0.6em; }
    @media print { :host { display: none; } }
  `];

  @property({ attribute: false }) run!: RunSummary;
  @property({ attribute: false }) detail: RunDetail | null = null;
  @state() private asks: "steps" | "remove" | null = null;
  @state() private error = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("run") && changed.get("run")?.id !== this.run.id) {
      this.asks = null;
      this.error = "";
    }
  }

  protected override render(): unknown {
    const { run } = this, isTuning = run.kind === "tune", isOver = run.status === "done" || run.status === "paused";
    return html`
      <div class="row">
        ${run.status === "running" || run.status === "waiting" ? html`<button @click=${() => this.order(api.pause(run.id))}>${texts.pause}</button>` : nothing}
        ${run.status === "paused" || run.status === "failed" ? html`<button @click=${() => this.order(api.resume(run.id))}>${texts.resume}</button>` : nothing}
        ${isTuning && isOver ? html`<button aria-expanded=${this.asks === "steps"} @click=${() => this.ask("steps")}>${texts.goOn}…</button>` : nothing}
        ${isTuning && run.last ? html`<a class="button" href="#listen/${run.id}">${texts.listen}</a>` : nothing}
        ${isTuning ? html`<a class="button" href="#shape/run/${run.id}">${texts.again}</a>` : nothing}
        ${isTuning && run.last ? html`<a class="button" href=${api.reportAddress(run.id)} target="_blank" rel="noopener">${texts.report}</a>` : nothing}
        <button class="plain" aria-expanded=${this.asks === "remove"} @click=${() => this.ask("remove")}>${texts.remove}…</button>
      </div>
      ${this.asks === "steps" ? this.steps() : this.asks === "remove" ? this.sure() : nothing}
      ${this.error ? html`<p class="error small" role="alert">${this.error}</p>` : nothing}`;
  }

  private steps(): unknown {
    return html`<form @submit=${this.goOn}>
      <label>${texts.goOnLabel} <input name="steps" type="number" required min=${this.run.steps} .value=${String(2 * this.run.steps)} /></label>
      <button class="main">${texts.goOn}</button>
      <button type="button" class="plain" @click=${() => this.ask(null)}>${texts.goOnCancel}</button>
    </form>`;
  }

  private sure(): unknown {
    return html`<div class="sure" role="group" aria-label=${texts.remove}>
      <span>${texts.removeSure}</span>
      <button @click=${this.removeRun}>${texts.removeYes}</button>
      <button class="plain" @click=${() => this.ask(null)}>${texts.removeNo}</button>
    </div>`;
  }

  private ask(what: typeof this.asks): void {
    this.asks = this.asks === what ? null : what;
    if (this.asks) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("input, .sure button")?.focus());
  }

  private readonly goOn = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.order(api.goOn(this.run.id, Number(new FormData(event.target as HTMLFormElement).get("steps"))));
  };

  private readonly removeRun = async (): Promise<void> => {
    this.error = "";
    try {
      await api.remove(this.run.id);
      store.drop(this.run.id);
      location.hash = "#watch";
    } catch (error) {
      this.error = (error as Error).message;
    }
  };

  private async order(asked: Promise<RunSummary>): Promise<void> {
    this.error = "";
    try {
      store.put(await asked);
      this.asks = null;
    } catch (error) {
      this.error = (error as Error).message;
    }
  }
}
