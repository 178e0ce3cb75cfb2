import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../elements/base";
import "../elements/play";
import { ruleName, say, shapeTexts as texts } from "../texts";
import type { Rule } from "../types";
import { withWeight } from "./draft";
import { DraftPart } from "./part";

/** How much each rule counts, what it wants, and how that sounds. */
@customElement("studio-weights")
export class StudioWeights extends DraftPart {
  static override styles = [base, css`
    :host { container-type: inline-size; }
    h3 + p { margin-block: 0.25rem var(--space-2); }
    ul { list-style: none; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(8rem, 13rem) 3.75rem; grid-template-areas: "name hear weight value"; align-items: center; gap: 0.15rem var(--space-3); padding-block: 0.55rem; border-block-end: 1px solid var(--line); }
    .name { grid-area: name; min-inline-size: 0; }
    .name b { font-weight: 600; }
    .name span { display: block; color: var(--quiet); font-size: var(--size-0); line-height: 1.4; text-wrap: pretty; }
    .hear { grid-area: hear; display: flex; gap: 0.25rem; }
    .weight { grid-area: weight; inline-size: 100%; margin: 0; }
    .value { grid-area: value; display: flex; align-items: center; justify-content: flex-end; gap: 0.15rem; }
    .off b, .off output { color: var(--quiet); }
    .changed output { color: var(--accent-ink); font-weight: 650; }
    .back { min-block-size: 1.9rem; inline-size: 1.9rem; padding: 0; font-size: 0.9rem; }
    @container (max-width: 46rem) {
      li { grid-template-columns: auto minmax(0, 1fr) 3.75rem; grid-template-areas: "name name name" "hear weight value"; row-gap: 0.4rem; }
    }
    @container (max-width: 27rem) {
      li { grid-template-columns: minmax(0, 1fr) 3.75rem; grid-template-areas: "name name" "hear hear" "weight value"; }
    }
  `];

  @property({ attribute: false }) rules: Rule[] | null = null;
  @property() error = "";

  protected override render(): unknown {
    return html`
      <h3>${texts.rules}</h3>
      <p class="quiet small">${texts.rulesHelp}</p>
      ${this.error ? html`<p class="row"><span class="error" role="alert">${this.error}</span><button @click=${() => this.dispatchEvent(new Event("again"))}>${texts.again}</button></p>`
        : this.rules === null ? html`<p class="quiet">${texts.rulesBusy}</p>`
        : html`<ul>${repeat(this.rules, rule => rule.name, rule => this.row(rule))}</ul>`}`;
  }

  private row(rule: Rule): unknown {
    const name = ruleName(rule.name), weight = this.draft.rules[rule.name] ?? rule.weight, isChanged = weight !== rule.weight;
    return html`<li class="${isChanged ? "changed" : ""} ${weight === 0 ? "off" : ""}">
      <div class="name"><b>${name}</b><span id="${rule.name}-meaning">${rule.meaning}</span></div>
      <div class="hear">
        <studio-play small .melody=${rule.liked} .label=${texts.likes} .about=${texts.hearLiked(name)}></studio-play>
        <studio-play small .melody=${rule.disliked} .label=${texts.dislikes} .about=${texts.hearDisliked(name)}></studio-play>
      </div>
      <input class="weight" type="range" min="0" max=${Math.max(3, rule.weight, weight)} step="0.1" .value=${String(weight)} aria-label=${texts.weightOf(name)}
        aria-describedby="${rule.name}-meaning" @input=${(event: Event) => this.weigh(rule, Number((event.target as HTMLInputElement).value))} />
      <div class="value">
        ${isChanged ? html`<button class="plain back" title=${texts.reset(name)} aria-label=${texts.reset(name)} @click=${() => this.weigh(rule, rule.weight)}>↺</button>` : nothing}
        <output class="number">${say.number(weight)}</output>
      </div>
    </li>`;
  }

  private weigh(rule: Rule, weight: number): void {
    this.change(withWeight(this.draft, rule.name, weight, rule.weight));
  }
}
