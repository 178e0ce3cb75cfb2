import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { emptyDraft, type Draft } from "./draft";

/** A part of the form: shows the draft, and says by the event `draft` what it becomes. */
export class DraftPart extends LitElement {
  @property({ attribute: false }) draft: Draft = emptyDraft();

  protected change(draft: Draft): void {
    this.dispatchEvent(new CustomEvent("draft", { detail: draft, bubbles: true }));
  }
}
