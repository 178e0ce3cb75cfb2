import { LitElement, css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../elements/base";
import "../elements/chart";
import { ruleName, say, watchTexts as texts } from "../texts";
import type { Curves } from "./curves";

/** What each rule gave in the latest window, how often it spoke, and its course so far. */
@customElement("studio-ledger")
export class StudioLedger extends LitElement {
  static override styles = [base, css`
    h3 + p { margin-block: 0.25rem var(--space-2); max-inline-size: 46rem; }
    table { border-collapse: collapse; inline-size: 100%; font-size: 0.9375rem; }
    th { font-weight: 400; text-align: start; }
    thead th { color: var(--quiet); font-size: var(--size-0); padding-block-end: 0.35rem; }
    th, td { padding: 0.1rem 0.75rem 0.1rem 0; border-block-end: 1px solid var(--line); vertical-align: middle; }
    tbody th { white-space: nowrap; }
    td.number, th.number { text-align: end; white-space: nowrap; }
    th:last-child, td:last-child { padding-inline-end: 0; }
    .course { inline-size: 34%; }
    .gave { inline-size: 24%; }
    .scale { display: block; block-size: 0.5rem; position: relative; min-inline-size: 3rem; }
    .scale::after { content: ""; position: absolute; inset-block: -0.3rem; inset-inline-start: var(--zero); inline-size: 1px; background: var(--line-strong); }
    .scale::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: var(--from); inline-size: var(--width); background: var(--accent); border-radius: 2px; min-inline-size: 1px; }
    .scale.less::before { background: var(--warm); }
    @media (max-width: 44rem) {
      .course, .gave .scale { display: none; }
      .gave { inline-size: auto; }
    }
  `];

  @property({ attribute: false }) curves!: Curves;
  @property({ type: Number }) revision = 0;
  @property({ type: Number }) end = 0;

  protected override render(): unknown {
    const { curves } = this, { rules } = curves;
    if (rules.length === 0) return nothing;
    const gave = rules.map(rule => curves.last(`rule/${rule}`) ?? 0);
    const least = Math.min(0, ...gave), span = Math.max(0, ...gave) - least || 1;
    return html`
      <h3>${texts.rules}</h3>
      <p class="quiet small">${texts.rulesHelp}</p>
      <table>
        <thead><tr>
          <th scope="col">${texts.ruleColumns.rule}</th><th scope="col" class="course">${texts.ruleColumns.course}</th>
          <th scope="col" class="number">${texts.ruleColumns.gave}</th><td class="gave"></td>
          <th scope="col" class="number">${texts.ruleColumns.fired}</th><th scope="col" class="number">${texts.ruleColumns.violated}</th>
        </tr></thead>
        <tbody>${repeat(rules, rule => rule, (rule, index) => this.row(rule, gave[index]!, least, span))}</tbody>
      </table>`;
  }

  private row(rule: string, gave: number, least: number, span: number): unknown {
    const { curves } = this, from = (Math.min(gave, 0) - least) / span;
    const place = `--zero: ${(100 * -least) / span}%; --from: ${100 * from}%; --width: ${(100 * Math.abs(gave)) / span}%`;
    return html`<tr>
      <th scope="row">${ruleName(rule)}</th>
      <td class="course"><studio-chart small .heading=${rule} .steps=${curves.steps} .lines=${[{ name: rule, colour: "--curve-1", values: curves.column(`rule/${rule}`) }]}
        .end=${this.end} .revision=${this.revision}></studio-chart></td>
      <td class="number">${say.fixed(gave, 3)}</td>
      <td class="gave"><span class="scale ${gave < 0 ? "less" : ""}" .style=${place}></span></td>
      <td class="number">${say.percent(curves.last(`fired/${rule}`))}</td>
      <td class="number">${say.percent(curves.last(`violated/${rule}`))}</td>
    </tr>`;
  }
}
