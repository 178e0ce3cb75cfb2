import { LitElement, css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { store } from "../store";
import { dropTexts as texts } from "../texts";
import type { Corpus, Upload } from "../types";
import { upload } from "../upload";
import { MOST_BYTES, MOST_FILES, filesOf, type DroppedFile } from "./dropped";

type State =
  | { is: "idle" | "reading" }
  | { is: "sending"; name: string; share: number }
  | { is: "there"; what: Upload; corpus: Corpus | undefined }
  | { is: "refused"; error: string };

/** Takes files that are dropped anywhere on the page, or offered by a chooser: sends them, and says what they were and what can be done with them. */
@customElement("studio-drop")
export class StudioDrop extends LitElement {
  static override styles = [base, css`
    .here { position: fixed; inset: 0; z-index: 20; display: grid; place-content: center; gap: var(--space-2); text-align: center; padding: var(--space-4); background: color-mix(in srgb, var(--ground) 88%, transparent); }
    .here::before { content: ""; position: absolute; inset: var(--space-3); border: 2px dashed var(--accent); border-radius: var(--round-3); }
    .here b { font-size: var(--size-4); font-weight: 650; }
    .told { position: fixed; z-index: 15; inset-block-end: var(--space-3); inset-inline-end: var(--space-3); inline-size: min(26rem, calc(100vw - 2 * var(--space-3))); display: grid; gap: var(--space-2); padding: var(--space-3) var(--space-4); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--round-2); box-shadow: 0 8px 30px rgb(0 0 0 / 16%); max-block-size: 70vh; overflow-y: auto; }
    .told p { overflow-wrap: anywhere; }
    progress { inline-size: 100%; block-size: 0.5rem; accent-color: var(--accent); }
    ul { padding-inline-start: 1.1em; display: grid; gap: 0.2em; }
    .row { justify-content: flex-end; }
  `];

  @state() private over = false;
  @state() private state: State = { is: "idle" };
  private stop: AbortController | null = null;
  private ending = 0;

  private readonly listeners: Record<string, (event: never) => void> = {
    dragenter: (event: DragEvent) => this.drag(event),
    dragover: (event: DragEvent) => this.drag(event),
    drop: (event: DragEvent) => void this.drop(event),
    "studio-files": (event: CustomEvent<DroppedFile[]>) => void this.send(event.detail),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    for (const [name, listener] of Object.entries(this.listeners)) addEventListener(name, listener as EventListener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const [name, listener] of Object.entries(this.listeners)) removeEventListener(name, listener as EventListener);
  }

  /**
   * While files are over the page, all of it is one place to drop them: what changes beneath would take the drop with it. Browsers tell of them several times a
   * second; when that ends, they are gone.
   */
  private drag(event: DragEvent): void {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.over = true;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => { this.over = false; }, 800);
  }

  private async drop(event: DragEvent): Promise<void> {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    clearTimeout(this.ending);
    this.over = false;
    const files = filesOf(event.dataTransfer!);
    this.state = { is: "reading" };
    try {
      await this.send(await files);
    } catch (error) {
      this.state = { is: "refused", error: error instanceof RangeError ? texts.tooMuch(MOST_FILES, MOST_BYTES) : (error as Error).message };
    }
  }

  private async send(files: DroppedFile[]): Promise<void> {
    if (files.length === 0) {
      this.state = { is: "refused", error: texts.empty };
      return;
    }
    // A connection that is cut in the middle says nothing.
    if (files.length > MOST_FILES || files.reduce((sum, { file }) => sum + file.size, 0) > MOST_BYTES) {
      this.state = { is: "refused", error: texts.tooMuch(MOST_FILES, MOST_BYTES) };
      return;
    }
    this.stop?.abort();
    const stop = this.stop = new AbortController(), name = files[0]!.path.split("/")[0]!;
    this.state = { is: "sending", name, share: 0 };
    try {
      const what = await upload(files, { signal: stop.signal, progress: share => { this.state = { is: "sending", name, share }; } });
      if (what.kind === "corpus") await store.loadCorpora();
      this.state = { is: "there", what, corpus: store.corpora.find(each => what.kind === "corpus" && each.id === what.id) };
      if (what.kind === "net") await store.loadNets();
    } catch (error) {
      this.state = stop.signal.aborted ? { is: "idle" } : { is: "refused", error: (error as Error).message };
    }
  }

  private readonly train = async (): Promise<void> => {
    if (this.state.is !== "there") return;
    const { what } = this.state;
    try {
      const run = await api.train(what.id);
      store.put(run);
      this.close();
      location.hash = `#watch/${run.id}`;
    } catch (error) {
      this.state = { is: "refused", error: (error as Error).message };
    }
  };

  private readonly close = (): void => {
    this.state = { is: "idle" };
  };

  protected override render(): unknown {
    return html`
      ${this.over ? html`<div class="here"><b>${texts.here}</b><span class="quiet">${texts.kinds}</span></div>` : nothing}
      <div role="status" aria-live="polite">${this.state.is === "idle" ? nothing : html`<div class="told">${this.told()}</div>`}</div>`;
  }

  private told(): unknown {
    const { state } = this, close = html`<button @click=${this.close}>${texts.close}</button>`;
    switch (state.is) {
      case "reading":
        return html`<p>${texts.reading}</p>`;
      case "sending":
        return html`<p>${texts.sending(state.name, state.share)}</p><progress max="1" .value=${state.share} aria-label=${state.name}></progress>
          <div class="row"><button @click=${() => this.stop?.abort()}>${texts.stop}</button></div>`;
      case "refused":
        return html`<p class="error" role="alert">${state.error}</p><div class="row">${close}</div>`;
      case "there": {
        const { what, corpus } = state;
        return html`<p><b>${what.name}</b> ${texts[what.kind === "melodies" ? "melody" : what.kind]} ${corpus ? `${texts.corpusSize(corpus)}.` : nothing}</p>
          ${what.remarks.length > 0 ? html`<ul class="quiet small">${what.remarks.map(remark => html`<li>${remark}</li>`)}</ul>` : nothing}
          <div class="row">${close}
            ${what.kind === "net" ? html`<a class="button" href="#shape/net/${what.id}" @click=${this.close}>${texts.tuneIt}</a>` : nothing}
            ${what.kind === "run" ? html`<a class="button" href="#watch/${what.id}" @click=${this.close}>${texts.watchIt}</a>` : nothing}
            ${what.kind === "corpus" ? html`<button class="main" @click=${this.train}>${texts.train}</button>` : nothing}
          </div>`;
      }
      default:
        return nothing;
    }
  }
}

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
