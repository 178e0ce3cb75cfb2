import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../elements/base";
import { barSteps } from "../player/music";
import { store, Watching } from "../store";
import { ruleName, shapeTexts as texts } from "../texts";
import type { Rule, Setting } from "../types";
import { LENGTH, lengthOf } from "./draft";
import { DraftPart } from "./part";

/** What the run will be, in a few words; each change with a way back; and the button that starts it. */
@customElement("studio-plan")
export class StudioPlan extends DraftPart {
  static override styles = [base, css`
    .card { display: grid; gap: var(--space-3); }
    label { display: grid; gap: 0.25rem; }
    ul { list-style: none; display: flex; flex-wrap: wrap; gap: var(--space-1); }
    li button { min-block-size: 2rem; padding: 0.15rem 0.7rem; font-size: var(--size-0); font-weight: 500; background: var(--accent-soft); color: var(--accent-ink); border-color: transparent; text-align: start; overflow-wrap: anywhere; border-radius: 1rem; }
    .net { overflow-wrap: anywhere; }
    .do { display: grid; gap: var(--space-2); }
    .main { inline-size: 100%; min-block-size: 3rem; font-size: var(--size-2); }
  `];

  @property({ attribute: false }) settings: Setting[] = [];
  @property({ attribute: false }) rules: Rule[] = [];
  /** How many numbers are not right. */
  @property({ type: Number }) wrong = 0;
  @property() error = "";
  @property({ type: Boolean }) busy = false;

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    const { draft, settings } = this, bars = lengthOf(draft, settings) / barSteps(draft.timeSignature);
    const net = store.nets.find(each => each.id === draft.net) ?? store.nets[0];
    const isChanged = this.changes.length > 0;
    return html`
      <div class="card">
        <h3>${texts.plan}</h3>
        <p>${texts.summary(draft, Number(bars.toFixed(2)))}${net ? html`<br /><span class="quiet small net">${net.name}</span>` : nothing}</p>
        <label>${texts.name}
          <input maxlength="120" .value=${draft.title} placeholder=${texts.namePlaceholder}
            @change=${(event: Event) => this.change({ ...draft, title: (event.target as HTMLInputElement).value.trim() })} /></label>
        ${isChanged ? html`<ul aria-label=${texts.changed}>${this.changes.map(([name, back]) => html`<li><button title=${texts.reset(name)} @click=${back}>${name} <span aria-hidden="true">×</span></button></li>`)}</ul>` : nothing}
        <p class="quiet small">${isChanged ? texts.defaults : texts.allDefaults}</p>
        ${this.wrong > 0 ? html`<p class="error small">${texts.mend(this.wrong)}</p>` : nothing}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        <div class="do">
          <button class="main" ?disabled=${this.busy || this.wrong > 0} @click=${() => this.dispatchEvent(new Event("tune"))}>${this.busy ? texts.tuning : texts.tune}</button>
          ${isChanged ? html`<button class="plain" @click=${() => this.dispatchEvent(new Event("over"))}>${texts.startOver}</button>` : nothing}
        </div>
      </div>`;
  }

  private get changes(): [string, () => void][] {
    const { draft } = this, usual = new Map(this.rules.map(rule => [rule.name, rule.weight]));
    const without = <T>(record: Record<string, T>, name: string) => Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
    return [
      ...Object.entries(draft.rules).filter(([name, weight]) => usual.get(name) !== weight)
        .map(([name, weight]): [string, () => void] => [texts.weight(ruleName(name), weight), () => this.change({ ...draft, rules: without(draft.rules, name) })]),
      // The length is said above, in bars.
      ...Object.entries(draft.settings).filter(([name]) => name !== LENGTH)
        .map(([name, value]): [string, () => void] => [`${name.replaceAll("-", " ")} ${value}`, () => this.change({ ...draft, settings: without(draft.settings, name) })]),
    ];
  }
}
