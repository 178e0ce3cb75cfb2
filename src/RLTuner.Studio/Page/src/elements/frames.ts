// Drawing that never holds a frame up: drawings wait for the next frame and share a few milliseconds of it; what is left waits for the one after.
const MOST_MILLISECONDS = 8;
const waiting = new Map<object, () => void>();
let asked = 0;

/** Draws in a coming frame. Of several drawings of one owner, only the last is made. */
export function draw(owner: object, drawing: () => void): void {
  waiting.set(owner, drawing);
  asked ||= requestAnimationFrame(frame);
}

/** Forgets what an owner wanted drawn. */
export function forget(owner: object): void {
  waiting.delete(owner);
}

function frame(): void {
  asked = 0;
  const end = performance.now() + MOST_MILLISECONDS;
  for (const [owner, drawing] of waiting) {
    waiting.delete(owner);
    drawing();
    if (performance.now() >= end) break;
  }
  if (waiting.size > 0) asked ||= requestAnimationFrame(frame);
}
