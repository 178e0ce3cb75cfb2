import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../elements/base";
import { store, Watching } from "../store";
import { shapeTexts as texts } from "../texts";
import type { Named, Setting, SettingGroup } from "../types";
import { complaint } from "./checks";
import { withSetting } from "./draft";
import { DraftPart } from "./part";

/** Every number of the plan, made from the same declarations as the command line. */
@customElement("studio-numbers")
export class StudioNumbers extends DraftPart {
  static override styles = [base, css`
    summary { cursor: pointer; font-size: var(--size-2); font-weight: 620; padding-block: var(--space-1); border-radius: var(--round-1); }
    summary + p { margin-block: 0.25rem var(--space-3); }
    .words { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: var(--space-3); margin-block-end: var(--space-4); }
    .words label, .search { display: grid; gap: 0.25rem; align-content: start; }
    .words select { inline-size: 100%; }
    .words .quiet { line-height: 1.4; }
    h4 { margin: var(--space-4) 0 var(--space-1); font-size: 1rem; font-weight: 620; }
    .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: var(--space-3) var(--space-5); }
    .field { display: grid; grid-template-columns: minmax(0, 1fr) 8.5rem; gap: 0.15rem var(--space-2); align-items: center; align-content: start; padding-block-start: var(--space-2); border-block-start: 1px solid var(--line); }
    .field > label { color: var(--ink); font-size: inherit; font-weight: 550; overflow-wrap: anywhere; line-height: 1.3; }
    .changed > label { color: var(--accent-ink); font-weight: 650; }
    .field > p { grid-column: 1 / -1; line-height: 1.4; }
    .field input:not([type="checkbox"]), .field select { inline-size: 100%; }
    .field input::placeholder { color: var(--quiet); opacity: 1; }
    .field [aria-invalid="true"] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
    .entry { display: flex; align-items: center; justify-content: flex-end; gap: 0.15rem; }
    .back { min-block-size: 1.9rem; inline-size: 1.9rem; flex: none; padding: 0; font-size: 0.9rem; }
    input[type="checkbox"] { inline-size: 1.25rem; block-size: 1.25rem; }
  `];

  @property({ attribute: false }) groups: SettingGroup[] = [];
  @state() private sought = "";
  @state() private open = false;

  constructor() {
    super();
    new Watching(this);
  }

  protected override render(): unknown {
    return html`<details @toggle=${(event: Event) => { this.open = (event.target as HTMLDetailsElement).open; }}>
      <summary>${texts.numbers}</summary>
      ${this.open ? this.content() : nothing}
    </details>`;
  }

  private content(): unknown {
    const words = this.sought.toLowerCase().split(/\s+/);
    const isSought = ({ name, meaning }: Setting) => words.every(word => name.includes(word) || meaning.toLowerCase().includes(word));
    const found = this.groups.map(group => ({ ...group, settings: group.settings.filter(isSought) })).filter(group => group.settings.length > 0);
    const { studio } = store, { draft } = this;
    return html`
      <p class="quiet small">${texts.numbersHelp}</p>
      <div class="words">
        ${this.word(texts.preset, studio?.presets ?? [], draft.preset, preset => ({ preset, algorithm: "", ruleSet: "", rules: {} }), false)}
        ${this.word(texts.algorithm, studio?.algorithms ?? [], draft.algorithm, algorithm => ({ algorithm }), true)}
        ${this.word(texts.ruleSet, studio?.ruleSets ?? [], draft.ruleSet, ruleSet => ({ ruleSet, rules: {} }), true)}
      </div>
      <label class="search">${texts.search}
        <input type="search" .value=${this.sought} @input=${(event: Event) => { this.sought = (event.target as HTMLInputElement).value.trim(); }} /></label>
      ${found.length === 0 ? html`<p class="quiet">${texts.nothingFound}</p>` : nothing}
      ${repeat(found, group => group.name, group => html`
        <h4>${group.name}</h4>
        <div class="fields">${repeat(group.settings, setting => setting.name, setting => this.field(setting))}</div>`)}`;
  }

  private word(label: string, choices: Named[], chosen: string, become: (name: string) => object, isOptional: boolean): unknown {
    return html`<label>${label}
      <select @change=${(event: Event) => this.change({ ...this.draft, ...become((event.target as HTMLSelectElement).value) })}>
        ${isOptional ? html`<option value="" .selected=${chosen === ""}>${texts.ofPreset}</option>` : nothing}
        ${choices.map(choice => html`<option .value=${choice.name} .selected=${choice.name === chosen}>${choice.name}</option>`)}
      </select>
      <span class="quiet">${choices.find(choice => choice.name === chosen)?.meaning}</span>
    </label>`;
  }

  private field(setting: Setting): unknown {
    const { name } = setting, value = this.draft.settings[name] ?? "", wrong = complaint(setting, value), label = name.replaceAll("-", " ");
    return html`<div class="field ${value ? "changed" : ""}">
      <label for=${name}>${label}</label>
      <div class="entry">
        ${value ? html`<button class="plain back" title=${texts.reset(label)} aria-label=${texts.reset(label)} @click=${() => this.set(name, "")}>↺</button>` : nothing}
        ${this.entry(setting, value, wrong)}
      </div>
      <p id="${name}-help" class="quiet small">${setting.meaning}${setting.unit ? ` (${setting.unit})` : ""}${setting.optional ? html`<br />${texts.isDefault(setting.default)}` : nothing}</p>
      ${wrong ? html`<p id="${name}-wrong" class="error small" role="alert">${wrong}</p>` : nothing}
    </div>`;
  }

  private entry(setting: Setting, value: string, wrong: string): unknown {
    const { name } = setting, set = (event: Event) => this.set(name, (event.target as HTMLInputElement).value);
    switch (setting.kind) {
      case "switch":
        return html`<input id=${name} type="checkbox" aria-describedby="${name}-help" .checked=${(value || setting.default) === "on"}
          @change=${(event: Event) => this.set(name, (event.target as HTMLInputElement).checked ? "on" : "off")} />`;
      case "word":
        return html`<select id=${name} aria-describedby="${name}-help" @change=${set}>
          ${setting.words.map(word => html`<option .selected=${word === (value || setting.default)}>${word}</option>`)}</select>`;
      default:
        return html`<input id=${name} inputmode=${setting.kind === "whole" ? "numeric" : "decimal"} autocomplete="off" spellcheck="false" title=${setting.source}
          .value=${value} placeholder=${setting.optional ? "" : setting.default} aria-invalid=${wrong ? "true" : "false"} aria-describedby="${name}-help ${wrong ? `${name}-wrong` : ""}" @change=${set} />`;
    }
  }

  private set(name: string, value: string): void {
    this.change(withSetting(this.draft, name, value, this.groups.flatMap(group => group.settings)));
  }
}
