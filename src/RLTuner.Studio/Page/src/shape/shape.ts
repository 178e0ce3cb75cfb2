import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { store as studio, Watching } from "../store";
import type { Rule, Setting, SettingGroup } from "../types";
import { complaint } from "./checks";
import "./distance";
import { draftOf, emptyDraft, presetOf, requestOf, ruleSetOf, store, storedDraft, type Draft } from "./draft";
import "./music";
import "./net";
import "./numbers";
import "./plan";
import "./weights";

/** A run is shaped here: a few choices first, then the rules, then every number. */
@customElement("studio-shape")
export class StudioShape extends LitElement {
  static override styles = [base, css`
    .halves { display: grid; gap: var(--space-5); grid-template-columns: minmax(0, 1fr); align-items: start; }
    .form { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); }
    @media (min-width: 62rem) {
      .halves { grid-template-columns: minmax(0, 1fr) 20rem; gap: var(--space-6); }
      studio-plan { position: sticky; inset-block-start: var(--space-3); }
    }
  `];

  /** What stands after `#shape/` in the address: `run/ID` to begin with that run's plan, `net/ID` with that net. */
  @property() about = "";
  @state() private draft: Draft = storedDraft();
  @state() private groups: SettingGroup[] = [];
  @state() private rules: Rule[] | null = null;
  @state() private rulesError = "";
  @state() private error = "";
  @state() private busy = false;
  private asked = { settings: "", rules: "" };

  constructor() {
    super();
    new Watching(this);
  }

  private get settings(): Setting[] {
    return this.groups.flatMap(group => group.settings);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("about") && this.about) void this.begin();
    if (!changed.has("draft")) return;
    store(this.draft);
    const { preset, algorithm, key, timeSignature } = this.draft, set = ruleSetOf(this.draft);
    this.ask("settings", `${preset} ${algorithm}`, () => this.loadSettings());
    this.ask("rules", `${set} ${key} ${timeSignature}`, () => this.loadRules());
  }

  /** Asks the server only where what the answer depends on has changed. */
  private ask(what: keyof typeof this.asked, about: string, load: () => Promise<void>): void {
    if (this.asked[what] === about) return;
    this.asked[what] = about;
    void load();
  }

  private async loadSettings(): Promise<void> {
    const about = this.asked.settings;
    try {
      const groups = await api.settings(this.draft.preset, this.draft.algorithm || undefined);
      if (this.asked.settings !== about) return;
      this.groups = groups;
      this.error = "";
      // Numbers that this way to learn does not have are no longer part of the plan.
      const names = new Set(this.settings.map(setting => setting.name));
      const kept = Object.entries(this.draft.settings).filter(([name]) => names.has(name));
      if (kept.length < Object.keys(this.draft.settings).length) this.draft = { ...this.draft, settings: Object.fromEntries(kept) };
    } catch (error) {
      this.asked.settings = "";
      this.error = (error as Error).message;
    }
  }

  private readonly loadRules = async (): Promise<void> => {
    const about = this.asked.rules;
    this.rulesError = "";
    try {
      const rules = await api.rules(ruleSetOf(this.draft), this.draft.key, this.draft.timeSignature);
      if (this.asked.rules === about) this.rules = rules;
    } catch (error) {
      if (this.asked.rules === about) this.rulesError = (error as Error).message;
    }
  };

  private async begin(): Promise<void> {
    const [what, id = ""] = this.about.split("/");
    history.replaceState(null, "", "#shape");
    this.about = "";
    try {
      if (what === "net") this.draft = { ...this.draft, net: id };
      if (what === "run") {
        const run = await api.run(id);
        const groups = await api.settings(presetOf(run), run.algorithm);
        this.draft = draftOf(run, groups.flatMap(group => group.settings));
      }
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    }
  }

  private readonly change = (event: CustomEvent<Draft>): void => {
    this.draft = event.detail;
  };

  private readonly tune = async (): Promise<void> => {
    this.busy = true;
    this.error = "";
    try {
      const run = await api.tune(requestOf(this.draft));
      studio.put(run);
      this.draft = { ...this.draft, title: "" };
      location.hash = `#watch/${run.id}`;
    } catch (error) {
      this.error = (error as Error).message;
    }
    this.busy = false;
  };

  protected override render(): unknown {
    const { draft, settings } = this, wrong = settings.filter(setting => complaint(setting, draft.settings[setting.name] ?? ""));
    return html`
      <div class="halves">
        <div class="form" @draft=${this.change}>
          <studio-distance .draft=${draft} .settings=${settings}></studio-distance>
          <studio-music .draft=${draft} .settings=${settings}></studio-music>
          <studio-net .draft=${draft}></studio-net>
          <studio-weights .draft=${draft} .rules=${this.rules} .error=${this.rulesError} @again=${this.loadRules}></studio-weights>
          <studio-numbers .draft=${draft} .groups=${this.groups}></studio-numbers>
        </div>
        ${settings.length > 0 || this.error ? html`<studio-plan .draft=${draft} .settings=${settings} .rules=${this.rules ?? []} .wrong=${wrong.length} .error=${this.error} ?busy=${this.busy}
          @draft=${this.change} @tune=${this.tune} @over=${() => { this.draft = emptyDraft(); }}></studio-plan>` : nothing}
      </div>`;
  }
}
