import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import "../elements/play";
import { barSteps } from "../player/music";
import { player } from "../player/player";
import { watchTexts as texts } from "../texts";
import type { Expectations, Melody, RunSummary, Source } from "../types";
import "./heat-map";

/** A melody of a run's net as it is now, and what the net expected at each of its steps, followed while it plays. */
@customElement("studio-expectations")
export class StudioExpectations extends LitElement {
  static override styles = [base, css`
    header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: var(--space-2); margin-block-end: var(--space-2); }
    header > :first-child { flex: 1 20rem; }
    header p { margin-block-start: 0.25rem; }
  `];

  @property({ attribute: false }) run!: RunSummary;
  /** What the melody depends on: when it changes, another is composed. */
  @property() about = "";
  @state() private melody: Melody | null = null;
  @state() private expectations: Expectations | null = null;
  @state() private playing: number | null = null;
  @state() private error = "";
  private seed = 1;
  private asking: AbortController | null = null;
  private readonly sight = new IntersectionObserver(entries => {
    if (entries.at(-1)!.isIntersecting) {
      this.sight.disconnect();
      void this.compose();
    }
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("about")) return;
    this.sight.disconnect();
    this.sight.observe(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    player.addEventListener("step", this.follow);
    player.addEventListener("change", this.follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    player.removeEventListener("step", this.follow);
    player.removeEventListener("change", this.follow);
    this.sight.disconnect();
    this.asking?.abort();
  }

  private readonly follow = (): void => {
    const position = this.melody && player.position(this.melody);
    this.playing = position === null ? null : Math.max(0, Math.floor(position));
  };

  private readonly another = (): void => {
    this.seed++;
    void this.compose();
  };

  private async compose(): Promise<void> {
    this.asking?.abort();
    const asking = this.asking = new AbortController(), source: Source = { run: this.run.id, at: "now" };
    const { key, timeSignature, length } = this.run;
    this.error = "";
    try {
      const [melody] = await api.melodies({ source, seed: this.seed, key, timeSignature, length }, asking.signal);
      const expectations = await api.expectations(source, melody!, asking.signal);
      this.melody = melody!;
      this.expectations = expectations;
    } catch (error) {
      if (!asking.signal.aborted) this.error = (error as Error).message;
    }
  }

  protected override render(): unknown {
    return html`
      <header>
        <div><h3>${texts.expects}</h3><p class="quiet small">${texts.expectsHelp}</p></div>
        <div class="row"><studio-play .melody=${this.melody} .label=${texts.play} .about=${texts.playExpected}></studio-play><button @click=${this.another}>${texts.another}</button></div>
      </header>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <studio-heat-map .expectations=${this.expectations} .key=${this.melody?.key ?? "C major"} .playing=${this.playing} .stepsPerBar=${barSteps(this.melody?.timeSignature ?? "4/4")}></studio-heat-map>`;
  }
}
