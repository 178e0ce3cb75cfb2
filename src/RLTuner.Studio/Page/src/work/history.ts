/** Versions of something, to go back and forth between. Immutable: each step gives another one. */
export class History<T> {
  private constructor(private readonly past: readonly T[], readonly now: T, private readonly future: readonly T[]) {}

  static of<T>(first: T): History<T> {
    return new History<T>([], first, []);
  }

  get canUndo(): boolean { return this.past.length > 0; }
  get canRedo(): boolean { return this.future.length > 0; }

  to(next: T): History<T> {
    return new History([...this.past, this.now], next, []);
  }

  undo(): History<T> {
    return this.canUndo ? new History(this.past.slice(0, -1), this.past[this.past.length - 1]!, [this.now, ...this.future]) : this;
  }

  redo(): History<T> {
    return this.canRedo ? new History([...this.past, this.now], this.future[0]!, this.future.slice(1)) : this;
  }
}
