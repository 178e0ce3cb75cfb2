import { LitElement, css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api";
import { base } from "../elements/base";
import { icons } from "../elements/icons";
import { store } from "../store";
import { rateTexts as texts, ruleName, say } from "../texts";
import type { Fit, FittedRule } from "../types";

/** The weights of rules as the ratings suggest them, and a run with them. */
@customElement("studio-rate-fit")
export class StudioRateFit extends LitElement {
  static override styles = [base, css`
    .head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); margin-block-end: var(--space-2); }
    .head h3 { flex: 1; min-inline-size: 10rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; inline-size: 100%; margin-block: var(--space-3); font-variant-numeric: tabular-nums; }
    th { text-align: start; font-weight: 550; padding: 0.3rem 0.75rem 0.3rem 0; white-space: nowrap; }
    thead th { color: var(--quiet); font-size: var(--size-0); }
    td { padding: 0.3rem 0.75rem 0.3rem 0; white-space: nowrap; }
    .plot { inline-size: 55%; min-inline-size: 8rem; padding-inline-end: 0.5rem; }
    .line { position: relative; block-size: 1.25rem; }
    .line i { position: absolute; border-radius: 99px; }
    .track { inset: 0.5625rem 0; background: var(--line); }
    .interval { inset-block: 0.4375rem; background: var(--accent); opacity: 0.35; }
    .before, .after { inset-block-start: 0.25rem; inline-size: 0.75rem; block-size: 0.75rem; margin-inline-start: -0.375rem; }
    .before { border: 2px solid var(--quiet); background: var(--surface); }
    .after { background: var(--accent); }
    .moved { color: var(--accent-ink); font-weight: 650; }
  `];

  /** How many ratings there are. */
  @property({ type: Number }) rated = 0;

  @state() private fit: Fit | null = null;
  @state() private error = "";
  @state() private busy = false;

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
      this.error = "";
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      this.busy = false;
    }
  }

  private tune(rules: FittedRule[]): void {
    void this.attempt(async () => {
      const run = await api.tune({ title: texts.fittedRun, rules: Object.fromEntries(rules.map(rule => [rule.name, rule.after])) });
      store.put(run);
      location.hash = `#listen/${run.id}`;
    });
  }

  protected override render(): unknown {
    const { fit } = this;
    return html`
      <div class="head">
        <div class="words"><h3>${texts.fitTitle}</h3><p class="quiet small">${texts.fitAbout}</p></div>
        <button ?disabled=${this.busy || this.rated === 0} @click=${() => void this.attempt(async () => { this.fit = await api.fit(); })}>${icons.spark}${texts.fit}</button>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${fit ? this.table(fit) : nothing}`;
  }

  private table(fit: Fit): unknown {
    const most = Math.max(1, ...fit.rules.flatMap(rule => [rule.before, rule.after, rule.high ?? rule.after]));
    const least = Math.min(0, ...fit.rules.map(rule => rule.low ?? rule.after));
    const at = (weight: number): string => `${(weight - least) / (most - least) * 100}%`;
    const rules = fit.rules.toSorted((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
    return html`
      ${fit.word ? html`<p class="small" role="status">${fit.word}</p>` : nothing}
      <div class="scroll" tabindex="0" role="group" aria-label=${texts.fitTitle}><table>
        <thead><tr><th scope="col">${texts.rule}</th><th scope="col">${texts.weightBefore}</th><th scope="col">${texts.weightAfter}</th><th scope="col">${texts.within}</th></tr></thead>
        <tbody>
          ${rules.map(rule => this.row(rule, at))}
        </tbody>
      </table></div>
      <button class="main" ?disabled=${this.busy} @click=${() => this.tune(fit.rules)}>${icons.spark}${texts.tuneFitted}</button>`;
  }

  private row({ name, before, after, low, high }: FittedRule, at: (weight: number) => string): unknown {
    const known = low !== null && high !== null, moved = known && (low > before || high < before);
    return html`<tr>
      <th scope="row">${ruleName(name)}</th><td>${say.fixed(before)}</td><td class=${moved ? "moved" : ""}>${say.fixed(after)}</td>
      <td class="plot"><span class="hidden-label">${known ? texts.likelyWeight(low, high) : texts.notTold}</span><div class="line" aria-hidden="true"><i class="track"></i>
        ${known ? html`<i class="interval" .style=${`inset-inline-start:${at(low)};inline-size:calc(${at(high)} - ${at(low)})`}></i>` : nothing}
        <i class="before" .style=${`inset-inline-start:${at(before)}`}></i>${known ? html`<i class="after" .style=${`inset-inline-start:${at(after)}`}></i>` : nothing}</div></td>
    </tr>`;
  }
}
