import type { Window } from "../types";

/** More windows than a screen has use for: of every two before the last one goes. */
const MOST = 2000;

/** The numbers of a run's windows as columns, which is how they are drawn. A window of a step that is there already replaces it. */
export class Curves {
  readonly steps: number[] = [];
  private readonly columns = new Map<string, (number | null)[]>();

  constructor(windows: Window[] = []) {
    windows.forEach(window => this.add(window));
  }

  /** A column; empty where no window has it. */
  column(name: string): (number | null)[] {
    return this.columns.get(name) ?? [];
  }

  /** The latest value of a column. */
  last(name: string): number | null {
    return this.columns.get(name)?.at(-1) ?? null;
  }

  /** The rules in the order of the latest window. */
  get rules(): string[] {
    return [...this.columns.keys()].filter(name => name.startsWith("rule/")).map(name => name.slice("rule/".length));
  }

  has(name: string): boolean {
    return this.columns.get(name)?.some(value => value !== null) ?? false;
  }

  add(window: Window): void {
    // A resumed run plays windows again that it had shown before it was killed.
    while (this.steps.length > 0 && this.steps.at(-1)! >= window.step) {
      this.steps.pop();
      this.columns.forEach(column => column.pop());
    }
    this.steps.push(window.step);
    for (const [name, value] of figures(window)) {
      let column = this.columns.get(name);
      if (!column) {
        this.columns.set(name, (column = new Array<number | null>(this.steps.length - 1).fill(null)));
      }
      column[this.steps.length - 1] = typeof value === "number" && Number.isFinite(value) ? value : null;
    }
    this.columns.forEach(column => {
      if (column.length < this.steps.length) {
        column.push(null);
      }
    });
    if (this.steps.length > MOST) {
      [this.steps, ...this.columns.values()].forEach(halve);
    }
  }
}

/** Keeps every second, the last among them. */
function halve(column: unknown[]): void {
  const offset = (column.length - 1) % 2;
  let kept = 0;
  for (let index = offset; index < column.length; index += 2) {
    column[kept++] = column[index];
  }
  column.length = kept;
}

function* figures(window: Window): Generator<[string, number | null | undefined]> {
  const { train, evaluation, policy } = window;
  yield ["loss/train", train?.loss];
  yield ["loss/evaluation", evaluation?.loss];
  for (const part of ["theory", "noteRnn"] as const) {
    const value = evaluation?.[part], error = evaluation?.standardError?.[part];
    const width = typeof error === "number" ? 1.96 * error : 0;
    yield [part, value];
    yield [`${part}/low`, typeof value === "number" ? value - width : null];
    yield [`${part}/high`, typeof value === "number" ? value + width : null];
  }
  yield ["kl", policy?.kl];
  yield ["entropy", policy?.entropy];
  yield ["distinct", policy?.distinct];
  for (const [name, rule] of Object.entries(train?.rules ?? {})) {
    yield [`rule/${name}`, rule.reward === null ? null : rule.reward / window.steps];
    yield [`fired/${name}`, rule.fired / window.steps];
    yield [`violated/${name}`, rule.violated / window.steps];
  }
}
