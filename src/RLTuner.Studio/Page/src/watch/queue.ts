import { LitElement, css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { api } from "../api";
import { base } from "../elements/base";
import { store, Watching } from "../store";
import { say, texts, watchTexts } from "../texts";
import type { RunSummary } from "../types";

/** All runs, the newest first: how each stands, and what can be done with it in one step. */
@customElement("studio-queue")
export class StudioQueue extends LitElement {
  static override styles = [base, css`
    header { display: flex; align-items: center; justify-content: space-between; gap: var(--space-2); margin-block-end: var(--space-2); }
    ul { list-style: none; display: grid; gap: var(--space-1); }
    li { position: relative; border-radius: var(--round-2); border: 1px solid transparent; }
    li:hover { background: var(--hover); }
    li.chosen { background: var(--surface); border-color: var(--line); }
    a { display: grid; gap: 0.3rem; padding: 0.7rem 0.9rem; color: inherit; text-decoration: none; border-radius: inherit; }
    .title { font-weight: 600; overflow-wrap: anywhere; padding-inline-end: 2.25rem; line-height: 1.3; }
    .state { display: flex; justify-content: space-between; gap: 1em; color: var(--quiet); font-size: var(--size-0); }
    .failed .status { color: var(--bad); }
    .running .status { color: var(--accent-ink); font-weight: 600; }
    .bar { block-size: 4px; border-radius: 2px; background: var(--line); overflow: hidden; }
    .bar::before { content: ""; display: block; block-size: 100%; inline-size: calc(100% * var(--share)); background: var(--line-strong); border-radius: 2px; }
    .running .bar::before, .pausing .bar::before { background: var(--accent); }
    button.plain { position: absolute; inset-block-start: 0.35rem; inset-inline-end: 0.35rem; min-block-size: 2.25rem; inline-size: 2.25rem; padding: 0; }
    svg { inline-size: 0.875rem; block-size: 0.875rem; fill: currentColor; }
    .threads { display: flex; align-items: center; gap: 0.5em; }
    .threads select { min-block-size: 2rem; padding-block: 0; }
    .error { margin-block-end: var(--space-2); }
    @media (max-width: 62rem) { ul { max-block-size: 19rem; overflow-y: auto; } }
  `];

  @property() chosen = "";
  @state() private error = "";

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    return html`
      <header>
        <h2>${watchTexts.queue}</h2>
        ${this.threads()}
      </header>
      ${this.error ? html`<p class="error small" role="alert">${this.error}</p>` : nothing}
      <ul>${repeat(store.runs, run => run.id, run => this.item(run))}</ul>`;
  }

  private item(run: RunSummary): unknown {
    const share = run.steps > 0 ? Math.min(1, run.step / run.steps) : 0, isUnderWay = run.status !== "done" && run.status !== "failed";
    return html`<li class="${run.status} ${run.id === this.chosen ? "chosen" : ""}">
      <a href="#watch/${run.id}" aria-current=${run.id === this.chosen ? "true" : nothing}>
        <span class="title">${run.title}</span>
        <span class="state">
          <span class="status">${texts.status[run.status]}</span>
          <span class="number">${run.secondsLeft !== null && run.status === "running" ? texts.timeLeft(run.secondsLeft)
            : isUnderWay ? say.percent(share) : watchTexts.played(run)}</span>
        </span>
        ${isUnderWay ? html`<span class="bar" .style=${`--share: ${share}`}></span>` : nothing}
      </a>
      ${this.button(run)}
    </li>`;
  }

  private button(run: RunSummary): unknown {
    switch (run.status) {
      case "running":
      case "waiting":
        return html`<button class="plain" aria-label=${watchTexts.pauseRun(run.title)} title=${watchTexts.pause} @click=${() => this.order(api.pause(run.id))}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 2h3.5v12H3zM9.5 2H13v12H9.5z" /></svg></button>`;
      case "paused":
        return html`<button class="plain" aria-label=${watchTexts.resumeRun(run.title)} title=${watchTexts.resume} @click=${() => this.order(api.resume(run.id))}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 2l10 6-10 6z" /></svg></button>`;
      default:
        return nothing;
    }
  }

  private async order(asked: Promise<RunSummary>): Promise<void> {
    this.error = "";
    try {
      store.put(await asked);
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private threads(): unknown {
    const { studio } = store;
    if (!studio || studio.maxThreads < 2) return nothing;
    return html`<label class="threads" title=${watchTexts.threadsHelp(studio.maxThreads)}>${watchTexts.threads}
      <select @change=${this.setThreads}>
        ${Array.from({ length: studio.maxThreads }, (_, index) => html`<option .selected=${index + 1 === studio.threads}>${index + 1}</option>`)}
      </select></label>`;
  }

  private readonly setThreads = async (event: Event): Promise<void> => {
    const threads = Number((event.target as HTMLSelectElement).value);
    this.error = "";
    try {
      await api.threads(threads);
      store.studio!.threads = threads;
    } catch (error) {
      this.error = (error as Error).message;
    }
    this.requestUpdate();
  };
}
