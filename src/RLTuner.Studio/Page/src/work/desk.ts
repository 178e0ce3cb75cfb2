import type { Reasons } from "../player/melody";
import type { Melody, Source } from "../types";

/** The melody that is being worked on, with what composes for it and what judges it. */
export interface Piece {
  melody: Melody;
  source: Source;
  reasons: Reasons | null;
}

let piece: Piece | null = null;

export const desk = {
  get piece(): Piece | null { return piece; },
  /** Puts a melody on the desk and goes there. */
  open(taken: Piece): void {
    piece = taken;
    location.hash = "#work";
  },
};
